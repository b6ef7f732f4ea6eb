package live

import (
	"context"
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// "how much longer than on the network datagrams take to this node, and calls of this node there and
// back again, each way": a node that delays by 100 ms is asked by one that does not.
func TestDelayLiesOnEveryWay(t *testing.T) {
	const span = 100 * time.Millisecond
	c := soundConfig(t)
	c.Delay = span
	slow, err := Start(t.Context(), c)
	require.NoError(t, err)
	defer slow.Stop()
	c = soundConfig(t)
	c.Name, c.Join = "b", []string{slow.Address().String()}
	began := time.Now()
	other, err := Start(t.Context(), c)
	require.NoError(t, err)
	defer other.Stop()
	require.Less(t, time.Since(began), span, "to be asked takes it no time")

	began = time.Now()
	_, err = slow.carrier.call(
		t.Context(), anyone, other.Address(), helloPath, appendHello(nil, &slow.self))
	require.NoError(t, err)
	require.GreaterOrEqual(t, time.Since(began), 2*span)
	short, cancel := context.WithTimeout(t.Context(), span/2)
	defer cancel()
	_, err = slow.carrier.call(
		short, anyone, other.Address(), helloPath, appendHello(nil, &slow.self))
	require.ErrorIs(t, err, context.DeadlineExceeded)
}

// Datagrams come out in the order in which they went in, none early, and none after the end.
func TestDatagramsAreHeldBack(t *testing.T) {
	const span = 50 * time.Millisecond
	d := newDelay(span)
	life, end := context.WithCancel(t.Context())
	var came []byte
	var early int
	began := time.Now()
	content := []byte{0}
	for i := range maxWaiting {
		content[0] = byte(i) // it is a copy that is held
		require.True(t, d.hold(netip.AddrPort{}, content))
	}
	require.False(t, d.hold(netip.AddrPort{}, content), "there is no room for more than wait elsewhere")
	d.release(life, func(_ netip.AddrPort, bytes []byte) {
		if time.Since(began) < span {
			early++
		}
		if came = append(came, bytes...); len(came) == maxWaiting/2 {
			end()
		}
	})
	require.Zero(t, early)
	require.GreaterOrEqual(t, len(came), maxWaiting/2)
	for i := range came {
		require.Equal(t, byte(i), came[i])
	}
}
