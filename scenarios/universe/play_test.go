package universe

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
)

// A panic is a failure like any other: it is shrunk, and says where it was.
func TestAPanicIsAFailure(t *testing.T) {
	f, err := Hunt(hearts(func(h *heart) {
		if h.number == 150 {
			panic("a heart attack\nand more")
		}
	}), 20)
	require.NoError(t, err)
	require.Equal(t, NoPanic, f.Property)
	require.Equal(t, "server 0 panics in universe.TestAPanicIsAFailure.func1 (play_test.go:17): "+
		"a heart attack", f.Violation().Detail)
	require.Empty(t, f.Shrunk.Faults, "it takes none")
	require.InDelta(t, 15.1, f.Violation().AtSeconds, 1)
	require.Contains(t, f.Stack, "play_test.go")
	require.Contains(t, f.String(), "it takes no fault to break it")
}

func TestACheckerThatCannotBeBuiltIsAFailure(t *testing.T) {
	s := hearts(nil)
	s.Checkers = func(*scenarios.Scenario) []checkers.Checker { panic("no checkers today") }
	f, err := Hunt(s, 1)
	require.NoError(t, err)
	require.Equal(t, "panic: no checkers today", f.Violation().Detail)
	require.Equal(t, world.Fail, f.Result.Verdict)
}

// What depends on anything but the seed is found when the seed is played again.
func TestTwoRunsThatDifferAreFound(t *testing.T) {
	beats := uint32(0) // of all worlds together
	p, err := newPlayer(hearts(func(h *heart) { beats++; h.number = beats }), "hunt")
	require.NoError(t, err)
	plan := p.plan(1)
	_, err = p.twice(&plan, 1)
	require.ErrorContains(t, err, "event ")
	require.ErrorContains(t, err, "two runs of the same seed")

	p, err = newPlayer(hearts(nil), "hunt")
	require.NoError(t, err)
	_, err = p.twice(&plan, 1)
	require.NoError(t, err)
}

func TestCheckersThatChangeTheirMindAreFound(t *testing.T) {
	s, judged := fallible(), 0
	s.Checkers = func(plan *scenarios.Scenario) []checkers.Checker {
		if judged++; judged%2 == 0 {
			return nil
		}
		return fallible().Checkers(plan)
	}
	f, err := Hunt(fallible(), 20)
	require.NoError(t, err)
	p, err := newPlayer(s, "hunt")
	require.NoError(t, err)
	_, err = p.twice(&f.Found, uint64(f.Seed))
	require.ErrorContains(t, err, "the checkers judge equal runs differently: [{steady ")
}
