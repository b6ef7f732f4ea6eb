package planet

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/checkers"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
)

// "It does not matter who played the parts."
func TestARunIsItsPartsMerged(t *testing.T) {
	s := small(3)
	var outcomes []Outcome
	parts := Parts(s, 5)
	for _, p := range parts {
		view := NewView(s.Origins)
		w := newToy(p, view)
		w.Advance(clock.At(s.Duration.Duration()))
		outcomes = append(outcomes, Outcome{w.Result(), view})
	}
	want := Merge(s.Name, 5, parts, outcomes)
	run := New(s, 5, newToy)
	require.Zero(t, run.Now())
	require.Equal(t, clock.At(3*time.Minute), run.Ends())
	require.Equal(t, want, run.Run())
	require.Equal(t, run.Ends(), run.Now())
	require.Equal(t, want, run.Result(), "asking twice changes nothing")
	require.Equal(t, world.Pass, want.Verdict)
	require.Equal(t, uint64(3*60), want.Events)
	require.Equal(t, clock.At(time.Minute), want.Virtual, "they live at the same time")
	require.Equal(t, "planet", want.Scenario)
}

// However a run is cut into steps, it is the same run.
func TestStepsDoNotMatter(t *testing.T) {
	want := New(small(3), 5, newToy).Run()
	rapid.Check(t, func(t *rapid.T) {
		times := rapid.SliceOfN(rapid.Int64Range(0, int64(4*time.Minute)), 0, 10).Draw(t, "to")
		run := New(small(3), 5, newToy)
		for _, to := range times {
			before := run.Now()
			run.Advance(clock.At(time.Duration(to)))
			require.Equal(t, min(run.Ends(), max(before, clock.At(time.Duration(to)))), run.Now())
		}
		require.Equal(t, want, run.Run())
	})
}

// "It holds one world at a time": the next is built when the last is over.
func TestWorldsAreBuiltWhenTheirTurnComes(t *testing.T) {
	built := 0
	run := New(small(3), 1, func(p Part, view checkers.Checker) World {
		built++
		return newToy(p, view)
	})
	require.Zero(t, built)
	for _, c := range []struct {
		to     time.Duration
		worlds int
	}{{time.Second, 1}, {time.Minute, 1}, {61 * time.Second, 2}, {3 * time.Minute, 3}} {
		run.Advance(clock.At(c.to))
		require.Equal(t, c.worlds, built, c.to)
		require.Equal(t, c.to%time.Minute != 0, run.world != nil, "what is over is dropped")
	}
}

func TestARunThatIsStoppedIsUnknown(t *testing.T) {
	run := New(small(3), 1, newToy)
	require.Equal(t, world.Unknown, run.Result().Verdict)
	for _, to := range []time.Duration{30 * time.Second, time.Minute, 150 * time.Second} {
		run.Advance(clock.At(to))
		r := run.Result()
		require.Equal(t, world.Unknown, r.Verdict, to)
		require.Equal(t, uint64(to/time.Second), r.Events, to)
	}
	run.Advance(run.Ends())
	require.Equal(t, world.Pass, run.Result().Verdict)
}

func TestVerifyStopsWhereRunsPart(t *testing.T) {
	s, played := small(3), 0
	verify := func(p Part, view checkers.Checker) (*world.Result, *world.Divergence) {
		w := newToy(p, view)
		w.Advance(clock.At(s.Duration.Duration()))
		if played++; played == 5 {
			return w.Result(), &world.Divergence{Step: 7, First: "a", Second: "b"}
		}
		return w.Result(), nil
	}
	result, divergence := Verify(s, 1, verify)
	require.Nil(t, divergence)
	require.Equal(t, New(s, 1, newToy).Run(), result)

	result, divergence = Verify(s, 1, verify)
	require.Equal(t,
		&world.Divergence{Step: 7, First: "planet-dc01: a", Second: "planet-dc01: b"}, divergence)
	require.Equal(t, world.Unknown, result.Verdict)
	require.Equal(t, 5, played)
}
