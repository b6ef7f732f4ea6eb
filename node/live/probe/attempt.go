package probe

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"time"

	"butterfly/node"
	"butterfly/node/health"
)

const (
	// lingerTime is how long an origin has to close a connection that we have ended.
	lingerTime = 100 * time.Millisecond
	// lingerBytes is how much of what it still has to say we listen to meanwhile.
	lingerBytes = 64 << 10
)

// attempt is one probe.
type attempt struct {
	prober     *Prober
	target     string
	definition *health.Definition
	timeout    time.Duration
	deadline   time.Time

	conn   net.Conn // nil before it stands
	linger bool     // the origin did well: take leave of it
}

// probe does it all but for taking leave.
func (a *attempt) probe() Report {
	host, _, err := net.SplitHostPort(a.target)
	if err != nil || host == "" {
		return unable("target %q is not host:port", a.target)
	}
	request, err := a.prober.request(a.target, a.definition)
	if err != nil {
		return unable("%v", err)
	}
	if a.conn, err = a.dial(); err != nil {
		return a.noConnection(err)
	}
	if err := a.conn.SetDeadline(a.deadline); err != nil {
		return unable("%v", err)
	}
	report := a.converse(host, request)
	a.linger = report.Outcome == node.Succeeded
	return report
}

func (a *attempt) dial() (net.Conn, error) {
	dialer := net.Dialer{
		Deadline:  a.deadline,
		Resolver:  a.prober.resolver,
		Control:   a.prober.networks.control,
		KeepAlive: -1, // no connection lasts long enough
	}
	return dialer.DialContext(context.Background(), "tcp", a.target)
}

// converse does what is to be done on a connection that stands.
func (a *attempt) converse(host string, request []byte) Report {
	var stream io.ReadWriter = a.conn
	switch a.definition.Kind {
	case health.TCP:
		return Report{Outcome: node.Succeeded, Detail: "connected"}
	case health.HTTPS:
		secure := tls.Client(a.conn, a.prober.tlsFor(host))
		if err := secure.Handshake(); err != nil {
			return a.broken("TLS handshake", err)
		}
		stream = secure
	}
	if _, err := stream.Write(request); err != nil {
		return a.broken("request", err)
	}
	return a.judge(stream)
}

func (p *Prober) tlsFor(host string) *tls.Config {
	c := p.tls.Clone()
	c.ServerName = host
	return c
}

// end takes leave of an origin that did well, and closes the connection. An origin that did not may
// as well see a reset.
func (a *attempt) end() {
	if a.conn == nil {
		return
	}
	defer func() { _ = a.conn.Close() }()
	tcp, ok := a.conn.(*net.TCPConn)
	if !a.linger || !ok || tcp.CloseWrite() != nil {
		return
	}
	if a.conn.SetReadDeadline(time.Now().Add(lingerTime)) == nil {
		_, _ = io.CopyN(io.Discard, a.conn, lingerBytes)
	}
}
