package checkers

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// playStrangers starts four hosts, of which the given ones are seeds; origin 1 is not configured, and
// news takes 10 s.
func playStrangers(t testing.TB, seeds ...node.ID) (*script, *registry) {
	l := &listening{newRegistry(Origins{Count: 2, Configured: 1, Seeds: seeds}, 10*second)}
	return play(t, l, 4), &l.registry
}

// "Once it has been on a side with a seed that runs, for as long as joining takes": who is cut off from
// the seeds sooner hears nothing of what is said on its side, and who is cut off later all of it.
func TestAWordReachesNoStranger(t *testing.T) {
	for joined, want := range map[time.Duration]demand{10*second - 1: free, 10 * second: owed} {
		s, r := playStrangers(t, 0)
		s.at(15 * second).down(3)
		s.at(20 * second).up(3)
		s.at(20*second+joined).cut(1, 2, 3)
		s.at(40*second).register(2, 1)
		s.at(60 * second).down(2)
		require.Equal(t, want, r.demandOn(s.Side(3), 1), joined)
	}
}

func TestAWordOfAStrangerReachesNobody(t *testing.T) {
	s, r := playStrangers(t, 0)
	s.at(20*second).cut(1, 2, 3)
	s.at(25 * second).down(3)
	s.at(30 * second).up(3)
	s.register(3, 1)
	require.Equal(t, owed, r.demandOn(s.Side(3), 1))
	s.at(60 * second).down(3)
	require.Equal(t, free, r.demandOn(s.Side(2), 1))
}

// Of two seeds each joins by the other, and one that is alone with those who are no seeds by nobody. The
// only seed there is waits for nobody.
func TestASeedIsIntroducedByAnother(t *testing.T) {
	for _, test := range []struct {
		seeds []node.ID
		want  demand
	}{{[]node.ID{0, 1}, free}, {[]node.ID{1}, owed}} {
		s, r := playStrangers(t, test.seeds...)
		s.at(20*second).cut(1, 1, 2)
		s.at(25 * second).down(1)
		s.at(30 * second).up(1)
		s.register(2, 1)
		s.at(60 * second).down(2)
		require.Equal(t, test.want, r.demandOn(s.Side(1), 1), test.seeds)
	}
}

// A crash of the seed ends the wait for it, and its return begins a new one.
func TestASeedThatIsDownIntroducesNobody(t *testing.T) {
	s, r := playStrangers(t, 0)
	s.at(20 * second).down(0)
	s.down(3)
	s.at(25 * second).up(3)
	s.at(40 * second).up(0)
	s.at(50*second - 1)
	r.introduce(s.now)
	require.True(t, r.stranger(3))
	r.introduce(s.at(50 * second).now)
	require.False(t, r.stranger(3))
}

// "Of a stranger there only what it was told itself, and what is configured."
func TestAStrangerOwesWhatItKnows(t *testing.T) {
	s, r := playStrangers(t, 0)
	s.at(20*second).cut(1, 1, 2, 3)
	s.at(25 * second).down(3)
	s.at(30 * second).up(3)
	s.register(2, 1)
	require.Equal(t, owed, r.demandOf(1, 1))
	require.Equal(t, free, r.demandOf(3, 1))
	require.Equal(t, owed, r.demandOf(3, 0))
	s.register(3, 1)
	require.Equal(t, owed, r.demandOf(3, 1))
}

// Where each knows of all from the start there are no strangers.
func TestWithoutSeedsNobodyIsAStranger(t *testing.T) {
	s, r := playStrangers(t)
	s.at(20*second).cut(1, 2, 3)
	s.at(25 * second).down(3)
	s.at(30 * second).up(3)
	s.register(2, 1)
	s.at(60 * second).down(2)
	require.Equal(t, owed, r.demandOn(s.Side(3), 1))
}

// "No other on its side knows of it, or will when one of the two has joined by the other."
func TestWhoIsWithStrangersIsAlone(t *testing.T) {
	s, r := playStrangers(t, 0)
	s.at(20*second).cut(1, 2, 3)
	require.False(t, r.alone(2))
	s.at(25 * second).down(3)
	require.True(t, r.alone(2))
	require.False(t, r.alone(3), "it does not run")
	s.at(30 * second).up(3)
	require.True(t, r.alone(2))
	require.True(t, r.alone(3))
	s.cut(1, 0)
	require.False(t, r.alone(2), "it knows the seed")
	require.False(t, r.alone(3), "it asks the seed")
}
