package crdt

import (
	"testing"

	"github.com/stretchr/testify/require"
)

var a1 = Dot{NewActor(0, 1), 1}

// oneEntry returns a delta of one write.
func oneEntry() *testDelta {
	d := &testDelta{Versions: VersionVector{a1}}
	d.Append("k", []Dot{a1}, []Sibling[string]{{a1, "v"}})
	return d
}

// A delta that breaks an invariant is refused as a whole.
func TestApplyRefusesMalformedDeltas(t *testing.T) {
	require.True(t, newReplica(1, 1).Apply(oneEntry(), nil))
	for _, c := range []struct {
		name    string
		corrupt func(d *testDelta, e *Entry[string, string])
	}{
		{"since out of order", func(d *testDelta, _ *Entry[string, string]) {
			d.Since.Vector = VersionVector{{9, 1}, {8, 1}}
		}},
		{"versions with a zero", func(d *testDelta, _ *Entry[string, string]) {
			d.Versions = VersionVector{{0, 0}, a1}
		}},
		{"cloud next to its vector", func(d *testDelta, _ *Entry[string, string]) {
			d.Since.Cloud = []Dot{a1}
		}},
		{"retired life after another of its node", func(d *testDelta, _ *Entry[string, string]) {
			d.Horizon = VersionVector{a1, {NewActor(0, 2), Retired}}
		}},
		{"version that nobody reaches", func(d *testDelta, _ *Entry[string, string]) {
			d.Versions = VersionVector{{a1.Actor, maxSeq + 1}}
		}},
		{"horizon beyond its versions", func(d *testDelta, _ *Entry[string, string]) {
			d.Whole, d.Horizon = true, VersionVector{{a1.Actor, 2}}
		}},
		{"horizon of a part", func(d *testDelta, _ *Entry[string, string]) {
			d.Versions, d.Horizon = VersionVector{a1}, VersionVector{a1}
		}},
		{"dot that is no write", func(_ *testDelta, e *Entry[string, string]) {
			e.Context[0].Seq = Retired
		}},
		{"empty entry", func(_ *testDelta, e *Entry[string, string]) {
			e.Context, e.Siblings = nil, nil
		}},
		{"sibling outside its context", func(_ *testDelta, e *Entry[string, string]) {
			e.Siblings[0].Dot.Seq = 2
		}},
		{"sibling that its own writer overwrote", func(d *testDelta, e *Entry[string, string]) {
			d.Versions, e.Context = VersionVector{{a1.Actor, 2}}, []Dot{{a1.Actor, 2}}
		}},
		{"sibling that is no write", func(_ *testDelta, e *Entry[string, string]) {
			e.Siblings[0].Dot = Dot{}
		}},
		{"sibling twice", func(_ *testDelta, e *Entry[string, string]) {
			e.Siblings = append(e.Siblings, e.Siblings[0])
		}},
	} {
		d, m := oneEntry(), newReplica(1, 1)
		c.corrupt(d, &d.Entries[0])
		require.False(t, m.Apply(d, nil), c.name)
		require.Empty(t, *m.Versions(), c.name)
		require.Empty(t, m.entries, c.name)
	}
}

// Append copies, and what is appended to one entry does not run into the next.
func TestEntriesShareNoRoom(t *testing.T) {
	d, context := &testDelta{}, []Dot{a1}
	d.Append("", make([]Dot, 9), make([]Sibling[string], 9))
	d.Reset()
	d.Append("k", context, nil)
	d.Append("l", context, []Sibling[string]{{a1, "v"}})
	context[0] = Dot{}
	d.Entries[0].Context = append(d.Entries[0].Context, Dot{})
	d.Entries[0].Siblings = append(d.Entries[0].Siblings, Sibling[string]{})
	require.Equal(t, []Dot{a1}, d.Entries[1].Context)
	require.Equal(t, []Sibling[string]{{a1, "v"}}, d.Entries[1].Siblings)
	require.Equal(t, a1, d.Entries[0].Context[0])
}

// A reset delta is as good as a new one and costs no memory to fill again.
func TestResetKeepsTheMemory(t *testing.T) {
	d, siblings := oneEntry(), []Sibling[string]{{a1, "v"}}
	context := []Dot{a1}
	require.Zero(t, testing.AllocsPerRun(10, func() {
		d.Reset()
		d.Versions.Advance(a1)
		d.Append("k", context, siblings)
	}))
	require.Equal(t, oneEntry().Entries, d.Entries)
	d.Reset()
	require.Empty(t, d.Entries)
	require.Empty(t, d.Versions)
}

// What is small is filled again without allocating, what is large is given back.
func TestReleasedDeltasKeepLittle(t *testing.T) {
	const entries = mostKept
	var d Delta[uint32, uint8]
	fill := func(entries int) {
		for k := range entries {
			d.Append(uint32(k), []Dot{a1}, []Sibling[uint8]{{a1, 1}})
		}
	}
	require.Zero(t, testing.AllocsPerRun(10, func() {
		fill(entries)
		d.Release()
	}))
	fill(2*mostKept + 1)
	d.Release()
	require.Equal(t, Delta[uint32, uint8]{}, d)
}
