package limit

import (
	"net"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"
)

// "A source is an IPv4 address or the /64 network of an IPv6 one."
func TestSources(t *testing.T) {
	for address, want := range map[string]string{
		"192.0.2.1:80": "192.0.2.1/32", "[::ffff:192.0.2.1]:80": "192.0.2.1/32",
		"[2001:db8::1:2:3:4]:80": "2001:db8::/64", "[fe80::1%eth0]:80": "fe80::/64",
	} {
		require.Equal(t, want, sourceOf(net.TCPAddrFromAddrPort(netip.MustParseAddrPort(address))).String())
	}
	require.Equal(t, netip.Prefix{}, sourceOf(&net.UnixAddr{Name: "a"}))
}

// Nothing is remembered of a source that has closed all its connections.
func TestSourcesAreForgotten(t *testing.T) {
	s := PerSource(nil, 1, nil).(*sources)
	source := netip.MustParsePrefix("192.0.2.1/32")
	require.True(t, s.enter(source))
	require.False(t, s.enter(source))
	s.leave(source)
	require.Empty(t, s.open)
	require.True(t, s.enter(source))
}
