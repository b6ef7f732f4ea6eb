package live

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/wire"
	"butterfly/sim/clock"
)

// "a Wake comes at or after the time asked for, and only for the setting that is still in force"
// (package node).
func TestAlarmsGoOffOnceAndAsSetLast(t *testing.T) {
	a := newAlarms()
	var out node.Out[wire.Message]
	out.Alarm(3, clock.At(time.Second))
	out.Alarm(5, clock.At(2*time.Second))
	a.set(&out)
	out.Reset()
	out.Alarm(3, clock.At(4*time.Second))
	a.set(&out)

	_, due := a.take(clock.At(2*time.Second) - 1)
	require.False(t, due)
	slot, due := a.take(clock.At(9 * time.Second))
	require.True(t, due)
	require.EqualValues(t, 5, slot)
	slot, due = a.take(clock.At(9 * time.Second))
	require.True(t, due)
	require.EqualValues(t, 3, slot)
	at, _ := a.next()
	require.Equal(t, clock.Never, at)
	_, due = a.take(clock.Never - 1)
	require.False(t, due)
}
