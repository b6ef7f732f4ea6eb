package seal

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The three steps of the package documentation, as the keys of every file after each.
var rotation = [][]byte{{1}, {1, 2}, {2, 1}, {2}}

// "in any order of servers within each step": at any time in a step, a server is before it or
// behind it. So whatever the order and the number of servers, two of them are one of these pairs,
// and if all of these understand each other there is no pause.
func TestARotationHasNoPause(t *testing.T) {
	for step := range len(rotation) - 1 {
		before := newRing(t, "shop", rotation[step]...)
		behind := newRing(t, "shop", rotation[step+1]...)
		both := []*Keyring{before, behind}
		for _, from := range both {
			for _, to := range both {
				_, _, err := to.Open(nil, from.Seal(nil, []byte("hello"), 1, 2, 3))
				require.NoError(t, err, "step %d", step+1)
				require.NoError(t, call(t, from, to, to), "step %d", step+1)
				require.NoError(t, call(t, from, to, behind), "step %d", step+1)
			}
		}
	}
}

// A whole rotation of three servers, in an order drawn for each step.
func TestARotationOfThreeServers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rings := make([]*Keyring, 3)
		for i := range rings {
			rings[i] = newRing(t, "shop", rotation[0]...)
		}
		for _, keys := range rotation[1:] {
			for _, server := range rapid.Permutation([]int{0, 1, 2}).Draw(t, "order") {
				rings[server] = newRing(t, "shop", keys...)
				requireAllUnderstandAll(t, rings)
			}
		}
		require.Equal(t, newRing(t, "shop", 2).KeyIDs(), rings[0].KeyIDs())
	})
}

func requireAllUnderstandAll(t *rapid.T, rings []*Keyring) {
	for i, a := range rings {
		frame := a.Seal(nil, []byte("hello"), 1, 2, 3)
		for j, b := range rings {
			_, _, err := b.Open(nil, frame)
			require.NoError(t, err, "from %d to %d", i, j)
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
