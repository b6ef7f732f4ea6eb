package checkers

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// beliefs maps host and origin to what the host believes; a missing entry is not known.
type beliefs map[node.ID]map[uint32]bool

func (b beliefs) status(host node.ID, origin uint32) (known, up bool) {
	up, known = b[host][origin]
	return known, up
}

func TestHealthTruthFiresOnAWrongBelief(t *testing.T) {
	b := beliefs{0: {0: true, 1: true}, 1: {0: true, 1: false}}
	s := play(t, NewHealthTruth(5*second, Origins{Count: 2}, b.status), 2)
	s.at(10 * second).heal()
	s.at(12*second).origin(1, false)
	s.at(17 * second).end()
	s.broke(PropertyHealth, 17*second, "host 0 believes origin 1 is up at 17.000s, "+
		"but it is down since 12.000s, longer than the bound 5s")
	s.metric("health_wrong_at_end", 1)
}

func TestHealthTruthFiresOnIgnorance(t *testing.T) {
	b := beliefs{0: {0: true}, 1: {}}
	s := play(t, NewHealthTruth(5*second, Origins{Count: 1}, b.status), 2)
	s.at(10 * second).heal()
	s.at(15 * second).end()
	s.broke(PropertyHealth, 15*second, "host 1 believes origin 0 is unknown at 15.000s, "+
		"but it is up since 0.000s, longer than the bound 5s")
}

func TestHealthTruthWaitsForTheBound(t *testing.T) {
	wrong := beliefs{0: {0: true}}
	s := play(t, NewHealthTruth(5*second, Origins{Count: 1}, wrong.status), 1)
	s.at(1 * second).heal()
	s.at(10*second).origin(0, false)
	s.at(15*second - 1).end() // the change is a nanosecond too young
	s.clean()
	s.metric("health_wrong_at_end", 0)

	s = play(t, NewHealthTruth(5*second, Origins{Count: 1}, wrong.status), 1)
	s.at(1*second).origin(0, false)
	s.at(10 * second).heal()
	s.at(15*second - 1).end() // rest has not begun
	s.clean()
	require.Empty(t, s.report.Metrics())
}

func TestHealthTruthAsksOnlyHostsThatAreUp(t *testing.T) {
	right := beliefs{0: {0: false}}
	s := play(t, NewHealthTruth(5*second, Origins{Count: 1}, right.status), 2)
	s.at(1*second).origin(0, false)
	s.at(2 * second).down(1)
	s.at(3 * second).heal()
	s.at(20 * second).end()
	s.clean()
	s.metric("health_wrong_at_end", 0)
}

func TestHealthTruthAsksForWhatIsToBeChecked(t *testing.T) {
	knowsZero := beliefs{0: {0: true}, 1: {0: true}}
	play := func() *script {
		origins := Origins{Count: 2, Configured: 1}
		return play(t, NewHealthTruth(5*second, origins, knowsZero.status), 2)
	}
	s := play()
	s.heal()
	s.at(20 * second).end()
	s.clean()

	s = play()
	s.heal()
	s.at(20*second).register(1, 1)
	s.at(25 * second).end()
	require.Equal(t, 2, s.report.Broken(PropertyHealth))

	s = play()
	s.cut(1, 1)
	s.heal()
	s.at(20*second).register(1, 1)
	s.at(25 * second).end()
	require.Equal(t, 1, s.report.Broken(PropertyHealth), "host 0 cannot know")
}
