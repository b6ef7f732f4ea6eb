//go:build !invariants

package invariant_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/sim/invariant"
)

func TestOffNothingHappens(t *testing.T) {
	require.False(t, invariant.Enabled)
	require.NotPanics(t, func() { invariant.Check(false, "never shown") })
	saved := []byte("durable state")
	invariant.Mangle(&saved)
	require.Equal(t, "durable state", string(saved))
}

func TestOffNothingIsAllocated(t *testing.T) {
	message := struct{ payload []byte }{make([]byte, 100)}
	timers := 1000
	allocations := testing.AllocsPerRun(100, func() {
		timers++
		if invariant.Enabled {
			invariant.Check(timers < 0, "%d timers set", timers)
		}
		invariant.Mangle(&message)
	})
	require.Zero(t, allocations)
}
