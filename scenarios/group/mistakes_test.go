package group

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/sim/rng"
)

// (1-q^2)(1-q^4)^k with q = 0.95: 9.75 % without a helper, 1.81 % with one, 0.34 % with two.
func TestMistakesAreThoseOfTheFormula(t *testing.T) {
	for set, chance := range map[string]rng.PPM{"k=0": 97_500, "k=1": 18_086, "k=2": 3_356} {
		g := newGroup(catalogued(t, "swim-loss", set), 1)
		require.InDelta(t, uint32(chance), uint32(g.mistakes), 3, set)
	}
}

// "datagrams have to be all that a probe has, helpers enough, no other fault in the plan, and an
// answer in time but for loss"
func TestMistakesAreUnknownWhereTheFormulaDoesNotSay(t *testing.T) {
	for _, set := range []string{
		"fallback=on", "servers=3", "loss=0%", "loss=20%", "latency=1ms..300ms",
	} {
		g := newGroup(catalogued(t, "swim-loss", set), 1)
		require.Zero(t, g.mistakes, set)
	}
	for _, name := range []string{"swim-crash", "swim-update", "swim-join", "swim-partition"} {
		g := newGroup(catalogued(t, name, "fallback=off", "loss=5%"), 1)
		require.Zero(t, g.mistakes, name)
	}
}
