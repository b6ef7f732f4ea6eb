package seal

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// modelReplay remembers everything.
type modelReplay struct {
	generation, newest uint64
	seen               map[uint64]bool
}

// accept is the sentence of the documentation: "its life is the newest heard of its sender, and its
// sequence is new, or no more than WindowFrames behind the newest and not yet seen".
func (m *modelReplay) accept(h Header) bool {
	if m.seen == nil || h.Generation > m.generation {
		*m = modelReplay{generation: h.Generation, newest: h.Sequence, seen: map[uint64]bool{}}
	}
	if h.Generation < m.generation || m.seen[h.Sequence] || h.Sequence+WindowFrames <= m.newest {
		return false
	}
	m.newest = max(m.newest, h.Sequence)
	m.seen[h.Sequence] = true
	return true
}

func TestAWindowIsAsGoodAsRememberingEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var replay Replay
		models := map[uint32]*modelReplay{3: {}, Senders - 1: {}}
		base := rapid.SampledFrom([]uint64{0, 5000, MaxSequence - 4000}).Draw(t, "base")
		for range 400 {
			h := Header{
				From:       rapid.SampledFrom([]uint32{3, Senders - 1}).Draw(t, "from"),
				Generation: rapid.SampledFrom([]uint64{5, 5, 5, 5, 6, 6, 4}).Draw(t, "generation"),
				Sequence:   base + rapid.SampledFrom(edges()).Draw(t, "sequence"),
			}
			require.Equal(t, models[h.From].accept(h), replay.Accept(h), "%+v", h)
		}
	})
}

// edges returns sequences whose distances are around the sizes of a word and of a window.
func edges() []uint64 {
	var edges []uint64
	for _, at := range []uint64{0, 64, WindowFrames, WindowFrames + 64, 2 * WindowFrames} {
		edges = append(edges, at, at+1, at+2, at+63)
	}
	return edges
}

func TestAnOlderLifeIsOver(t *testing.T) {
	var replay Replay
	require.True(t, replay.Accept(Header{From: 1, Generation: 5, Sequence: 9}))
	require.True(t, replay.Accept(Header{From: 1, Generation: 6, Sequence: 0}))
	require.False(t, replay.Accept(Header{From: 1, Generation: 5, Sequence: 10}))
	require.True(t, replay.Accept(Header{From: 2, Generation: 5, Sequence: 10}), "another sender")
}

func TestThereAreSoManySenders(t *testing.T) {
	var replay Replay
	require.True(t, replay.Accept(Header{From: Senders - 1}))
	require.False(t, replay.Accept(Header{From: Senders}))
}

// "It takes 200 bytes for each sender that was ever accepted".
func TestAWindowWeighsWhatTheDocumentationSays(t *testing.T) {
	var replay Replay
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for from := range uint32(Senders) {
		replay.Accept(Header{From: from})
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(&replay)
	require.LessOrEqual(t, (after.HeapAlloc-before.HeapAlloc)/Senders, uint64(200))
}

func TestAcceptingAllocatesNothing(t *testing.T) {
	var replay Replay
	h := Header{From: 1}
	replay.Accept(h)
	require.Zero(t, testing.AllocsPerRun(100, func() {
		h.Sequence += 3
		replay.Accept(h)
	}))
}
