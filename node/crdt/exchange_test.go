package crdt

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// The answer echoes the request and says what its sender has.
func TestAnswerEchoesTheRequest(t *testing.T) {
	a, b := newReplica(0, 1), newReplica(1, 1)
	a.Put("k", "a1")
	b.Put("l", "b1")
	var delta testDelta
	a.Answer(contextOf(b), 0, &delta)
	require.Equal(t, a.self, delta.From)
	require.Equal(t, *b.Versions(), delta.Since.Vector)
	require.Equal(t, *a.Versions(), delta.Versions)
	require.Len(t, delta.Entries, 1)
}

func TestApplyReportsChangedKeysOnce(t *testing.T) {
	a, b := newReplica(0, 1), newReplica(1, 1)
	a.Put("k", "a1")
	a.Put("l", "a2")
	var delta testDelta
	a.Answer(contextOf(b), 0, &delta)
	changed := []string{}
	note := func(key string) {
		_, visible := b.Get(key)
		require.True(t, visible && b.Versions().Covers(Dot{NewActor(0, 1), 2}), "all is merged")
		changed = append(changed, key)
	}
	require.True(t, b.Apply(&delta, note))
	require.Equal(t, []string{"k", "l"}, changed)
	require.True(t, b.Apply(&delta, note), "a duplicate is applied")
	require.Len(t, changed, 2, "and changes nothing")
}

// A delta may name a key more than once, each time with later news; the index survives it, also
// when the writes of other keys come in between.
func TestApplyTakesAKeyNamedTwice(t *testing.T) {
	a, b := newReplica(0, 1), newReplica(1, 1)
	put := func(keys ...string) {
		for _, key := range keys {
			a.Put(key, "of a")
		}
	}
	put("i", "j", "k", "l")
	require.True(t, pull(b, a))
	var middle, delta testDelta
	put("k", "l")
	a.Answer(contextOf(b), 0, &middle)
	put("k", "j", "l")
	a.Answer(contextOf(b), 0, &delta)
	delta.Entries = slices.Concat(middle.Entries, delta.Entries)

	require.True(t, b.Apply(&delta, nil))
	requireSound(t, b)
	requireSame(t, a, b)
}

// The cost of an answer: of 100,000 keys all but those in the answer are made unreadable. Touching
// one of them panics.
func TestAnswerTouchesOnlyWhatItSends(t *testing.T) {
	a, b := largePair(t, 100_000)
	for k := range uint32(10) {
		a.Put(k, 1)
		b.Put(50_000+k, 1)
	}
	since := contextOf(a)
	var delta Delta[uint32, uint64]
	a.Answer(contextOf(b), 0, &delta)
	require.Len(t, delta.Entries, 10)
	require.True(t, b.Apply(&delta, nil))
	b.Put(99_999, 2)
	b.Put(99_999, 3) // the record of the first is outdated

	for i := range b.entries {
		e := &b.entries[i]
		if key := e.key; key != 99_999 && (key < 50_000 || key >= 50_010) {
			e.few[0].actor = 1 << 31
		}
	}
	b.Answer(since, 0, &delta)
	require.Len(t, delta.Entries, 11)
}

// Nothing to say, nothing to allocate.
func TestIdleExchangeAllocatesNothing(t *testing.T) {
	a, b := largePair(t, 1_000)
	var since CausalContext
	var delta Delta[uint32, uint64]
	require.Zero(t, testing.AllocsPerRun(100, func() {
		a.Context(&since)
		b.Answer(&since, 0, &delta)
		a.Apply(&delta, nil)
	}))
}

// Nor do changes of known keys, once the buffers have grown.
func TestSteadyExchangeAllocatesNothing(t *testing.T) {
	a, b := largePair(t, 1_000)
	var since CausalContext
	var delta Delta[uint32, uint64]
	value := uint64(0)
	round := func() {
		for k := range uint32(20) {
			value++
			a.Put(k, value)
		}
		b.Context(&since)
		a.Answer(&since, 0, &delta)
		b.Apply(&delta, func(uint32) {})
	}
	round()
	require.Zero(t, testing.AllocsPerRun(100, round))
	require.Equal(t, a.StateHash(), b.StateHash())
}

func BenchmarkIdleExchange(b *testing.B) {
	to, from := largePair(b, 100_000)
	var since CausalContext
	var delta Delta[uint32, uint64]
	b.ReportAllocs()
	for b.Loop() {
		to.Context(&since)
		from.Answer(&since, 0, &delta)
		to.Apply(&delta, nil)
	}
}

// 1 % of 100,000 keys changes between two pulls; the 1,000 writes are timed as well.
func BenchmarkExchangeOnePercent(b *testing.B) {
	to, from := largePair(b, 100_000)
	var since CausalContext
	var delta Delta[uint32, uint64]
	key := uint32(1)
	b.ReportAllocs()
	for b.Loop() {
		for range 1_000 {
			key = (key + 7918) % 100_000
			from.Put(key, uint64(key))
		}
		to.Context(&since)
		from.Answer(&since, 0, &delta)
		to.Apply(&delta, nil)
	}
}

// A new replica gets all 100,000 keys.
func BenchmarkBootstrap(b *testing.B) {
	_, from := largePair(b, 100_000)
	var since CausalContext
	var delta Delta[uint32, uint64]
	b.ReportAllocs()
	for b.Loop() {
		to := New(NewActor(2, 1), from.config)
		to.Context(&since)
		from.Answer(&since, 0, &delta)
		to.Apply(&delta, nil)
	}
}
