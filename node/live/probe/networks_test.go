package probe

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/health"
)

func prefixes(texts ...string) (parsed []netip.Prefix) {
	for _, text := range texts {
		parsed = append(parsed, netip.MustParsePrefix(text))
	}
	return parsed
}

func TestWhereProbesMayGo(t *testing.T) {
	for _, c := range []struct {
		allow, deny []netip.Prefix
		yes, no     []string
	}{
		{
			yes: []string{"127.0.0.1", "::1", "10.0.0.1", "192.168.1.1", "192.0.2.1", "2001:db8::1",
				"169.253.255.255", "169.255.0.0", "fec0::1", "fd00::1", "64:ff9b::a00:1"},
			no: []string{"169.254.169.254", "169.254.0.1", "fe80::1", "febf::1", "fe80::1%eth0",
				"::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "fd00:ec2::254", "fd20:ce::254",
				"fd00:c1::a9fe:a9fe", "fd00:42::42", "100.100.100.200", "192.0.0.192",
				"168.63.129.16", "224.0.0.1", "239.1.2.3", "ff02::1", "0.0.0.0", "0.1.2.3", "::",
				"255.255.255.255"},
		}, {
			allow: prefixes("10.0.0.0/8", "2001:db8::/32"),
			yes:   []string{"10.1.2.3", "::ffff:10.1.2.3", "2001:db8::1", "2001:db8::1%eth0"},
			no: []string{"127.0.0.1", "192.0.2.1", "2001:db9::1", "169.254.1.1",
				"64:ff9b::a01:203"},
		}, {
			// "which are open only to a network here that is as narrow as they are"
			allow: prefixes("0.0.0.0/0", "169.254.0.0/16", "fd00::/8", "224.1.2.0/24"),
			yes:   []string{"169.254.1.1", "192.0.2.1", "224.1.2.3", "fd00::1"},
			no:    []string{"169.254.169.254", "fd00:ec2::254", "224.1.3.3", "::1"},
		}, {
			allow: prefixes("169.254.169.254/32"),
			yes:   []string{"169.254.169.254"},
			no:    []string{"169.254.169.253"},
		}, {
			// "Deny are networks they may not go to, whatever Allow says."
			allow: prefixes("10.1.0.0/16"), deny: prefixes("10.0.0.0/8"),
			no: []string{"10.1.0.1"},
		}, {
			deny: prefixes("10.0.0.0/8"),
			yes:  []string{"11.0.0.1"},
			no:   []string{"10.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1"},
		},
	} {
		n := networks{allow: c.allow, deny: c.deny}
		for _, a := range c.yes {
			require.NoError(t, n.check(net.JoinHostPort(a, "80")), "%s, allow %v", a, c.allow)
		}
		for _, a := range c.no {
			require.Error(t, n.check(net.JoinHostPort(a, "80")), "%s, allow %v", a, c.allow)
		}
	}
}

func TestWhatIsNotAllowedIsNotDialled(t *testing.T) {
	connected := make(chan struct{}, 1)
	target := listen(t, func(*net.TCPConn) { connected <- struct{}{} })
	p := newProber(t, func(c *Config) { c.Deny = prefixes("127.0.0.0/8") })
	r := look(t, p, target, over(health.TCP), patience)
	require.Equal(t, node.Unable, r.Outcome)
	require.Equal(t, "address "+target+" is not allowed", r.Detail)
	require.Empty(t, connected)
}

// "a name that resolves to something harmless while it is looked at, and to something else while it
// is used (DNS rebinding), gets nowhere"
func TestTheAddressCountsAndNotTheName(t *testing.T) {
	target := listen(t, saying(""))
	_, port, err := net.SplitHostPort(target)
	require.NoError(t, err)
	answers := make(chan netip.Addr, 1)
	p := newProber(t, func(c *Config) { c.Resolver = resolverTo(answers) })
	name := net.JoinHostPort("origin.example.com.", port)

	answers <- netip.MustParseAddr("127.0.0.1")
	require.Equal(t, "connected", look(t, p, name, over(health.TCP), patience).Detail)
	answers <- netip.MustParseAddr("169.254.169.254")
	r := look(t, p, name, over(health.TCP), patience)
	require.Equal(t, node.Unable, r.Outcome)
	require.Equal(t, "address 169.254.169.254:"+port+" is not allowed", r.Detail)
}

func TestANameThatDoesNotResolveIsNotTheOriginsFault(t *testing.T) {
	down := func(context.Context, string, string) (net.Conn, error) {
		return nil, errors.New("no name server")
	}
	silent := func(context.Context, string, string) (net.Conn, error) {
		here, _ := net.Pipe()
		return here, nil
	}
	for name, c := range map[string]struct {
		dial func(context.Context, string, string) (net.Conn, error)
		want string
	}{
		"down":   {down, `cannot resolve "origin.example.com.": no name server`},
		"silent": {silent, `cannot resolve "origin.example.com.": i/o timeout`},
	} {
		p := newProber(t, func(p *Config) {
			p.Resolver = &net.Resolver{PreferGo: true, Dial: c.dial}
		})
		r := look(t, p, "origin.example.com.:80", over(health.TCP), 50*time.Millisecond)
		require.Equal(t, node.Unable, r.Outcome, name)
		require.Contains(t, r.Detail, c.want, name)
		require.Less(t, r.Took, patience, name)
	}
}

// resolverTo returns a resolver whose name server gives each answer to the next question for an
// IPv4 address.
func resolverTo(answers <-chan netip.Addr) *net.Resolver {
	dial := func(context.Context, string, string) (net.Conn, error) {
		here, there := net.Pipe()
		go answerName(there, answers)
		return here, nil
	}
	return &net.Resolver{PreferGo: true, Dial: dial}
}

// answerName is a name server on a stream (RFC 1035, sections 4.1 and 4.2.2), which is what the
// resolver takes a net.Pipe for.
func answerName(c net.Conn, answers <-chan netip.Addr) {
	defer func() { _ = c.Close() }()
	question := make([]byte, 512)
	n, err := c.Read(question)
	for err == nil && n < 14 { // the length comes first, and may come alone
		var more int
		more, err = c.Read(question[n:])
		n += more
	}
	if err != nil {
		return
	}
	end := 14 // two of length, twelve of header
	for question[end] != 0 {
		end += 1 + int(question[end])
	}
	end += 5
	answer := append([]byte{}, question[2:end]...)
	copy(answer[2:12], []byte{0x84, 0, 0, 1, 0, 0, 0, 0, 0, 0}) // with authority, and no records
	const typeA = 1
	if question[end-3] == typeA {
		answer[7] = 1
		answer = append(answer, 0xc0, 12, 0, typeA, 0, 1, 0, 0, 0, 0, 0, 4)
		answer = append(answer, (<-answers).AsSlice()...)
	}
	_, _ = c.Write(append([]byte{0, byte(len(answer))}, answer...))
}
