package live

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"
)

// "of which it sheds the oldest when too many do".
func TestARingShedsTheOldest(t *testing.T) {
	r := newRing(2)
	for i, want := range []bool{false, false, true} {
		require.Equal(t, want, r.put(netip.AddrPort{}, []byte{byte(i)}))
	}
	<-r.news
	var d datagram
	for _, want := range []byte{1, 2} {
		require.True(t, r.take(&d))
		require.Equal(t, []byte{want}, d.bytes)
	}
	require.False(t, r.take(&d))
	require.Zero(t, r.len())
}

// Datagrams come by the thousand each second.
func TestAWarmRingAllocatesNothing(t *testing.T) {
	r, frame := newRing(4), make([]byte, 100)
	var d datagram
	pass := func() {
		for range 6 {
			r.put(netip.AddrPort{}, frame)
		}
		for r.take(&d) {
		}
	}
	pass()
	pass()
	require.Zero(t, testing.AllocsPerRun(100, pass))
}
