package crdt

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
)

// drawLie draws a delta of good form that says anything of four lives of two nodes.
func drawLie(t *rapid.T) *testDelta {
	seqs := rapid.SampledFrom([]uint64{1, 2, 3, maxSeq - 99, Retired})
	draw := func(name string) (v VersionVector) {
		for i := range 4 {
			if seq := seqs.Draw(t, name); rapid.Bool().Draw(t, "named") {
				v.Advance(Dot{NewActor(node.ID(i/2), uint64(i%2)), seq})
			}
		}
		return v
	}
	d := &testDelta{From: NewActor(1, 1), Versions: draw("versions")}
	if d.Whole = rapid.Bool().Draw(t, "whole"); d.Whole {
		horizon := draw("horizon")
		d.Horizon.meet(&horizon, &d.Versions)
	}
	for range rapid.IntRange(0, 3).Draw(t, "entries") {
		context, siblings := draw("context"), []Sibling[string](nil)
		for _, dot := range context {
			if rapid.Bool().Draw(t, "alive") {
				siblings = append(siblings, Sibling[string]{dot, "lie"})
			}
		}
		d.Append(rapid.SampledFrom(testKeys).Draw(t, "key"), context, siblings)
	}
	return d
}

// Replicas trust each other, so a lie may mislead. But a delta of good form, whatever it says of
// others' writes or of the replica's own, breaks no replica: it goes on writing, collecting and
// answering in good form.
func TestLiesBreakNothing(t *testing.T) {
	taken := 0
	rapid.Check(t, func(t *rapid.T) {
		m := newReplica(0, 1)
		for i := range rapid.IntRange(1, 8).Draw(t, "steps") {
			switch key := testKeys[i%3]; rapid.IntRange(0, 5).Draw(t, "step") {
			case 0:
				m.Put(key, strconv.Itoa(i))
			case 1:
				m.Remove(key)
			case 2:
				m.Collect(m.Versions())
			default:
				count(&taken, m.Apply(drawLie(t), nil))
			}
			var answer testDelta
			m.Answer(&CausalContext{}, rapid.IntRange(0, 2).Draw(t, "limit"), &answer)
			require.True(t, answer.valid() && contextOf(m).valid())
			newReplica(2, 1).Apply(&answer, nil)
		}
	})
	require.Greater(t, taken, 10)
}
