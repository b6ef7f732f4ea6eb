package seal

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The three steps of the package documentation, as the keys of every file after each.
var rotation = [][]byte{{1}, {1, 2}, {2, 1}, {2}}

// "in any order of servers within each step"
func TestARotationHasNoPause(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const servers = 4
		rings := make([]*Keyring, servers)
		for i := range rings {
			rings[i] = newRing(t, "shop", rotation[0]...)
		}
		for _, keys := range rotation[1:] {
			order := rapid.Permutation([]int{0, 1, 2, 3}).Draw(t, "order")
			for _, server := range order {
				rings[server] = newRing(t, "shop", keys...)
				requireAllUnderstandAll(t, rings)
			}
		}
		require.Equal(t, newRing(t, "shop", 2).KeyIDs(), rings[0].KeyIDs())
	})
}

func requireAllUnderstandAll(t *rapid.T, rings []*Keyring) {
	for i, a := range rings {
		for j, b := range rings {
			_, _, err := b.Open(nil, a.Seal(nil, []byte("hello"), 1, 2, 3))
			require.NoError(t, err, "from %d to %d", i, j)
			require.NoError(t, call(t, a, b, b))
		}
	}
}

// call makes a call from one ring to another, which is reloaded before it answers.
func call(t require.TestingT, from, to, reloaded *Keyring) error {
	network := newCallNetwork(t, from, to)
	network.opener.ring = reloaded
	answer, err := network.answer("fine")
	if err == nil && answer != "fine" {
		return fmt.Errorf("got %q", answer)
	}
	return err
}

// "A step begins when the one before is done everywhere": or this happens.
func TestAStepTooSoon(t *testing.T) {
	behind, ahead := newRing(t, "shop", 1), newRing(t, "shop", 2, 1)
	_, _, err := ahead.Open(nil, behind.Seal(nil, nil, 1, 2, 3))
	require.NoError(t, err)
	_, _, err = behind.Open(nil, ahead.Seal(nil, nil, 1, 2, 3))
	require.ErrorIs(t, err, ErrKey)
}

// "A call that is under way during a reload ends with the key it began with."
func TestACallOutlivesItsKey(t *testing.T) {
	old := newRing(t, "shop", 1)
	require.NoError(t, call(t, old, old, newRing(t, "shop", 2)))
}
