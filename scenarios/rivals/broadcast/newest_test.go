package broadcast

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
)

// "The greater of two stamps is that of the newer result": by time, and at one time by server.
func TestStampsAreInTheOrderOfTimeAndServer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := rapid.Uint64Range(0, maxMillis)
		from := rapid.Uint32Range(0, node.MaxIDs-1)
		at1, at2 := at.Draw(t, "at 1"), at.Draw(t, "at 2")
		from1, from2 := node.ID(from.Draw(t, "from 1")), node.ID(from.Draw(t, "from 2"))
		one, two := newStamp(at1, from1), newStamp(at2, from2)
		require.Equal(t, at1, one.atMillis())
		require.Equal(t, from1, one.from())
		require.Equal(t, at1 > at2 || at1 == at2 && from1 > from2, one > two)
	})
	require.Equal(t, node.Nobody, stamp(0).from())
	require.NotZero(t, newStamp(0, 0))
}
