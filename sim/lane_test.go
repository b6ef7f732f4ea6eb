package sim

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/sim/clock"
)

// fillLane pushes events number from to to-1, each due at its number.
func fillLane(l *lane, from, to uint64) {
	for seq := from; seq < to; seq++ {
		if l.full() {
			l.grow()
		}
		l.room().set(&event{at: clock.Time(seq), seq: seq, cause: seq - 1, host: 3, ref: 2})
	}
}

func TestALaneIsFirstInFirstOut(t *testing.T) {
	var l lane
	for seq := range uint64(100) {
		fillLane(&l, 3*seq+1, 3*seq+4) // three in
		require.Equal(t, seq+1, l.pop().seq)
		require.Equal(t, int(2*seq+2), l.len())
	}
	for !l.empty() {
		e := l.pop()
		require.Equal(t, event{clock.Time(e.seq), e.seq, e.seq - 1, 3, 2}, *e)
	}
	require.Equal(t, uint64(300), l.at(l.head-1).seq)
}

func TestALaneTakesWhatComesAfterAllOthers(t *testing.T) {
	var l lane
	require.True(t, l.takes(0))
	fillLane(&l, 1, 8)
	require.False(t, l.takes(6))
	require.True(t, l.takes(7), "of two events at one instant the one pushed first happens first")
	for !l.empty() {
		l.pop()
	}
	require.True(t, l.takes(0))
}

func TestASweptLaneKeepsItsOrder(t *testing.T) {
	var l lane
	fillLane(&l, 1, 30)
	for range 10 {
		l.pop()
	}
	fillLane(&l, 30, 40) // round the end of the ring
	require.Equal(t, 10, l.sweep(func(e *event) bool { return e.seq%3 == 0 }))
	for want := uint64(11); !l.empty(); want++ {
		if want%3 != 0 {
			require.Equal(t, want, l.pop().seq)
		}
	}
}

func TestALaneInUseStopsGrowing(t *testing.T) {
	var l lane
	fillLane(&l, 1, 20)
	require.Zero(t, testing.AllocsPerRun(100, func() {
		for range 1000 {
			e := *l.pop()
			l.room().set(&e)
		}
	}))
	require.Equal(t, 32*eventBytes, l.memory())
}
