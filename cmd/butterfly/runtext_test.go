package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
)

// The first line alone says what happened.
func TestHeadlines(t *testing.T) {
	broken := []checkers.Violation{
		{Property: "health-is-true", At: clock.At(90 * time.Second)}, {Property: "map-convergence"},
	}
	faults := make([]scenarios.Fault, 20)
	for _, c := range []struct {
		scenario   scenarios.Scenario
		verdict    world.Verdict
		violations []checkers.Violation
		parted     *world.Divergence
		beyond     string
		want       string
	}{
		{
			scenario: scenarios.Scenario{Faults: faults}, verdict: world.Pass,
			want: "PASS  s, seed 0x0000000000000007: every promise held through 20 faults.\n",
		},
		{
			verdict: world.Pass,
			want:    "PASS  s, seed 0x0000000000000007: every promise held, and nothing went wrong.\n",
		},
		{
			scenario: scenarios.Scenario{ExpectFail: true, Faults: faults[:1]}, verdict: world.Pass,
			want: "PASS  s, seed 0x0000000000000007: every promise held through 1 fault, " +
				"though some seeds break them.\n",
		},
		{
			verdict: world.Pass, beyond: "the network is worse than that",
			want: "MEASURED  s, seed 0x0000000000000007: nothing was promised, " +
				"for the network is worse than that; all\n" +
				"          of it held nevertheless.\n",
		},
		{
			verdict: world.Fail, violations: broken,
			want: "FAIL  s, seed 0x0000000000000007: health-is-true was broken at 90.000s " +
				"and 1 other promise later.\n",
		},
		{
			scenario: scenarios.Scenario{Budget: scenarios.BudgetOff, LossPPM: 200_000},
			verdict:  world.Fail, violations: broken[:1],
			want: "FAIL  s, seed 0x0000000000000007: health-is-true was broken at 90.000s; " +
				"that was no promise, for the\n" +
				"      fault budget is off: links lose 20% of the packets throughout.\n",
		},
		{
			scenario: scenarios.Scenario{ExpectFail: true}, verdict: world.Fail, violations: broken[:1],
			want: "FAIL  s, seed 0x0000000000000007: as expected, health-is-true was broken at 90.000s.\n",
		},
		{
			scenario: scenarios.Scenario{Duration: scenarios.Span(10 * time.Minute)}, verdict: world.Unknown,
			want: "UNKNOWN  s, seed 0x0000000000000007: stopped after 3m0s of 10m0s, " +
				"with nothing broken so far.\n",
		},
		{
			verdict: world.Unknown, parted: &world.Divergence{Step: 1233},
			want: "DIVERGED  s, seed 0x0000000000000007: two runs of this seed differ at event 1,234.\n",
		},
	} {
		p := &played{scenario: c.scenario, observed: observed{
			result: &world.Result{
				Scenario: "s", Seed: 7, Verdict: c.verdict, Violations: c.violations,
				Virtual: clock.At(3 * time.Minute), Beyond: c.beyond,
			},
			divergence: c.parted,
		}}
		s := &sheet{}
		s.headline(p)
		require.Equal(t, c.want, s.String())
	}
}

// A run that is there to be measured passes, and the first line does not say that a promise held.
func TestWhatIsOnlyMeasuredSaysSo(t *testing.T) {
	for assignment, bound := range map[string]bool{
		"servers=16": true, "rules=memberlist": false, "preset=swim": false,
		"suspicion_mult=1": false,
	} {
		chosen, err := chooseNamed("swim-crash", []string{assignment})
		require.NoError(t, err)
		p := &played{scenario: chosen.scenario.Expand(1)}
		p.result = &world.Result{Scenario: "swim-crash", Verdict: world.Pass}
		require.Equal(t, bound, bounded(&p.scenario), assignment)
		s := &sheet{}
		s.headline(p)
		if !bound {
			require.Equal(t, "MEASURED  swim-crash, seed 0x0000000000000000: "+
				"the run came to its end; nothing of the kind was\n"+
				"          promised.\n", s.String())
		} else {
			require.Contains(t, s.String(), "PASS  swim-crash")
		}
	}
}

// A fault that did nothing makes a green run worth less, so it is said.
func TestAFaultWithoutEffectIsNamed(t *testing.T) {
	s := &sheet{}
	s.bites(&played{observed: observed{result: &world.Result{Faults: []world.FaultReport{
		{Kind: scenarios.Crash, Count: 2, Effect: "2 servers went down"},
		{Kind: scenarios.Partition, Count: 1},
	}}}}, "had no effect")
	require.Equal(t, "faults         2 crash         2 servers went down\n"+
		"               1 partition     had no effect\n", s.String())
}

func TestADivergenceIsShown(t *testing.T) {
	p := &played{observed: observed{
		result:     &world.Result{Verdict: world.Unknown},
		divergence: &world.Divergence{Step: 4, First: "wake at server 3", Second: "wake at server 4"},
	}}
	s := &sheet{}
	s.body(p)
	require.Contains(t, s.String(), "first run    wake at server 3\nsecond run   wake at server 4\n")
	object := (&app{build: buildID}).newReport(p)
	require.Equal(t, &divergence{5, "wake at server 3", "wake at server 4"}, object.Divergence)
}
