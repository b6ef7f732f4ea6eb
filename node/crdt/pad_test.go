package crdt

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// "Memory for a load that comes every now and then stays; what has not been needed for long goes."
func TestPadsShrinkAfterALongLull(t *testing.T) {
	var p pad
	use := func(places place) {
		for q := range places {
			p.note(q)
		}
		p.clear()
		require.Empty(t, p.places)
	}
	use(10 * mostKept)
	large := cap(p.places)
	for range 10 {
		for range longLull - 1 {
			use(1)
		}
		use(10 * mostKept)
		require.Equal(t, large, cap(p.places))
	}
	for range longLull {
		require.Equal(t, large, cap(p.places))
		use(1)
	}
	require.Zero(t, cap(p.places))
	for range 2 * longLull {
		use(1)
	}
	require.Positive(t, cap(p.places), "little is kept")
}
