package cap

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// story is a history, written down in the order in which things were seen: each operation is asked
// for by ask and ended by end.
type story struct {
	history
	number uint32
}

func (s *story) ask(client int, verb Verb, key uint32, value uint64) (record int) {
	s.seen++
	s.number++
	s.records = append(s.records, recordOf(client, Operation{s.number, verb, key, value}, s.seen))
	return len(s.records) - 1
}

func recordOf(client int, o Operation, asked int64) record {
	return record{Operation: o, client: client, asked: asked}
}

func (s *story) end(record int, outcome Outcome, result uint64) {
	s.seen++
	r := &s.records[record]
	r.ended, r.outcome, r.result = s.seen, outcome, result
}

// does is an operation that nothing else overlaps.
func (s *story) does(client int, verb Verb, key uint32, value, result uint64) {
	s.end(s.ask(client, verb, key, value), Served, result)
}

func TestAReadOfWhatWasWrittenLastIsFine(t *testing.T) {
	var s story
	s.does(0, Write, 1, 5, 0)
	s.does(1, Read, 1, 0, 5)
	s.does(1, Read, 2, 0, 0)
	require.True(t, s.judge().linearizable)
}

// "A read that begins after a write has ended must return it, or something later."
func TestAReadOfWhatWasOverwrittenIsNot(t *testing.T) {
	var s story
	s.does(0, Write, 7, 5, 0)
	s.does(0, Write, 7, 6, 0)
	s.does(1, Read, 7, 0, 5)
	s.does(1, Read, 8, 0, 0)
	found := s.judge()
	require.False(t, found.linearizable)
	require.Equal(t, uint32(7), found.key)
	require.Len(t, found.operations, 3, "of that key alone")
}

func TestOperationsThatOverlapMayBeInEitherOrder(t *testing.T) {
	for _, read := range []uint64{5, 6} {
		var s story
		a, b := s.ask(0, Write, 1, 5), s.ask(1, Write, 1, 6)
		s.end(a, Served, 0)
		s.end(b, Served, 0)
		s.does(2, Read, 1, 0, read)
		require.True(t, s.judge().linearizable)
	}
}

// "An operation that has not been answered may take place at any time until the end, or never."
func TestWhatWasNotAnsweredMayHaveTakenPlace(t *testing.T) {
	for _, outcome := range []Outcome{Unreached, Lacking, Waited} {
		var s story
		s.does(0, Write, 1, 5, 0)
		s.end(s.ask(1, Write, 1, 6), outcome, 0)
		s.does(0, Read, 1, 0, 5) // not yet
		s.does(0, Read, 1, 0, 6) // it has
		require.True(t, s.judge().linearizable)
		s.does(0, Read, 1, 0, 5) // and cannot be undone
		require.False(t, s.judge().linearizable)
	}
}

func TestWhatNobodyHasSeenIsLeftOut(t *testing.T) {
	var s story
	for i := range 40 { // each would double the work
		s.end(s.ask(1, Write, 1, uint64(10+i)), Waited, 0)
	}
	s.does(0, Write, 1, 5, 0)
	s.ask(1, Write, 1, 6) // under way when the run ends
	require.Len(t, s.operations(), 1)
	s.does(0, Read, 1, 0, 12)
	require.Len(t, s.operations(), 3)
	require.True(t, s.judge().linearizable)
}

func TestASeatSoldTwiceIsFound(t *testing.T) {
	var s story
	s.does(0, Buy, 3, 5, 5)
	s.does(1, Buy, 3, 6, 5) // told that 5 has it
	s.end(s.ask(2, Buy, 3, 7), Waited, 0)
	require.Empty(t, s.soldTwice())
	require.True(t, s.judge().linearizable)
	s.does(1, Buy, 3, 8, 8)
	s.does(1, Buy, 3, 9, 9)
	require.Equal(t, []uint32{3}, s.soldTwice())
	require.False(t, s.judge().linearizable)
}

// Whatever is done to one copy, one after the other or at once, is linearizable.
func TestOneCopyIsLinearizable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s story
		var copy values
		running := map[int]int{}
		for range 40 {
			client := rapid.IntRange(0, 3).Draw(t, "client")
			if record, busy := running[client]; busy {
				result := copy.apply(&s.records[record].Operation)
				outcome := Outcome(rapid.IntRange(0, 1).Draw(t, "outcome") * int(Waited))
				s.end(record, outcome, result)
				delete(running, client)
				continue
			}
			verb := Verb(rapid.IntRange(0, int(verbs)-1).Draw(t, "verb"))
			key := uint32(rapid.IntRange(0, 2).Draw(t, "key"))
			running[client] = s.ask(client, verb, key, uint64(s.number)+100)
		}
		require.True(t, s.judge().linearizable)
		require.Empty(t, s.soldTwice())
	})
}
