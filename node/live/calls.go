package live

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"

	"butterfly/node"
	"butterfly/node/live/names"
	"butterfly/node/live/seal"
)

// newClient returns the client of calls. It speaks HTTP/2 without TLS, and so needs one connection
// to a server however many calls are under way; one that has died without a word is noticed by
// pings. No connection outlives the life.
func newClient(life context.Context) *http.Client {
	transport := &http.Transport{
		DialContext:  dialDuring(life),
		MaxIdleConns: maxConnections, IdleConnTimeout: idleTime,
		MaxResponseHeaderBytes: maxHeader, DisableCompression: true,
		Protocols: new(http.Protocols),
		HTTP2: &http.HTTP2Config{
			SendPingTimeout: 5 * time.Second, PingTimeout: 2 * time.Second,
		},
	}
	transport.Protocols.SetUnencryptedHTTP2(true)
	return &http.Client{Transport: transport, CheckRedirect: stay}
}

// dialDuring returns a dialler of connections that end with the life. The transport alone would keep
// one that a call has just left, and one that stands when nobody waits for it any more.
func dialDuring(life context.Context) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		connection, err := new(net.Dialer).DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		stop := context.AfterFunc(life, func() { _ = connection.Close() })
		return &mortal{connection, stop}, nil
	}
}

// mortal is a connection that ends with a life, if it has not ended before.
type mortal struct {
	net.Conn
	forget func() bool
}

func (m *mortal) Close() error {
	m.forget()
	return m.Conn.Close()
}

// stay takes a redirect for the answer that it is: nobody is to send us elsewhere.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// refusal is a status with which another server refused a call.
type refusal int

func (r refusal) Error() string { return fmt.Sprintf("live: refused with status %d", int(r)) }

// errOther means that another server answered than the one that was asked.
var errOther = errors.New("live: another server has the address")

// anyone is asked for where it is not known which server has an address.
const anyone = node.Nobody

// call asks the server that has an address, and returns what it answers before the context is done.
// Where the carrier delays, what becomes of the call is known as much later as there and back takes.
func (c *carrier) call(
	ctx context.Context, who node.ID, to netip.AddrPort, path string, question []byte,
) (answer []byte, err error) {
	if late := pause(ctx, c.delay.span); late != nil {
		return nil, late
	}
	answer, err = c.exchange(ctx, who, to, path, question)
	if late := pause(ctx, c.delay.span); late != nil {
		return nil, late
	}
	return answer, err
}

// exchange makes the request of a call, and reads the answer.
func (c *carrier) exchange(
	ctx context.Context, who node.ID, to netip.AddrPort, path string, question []byte,
) (answer []byte, err error) {
	var sealed bytes.Buffer
	keys, sequence := c.keys.Load(), c.requests.Add(1)
	sealer := keys.SealRequest(&sealed, uint32(c.number), c.boot, sequence)
	_, err = sealer.Write(question)
	if err = errors.Join(err, sealer.Close()); err != nil {
		return nil, err
	}
	url := "http://" + to.String() + path
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, &sealed)
	if err != nil {
		return nil, err
	}
	response, err := c.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return nil, refusal(response.StatusCode)
	}
	opener, err := sealer.OpenResponse(http.MaxBytesReader(nil, response.Body, maxReply))
	if err != nil {
		return nil, err
	}
	if who < names.FirstAlias && opener.Header().From != uint32(who) {
		return nil, errOther
	}
	return readAll(opener, maxReply)
}

// failureOf says what the end of a call means to the machine. Whoever answers is there, if only its
// system to say that nobody listens; everything else is silence.
func failureOf(err error) node.Failure {
	var refused refusal
	switch {
	case err == nil:
		return node.OK
	case errors.As(err, &refused), errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, errTooLong),
		errors.Is(err, seal.ErrForm), errors.Is(err, seal.ErrKey), errors.Is(err, seal.ErrLabel),
		errors.Is(err, seal.ErrForged):
		return node.Refused
	}
	return node.Timeout
}
