package checkers

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// listening plays a run for a registry alone.
type listening struct{ registry }

func (l *listening) Watches() Kind                             { return ordering }
func (l *listening) Observe(o *Observation, v View, _ *Report) { l.registry.observe(o, v) }

// playOrders starts hosts that all know of origin 0 and not of origin 1; a word takes 10 s to reach
// all.
func playOrders(t testing.TB, hosts int) (*script, func(host node.ID, origin uint32) demand) {
	l := &listening{newRegistry(Origins{Count: 2, Configured: 1}, 10*second)}
	s := play(t, l, hosts)
	return s, func(host node.ID, origin uint32) demand { return l.demandOn(s.Side(host), origin) }
}

func TestWhatIsConfiguredIsOwedFromTheStart(t *testing.T) {
	_, demanded := playOrders(t, 2)
	require.Equal(t, owed, demanded(0, 0))
	require.Equal(t, barred, demanded(0, 1))
}

func TestAWordIsKnownOnTheSideOfWhoWasTold(t *testing.T) {
	s, demanded := playOrders(t, 4)
	s.at(1*second).cut(1, 2, 3)
	s.at(20*second).register(2, 1)
	s.unregister(2, 0)
	require.Equal(t, owed, demanded(2, 1))
	require.Equal(t, barred, demanded(2, 0))
	require.Equal(t, free, demanded(0, 1), "news cannot cross a cut")
	require.Equal(t, free, demanded(0, 0))
	s.at(90 * second).join()
	require.Equal(t, owed, demanded(0, 1), "from the joining of the sides on")
	require.Equal(t, barred, demanded(0, 0))
}

// "Any server that has shared a side with one that knows of it for as long as news takes, both of
// them up and the side as it is, knows of it too; no other is sure to."
func TestAWordIsSureToSurviveOnceItHasSpread(t *testing.T) {
	for after, want := range map[time.Duration]demand{10*second - 1: free, 10 * second: owed} {
		s, demanded := playOrders(t, 3)
		s.at(20*second).register(0, 1)
		s.at(20*second + after).down(0)
		require.Equal(t, want, demanded(1, 1), after)

		s, demanded = playOrders(t, 3)
		s.at(20*second).register(0, 1)
		s.at(25*second).cut(1, 1, 2)
		s.at(26 * second).join()
		s.at(26*second + after).down(0)
		require.Equal(t, want, demanded(1, 1), "%v after the sides joined", after)

		s, demanded = playOrders(t, 2)
		s.at(20*second).register(0, 1)
		s.at(25 * second).down(1)
		s.at(30 * second).up(1)
		s.at(30*second + after).down(0)
		require.Equal(t, want, demanded(1, 1), "%v after a restart", after)
	}
}

func TestAWordOverruledUnheardIsDisputed(t *testing.T) {
	s, demanded := playOrders(t, 4)
	s.at(1*second).cut(1, 2, 3)
	s.at(2*second).register(0, 1)
	s.at(3*second).register(2, 1) // says the same
	require.Equal(t, owed, demanded(0, 1))
	require.Equal(t, owed, demanded(2, 1))
	s.at(4*second).unregister(1, 1) // has not heard it yet
	require.Equal(t, free, demanded(1, 1))
	s.at(20 * second).join()
	s.at(30*second-1).register(0, 1)
	require.Equal(t, free, demanded(0, 1), "it may not know all there is to be known")
	s.at(40*second).register(0, 1)
	require.Equal(t, owed, demanded(0, 1))
}

// To say again what is so is a word too: who has not heard it does not overrule it.
func TestAWordSaidAgainIsNotOverruledUnheard(t *testing.T) {
	for _, origin := range []uint32{0, 1} {
		s, demanded := playOrders(t, 4)
		s.at(1*second).register(0, origin)
		s.at(20*second).register(3, origin)
		s.at(25*second).unregister(1, origin)
		require.Equal(t, free, demanded(0, origin))
		s.at(35*second).unregister(2, origin)
		require.Equal(t, barred, demanded(0, origin))
	}
}

func TestARemovalByWhoHasNotHeardRemovesNothing(t *testing.T) {
	s, demanded := playOrders(t, 4)
	s.cut(1, 2, 3)
	s.at(1*second).register(0, 1)
	s.at(2*second).unregister(0, 1)
	s.at(3*second).unregister(2, 1)
	require.Equal(t, barred, demanded(0, 1))
	require.Equal(t, free, demanded(2, 1))
}

func TestAWordThatWasHeardIsOverruled(t *testing.T) {
	s, demanded := playOrders(t, 4)
	s.at(1*second).register(0, 1)
	s.at(11*second).unregister(3, 1)
	require.Equal(t, barred, demanded(0, 1))
	s.at(12*second).register(3, 1)
	require.Equal(t, owed, demanded(0, 1))
	s.at(13*second).unregister(0, 1)
	require.Equal(t, free, demanded(0, 1), "host 0 may not have heard the second word")
}

func TestAWordThatSaysWhatIsConfiguredCannotBeLost(t *testing.T) {
	s, demanded := playOrders(t, 2)
	s.at(1*second).register(0, 0) // by another definition
	s.unregister(0, 1)
	s.at(2 * second).down(0)
	require.Equal(t, owed, demanded(1, 0))
	require.Equal(t, barred, demanded(1, 1))
}

func TestASideOfNewLivesKnowsItsConfigurationOnly(t *testing.T) {
	s, demanded := playOrders(t, 2)
	s.at(1*second).unregister(0, 0)
	s.at(30 * second).down(0)
	s.down(1)
	s.at(31 * second).up(0)
	s.up(1)
	require.Equal(t, free, demanded(0, 0))
}
