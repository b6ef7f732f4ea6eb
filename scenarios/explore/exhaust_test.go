package explore_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios/explore"
)

// counters counts three things. An event is which.
type counters [3]int

// counting is a model whose states within n events are the ways to share out n or fewer: there are
// C(n+3, 3) of them.
func counting(key func(counters) explore.Key) explore.Model[counters, int] {
	return explore.Model[counters, int]{
		Events: func(_ counters, events []int) []int { return append(events, 0, 1, 2) },
		Apply: func(c counters, which int) counters {
			c[which]++
			return c
		},
		Check: func([]counters, []int) error { return nil },
		Key:   key,
	}
}

// inOrder is the key of a state as it is.
func inOrder(c counters) explore.Key {
	return explore.Key{}.With(uint64(c[0])).With(1<<8 | uint64(c[1])).With(2<<8 | uint64(c[2]))
}

// inAnyOrder is the key of a state whose counters may be renamed.
func inAnyOrder(c counters) explore.Key {
	return explore.Key{}.With(uint64(c[0])).With(uint64(c[1])).With(uint64(c[2]))
}

// C(5+3, 3) = 56 states within 5 events, and three events for each of the C(4+3, 3) = 35 within 4.
func TestEveryStateOnce(t *testing.T) {
	r := explore.Exhaust(counting(inOrder), explore.Bounds{Events: 5})
	require.Equal(t, explore.Result[int]{
		States: 56, Transitions: 105, Depth: 5, Complete: true,
	}, r)
	require.Equal(t, "all 56 states within 5 events hold", r.String())
}

// The partitions of 0 to 5 into at most three parts are 1 + 1 + 2 + 3 + 4 + 5 = 16.
func TestSymmetricStatesAreOne(t *testing.T) {
	r := explore.Exhaust(counting(inAnyOrder), explore.Bounds{Events: 5})
	require.Equal(t, 16, r.States)
	require.True(t, r.Complete)
}

func TestBudgetIsSaidToHaveRunOut(t *testing.T) {
	r := explore.Exhaust(counting(inOrder), explore.Bounds{States: 30})
	require.Equal(t, 30, r.States)
	require.False(t, r.Complete)
	require.NoError(t, r.Violation)
	require.Equal(t, 3, r.Depth, "20 states are within 3 events, 35 within 4")
	require.Equal(t, "stopped at 30 states, which hold; they are all only within 3 events", r.String())
}

func TestInitialStateIsJudged(t *testing.T) {
	m := counting(inOrder)
	m.Check = func([]counters, []int) error { return errors.New("never") }
	r := explore.Exhaust(m, explore.Bounds{Events: 5})
	require.ErrorContains(t, r.Violation, "never")
	require.Empty(t, r.Counterexample)
	require.Equal(t, 1, explore.Walk(m, 1, 5, 5).Walks)
}

// A step into a state that is known is judged too: the wheel turns, and its last step leads to
// where it began.
func TestEveryStepIsJudged(t *testing.T) {
	wheel := explore.Model[int, string]{
		Events: func(_ int, events []string) []string { return append(events, "turn") },
		Apply:  func(at int, _ string) int { return (at + 1) % 4 },
		Check: func(states []int, events []string) error {
			if last := len(events); last > 0 && states[last] < states[last-1] {
				return errors.New("it went back")
			}
			return nil
		},
		Key: func(at int) explore.Key { return explore.Key{}.With(uint64(at)) },
	}
	r := explore.Exhaust(wheel, explore.Bounds{})
	require.ErrorContains(t, r.Violation, "it went back")
	require.Len(t, r.Counterexample, 4)
}

// States are made again, not kept: what Check gets is an execution of the model nevertheless.
func TestCheckGetsAnExecution(t *testing.T) {
	m := counting(inAnyOrder)
	m.Check = func(states []counters, events []int) error {
		require.Len(t, states, len(events)+1)
		again := m.Initial
		for i, event := range events {
			require.Equal(t, again, states[i])
			again = m.Apply(again, event)
		}
		require.Equal(t, again, states[len(events)])
		return nil
	}
	require.True(t, explore.Exhaust(m, explore.Bounds{Events: 6}).Complete)
}

func TestSameModelSameResult(t *testing.T) {
	first := explore.Exhaust(puzzle(), explore.Bounds{})
	for range 10 {
		require.Equal(t, first, explore.Exhaust(puzzle(), explore.Bounds{}))
	}
	require.False(t, first.Complete, "a counterexample ends it")
	require.Len(t, slices.Compact(first.Counterexample), 6)
}
