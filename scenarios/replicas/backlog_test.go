package replicas

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/rng"
)

// "entries / (taken - written) rounds, at each of two servers", by hand: 100 keys, 4 entries a
// round and 2 writes a second.
func TestBacklogTermByTerm(t *testing.T) {
	for _, c := range []struct {
		set  []string
		want int
	}{
		{nil, 2 * 100 / (4 - 2)},
		{[]string{"limit=0"}, 0},
		{[]string{"writes=0"}, 2 * 100 / 4},
		{[]string{"fanout=3"}, 2 * 100 / (4 - 2)},
		{[]string{"period=500ms"}, 67},         // 200 / (4 - 1)
		{[]string{"jitter=500ms"}, 200},        // 200 / (4 - 3)
		{[]string{"loss=10%"}, 321},            // 200 / (4 * 0.9^4 - 2)
		{[]string{"writes=4"}, 2 * 100 / 4},    // too many, until they end
		{[]string{"writes=1000"}, 2 * 100 / 4}, // the same
		{[]string{"period=2s"}, 2 * 100 / 4},   // the same
	} {
		set := append([]string{"keys=100", "limit=4", "writes=2"}, c.set...)
		s := catalogued(t, "map-steady", set...)
		late := newBacklog(&s, success(s.Replicas.Mode, s.LossPPM))
		require.Equal(t, c.want, late.rounds(), c.set)
	}
}

// "While faults last it may miss every write": 2 a second from 10 s to 70 s.
func TestBacklogOfATroubledTime(t *testing.T) {
	s := catalogued(t, "map-steady", "keys=100", "limit=4", "writes=2")
	for _, at := range []time.Duration{40 * time.Second, 10 * time.Second} {
		s.Faults = append(s.Faults, scenarios.Fault{
			Kind: scenarios.Crash, Hosts: []node.ID{1},
			At: scenarios.Span(at), For: scenarios.Span(30 * time.Second),
		})
	}
	late := newBacklog(&s, rng.Always)
	require.Equal(t, int64(100+2*60), late.entries)
}

// What is written faster than it can spread is no failure of the map.
func TestNothingIsPromisedOfMoreWritesThanAnswersBring(t *testing.T) {
	s := catalogued(t, "map-steady", "servers=8", "keys=100", "limit=4", "writes=50", "duration=1m")
	r := Build(s, 1, Options{}).Run()
	require.Equal(t, "the promises are made for fewer writes than answers that are cut short can "+
		"bring: that is 4 entries a round, and 50 are written", r.Beyond)
	require.NotEqual(t, world.Fail, r.Verdict)
}

// Groups that are written to three quarters of what they can take, with 5 seeds each: all converge
// in time.
func TestABacklogIsGoneInTime(t *testing.T) {
	for _, set := range []string{"mode=pull", "mode=push", "mode=push-pull", "timer=poisson"} {
		s := catalogued(t, "map-steady",
			"servers=8", "keys=50", "limit=4", "writes=3", "duration=6m", set)
		for seed := range uint64(5) {
			r := Build(s, seed, Options{}).Run()
			require.Equal(t, world.Pass, r.Verdict, "%s, seed %d: %v", set, seed, r.Violations)
		}
	}
}
