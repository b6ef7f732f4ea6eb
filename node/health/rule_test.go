package health

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

func TestFirstProbesComeOnABeatWithinTheInterval(t *testing.T) {
	d := DefaultDefinition()
	r, rand := newRule(&d), rng.New(1)
	beats := map[clock.Time]bool{}
	for i := range 2000 {
		now := clock.At(time.Duration(i) * 7 * time.Millisecond)
		at := r.first(now, rand.Below)
		require.Zero(t, at.Since()%(d.Interval/beatsPerInterval))
		require.GreaterOrEqual(t, at, now)
		require.Less(t, at, now.Add(d.Interval))
		beats[at%clock.At(d.Interval)] = true
	}
	require.Len(t, beats, beatsPerInterval, "all beats are in use")
}

// "Thousands of definitions, one or more for each pool, tend to have but a few rules between them."
func TestDefinitionsThatDifferByPoolShareARule(t *testing.T) {
	definitions := make([]Definition, 1000)
	for i := range definitions {
		definitions[i] = DefaultDefinition()
		definitions[i].Pool = uint32(i)
	}
	definitions[7].Fall = 9
	b := newRulebook(definitions)
	require.Len(t, b.rules, 2)
	require.EqualValues(t, 9, b.of(&target{rule: b.byDefinition[7]}).fall)
	require.EqualValues(t, 3, b.of(&target{rule: b.byDefinition[8]}).fall)
	require.Equal(t, 1, b.rounds, "and an interval")
}

func TestJitterKeepsOutOfTheRounds(t *testing.T) {
	jittered := DefaultDefinition()
	jittered.Jitter = 1
	b := newRulebook([]Definition{jittered, DefaultDefinition()})
	require.EqualValues(t, outOfRound, b.of(&target{rule: b.byDefinition[0]}).round)
	require.Zero(t, b.of(&target{rule: b.byDefinition[1]}).round)
}
