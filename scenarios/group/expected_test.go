package group

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/scenarios/world"
)

// "a run in which nothing was suspected or nothing died is vacuous where the scenario is about
// that."
func TestWhatAPlanCannotFailToBringAboutIsExpected(t *testing.T) {
	for _, c := range []struct {
		scenario, set string
		want          expectations
		accuses       bool
	}{
		{"swim-crash", "percent=1", expectations{checkers.SituationDetected}, false},
		// Nobody is left to notice, and so the run is vacuous.
		{"swim-mass-crash", "percent=100", expectations{checkers.SituationDetected}, false},
		{"swim-loss", "loss=5%", nil, true},
		{"swim-loss", "loss=0", nil, true}, // it is about nothing else, and is vacuous
		{"swim-slow", "slow=4", nil, true}, // eight blocks of 16 s
		{"swim-slow", "cycles=16s", nil, false},
		{"swim-slow", "block=1s", nil, false}, // over before a probe that begins in it has failed
		{"swim-partition", "cut=20s", expectations{checkers.SituationCutEnded}, true},
		{"swim-partition", "cut=4s", expectations{checkers.SituationCutEnded}, false},
		{"swim-update", "loss=10%", expectations{checkers.SituationDescribed}, false},
		{"swim-join", "preset=classic", nil, true},
		{"swim-join", "loss=0", nil, false},
		{"swim-join", "preset=wan", nil, false}, // a stream loses nothing
	} {
		g := newGroup(catalogued(t, c.scenario, c.set), 1)
		require.Equal(t, c.want, g.expected(), "%s %s", c.scenario, c.set)
		require.Equal(t, c.accuses, g.accuses(), "%s %s", c.scenario, c.set)
	}
}

// A run in which nobody accuses anybody, though the plan must make somebody, proves nothing.
func TestARunWithoutTheExpectedAccusationIsVacuous(t *testing.T) {
	g := newGroup(small(t, "swim-loss", "loss=0"), 1)
	spec := g.spec(Options{})
	spec.Checkers = append(spec.Checkers, accused())
	require.Equal(t, world.Vacuous, world.New(spec).Run().Verdict)
}
