package probe

import (
	"context"
	"crypto/tls"
	"net"
	"net/netip"
	"time"

	"butterfly/node"
	"butterfly/node/health"
)

// Config says what a prober may do, and as whom.
type Config struct {
	// MaxConcurrent is how many probes may be under way at once, MaxPerTarget how many of them to
	// one target. 0 for none at all.
	MaxConcurrent, MaxPerTarget int
	// Allow are the networks that probes may go to; none for all but those of the package
	// documentation, which are open only to a network here that is as narrow as they are. Deny are
	// networks they may not go to, whatever Allow says. IPv4 networks are written as such.
	Allow, Deny []netip.Prefix
	// Resolver looks up the names of hosts; nil for that of the net package, without cgo.
	Resolver *net.Resolver
	// TLS is for HTTPS; nil for the certificate authorities of the system. Origins whose
	// certificates nobody is to verify need InsecureSkipVerify. The name of the server is always
	// the host of the target, the protocol HTTP/1.1.
	TLS *tls.Config
	// UserAgent is what HTTP probes call themselves.
	UserAgent string
}

// DefaultConfig has room for 2,048 probes, so that 2,000 a second may all run into a timeout of a
// second, and for 16 to one target, which many services may share.
func DefaultConfig() Config {
	return Config{MaxConcurrent: 2048, MaxPerTarget: 16, UserAgent: "butterfly health check"}
}

// Report is how a probe ended.
type Report struct {
	Outcome node.Outcome
	// Took is how long it took; 0 if it was not made.
	Took time.Duration
	// Detail says in words what was seen, at most 200 bytes: "200 OK", "connection refused".
	Detail string
}

// Prober makes probes. Any number of goroutines may use it.
type Prober struct {
	networks  networks
	resolver  *net.Resolver
	tls       *tls.Config
	userAgent string
	gate      gate
}

// New returns a prober that has nothing to do.
func New(c Config) *Prober {
	p := &Prober{
		networks:  networks{allow: c.Allow, deny: c.Deny},
		resolver:  c.Resolver,
		tls:       &tls.Config{},
		userAgent: c.UserAgent,
		gate:      newGate(c.MaxConcurrent, c.MaxPerTarget),
	}
	if p.resolver == nil {
		p.resolver = &net.Resolver{PreferGo: true}
	}
	if c.TLS != nil {
		p.tls = c.TLS.Clone()
	}
	p.tls.NextProtos = []string{"http/1.1"}
	return p
}

// Start begins a probe of a target, "host:port", and returns at once. done is called exactly once,
// from another goroutine, at most timeout later; the timeout of d is not looked at.
func (p *Prober) Start(
	target string, d health.Definition, timeout time.Duration, done func(Report),
) {
	if refusal := p.gate.enter(target); refusal != "" {
		go done(Report{Detail: refusal})
		return
	}
	began := time.Now()
	go func() {
		defer p.gate.leave(target)
		a := attempt{
			prober: p, target: target, definition: &d,
			timeout: timeout, deadline: began.Add(timeout),
		}
		defer a.end()
		report := a.probe()
		report.Took = time.Since(began)
		done(report)
	}()
}

// UnderWay counts the probes that are under way.
func (p *Prober) UnderWay() int { return p.gate.count() }

// Close lets no probe begin any more and waits for those under way, at most until ctx is done,
// whose error it then returns: they go on to their timeouts. It may be called more than once.
func (p *Prober) Close(ctx context.Context) error {
	select {
	case <-p.gate.close():
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
