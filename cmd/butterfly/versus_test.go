package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/versus"
	"butterfly/scenarios/world"
)

// contested is a contest of two designs with the results of some seeds.
func contested(everyone, ours []*world.Result) *contest {
	designs := []scenarios.Design{scenarios.Everyone, scenarios.Ours}
	c := &contest{
		app:     &app{program: "butterfly", build: func() string { return "b" }},
		choice:  choice{scenario: scenarios.Scenario{Name: "contest", Servers: 9, Origins: 200}},
		designs: designs, plan: hunt.Plan{First: 1, Last: hunt.Seed(len(ours))},
		Comparison: versus.New(designs),
	}
	for i := range ours {
		c.Add(0, everyone[i])
		c.Add(1, ours[i])
	}
	return c
}

func kept(gap float64) *world.Result {
	return &world.Result{Seed: 1, Metrics: map[string]float64{"longest_gap_seconds": gap}}
}

func broke(property string) *world.Result {
	return &world.Result{Seed: 2, Violations: []checkers.Violation{{Property: property}}}
}

// "rivals may break promises, and ours may not"
func TestOursAloneDecidesTheExitCode(t *testing.T) {
	good, bad := []*world.Result{kept(1)}, []*world.Result{broke("no-stampede")}
	require.Zero(t, contested(bad, good).code())
	require.Equal(t, exitBroken, contested(good, bad).code())
	require.Zero(t, contested(good, good).code())

	c := contested(good, bad)
	c.scenario.ExpectFail = true
	require.Zero(t, c.code())
	c = contested(good, good)
	c.plan.Last++
	require.Equal(t, exitUndecided, c.code())
}

func TestTheComparisonSaysWhoKeptWhat(t *testing.T) {
	good, bad := []*world.Result{kept(1)}, []*world.Result{broke("no-stampede")}
	for want, c := range map[string]*contest{
		"every design kept every promise":    contested(good, good),
		"everyone broke promises, ours none": contested(bad, good),
		"every design broke promises":        contested(bad, bad),
		"ours broke promises, everyone none": contested(good, bad),
	} {
		require.Equal(t, want, contestFinding(c.Rows()))
	}
	broken := []versus.Broken{{Property: "no-stampede", Runs: 1, First: 2}}
	require.Equal(t, "raft and everyone broke promises, the others none", contestFinding([]versus.Row{
		{Design: scenarios.Raft, Broken: broken}, {Design: scenarios.Leader},
		{Design: scenarios.Everyone, Broken: broken}, {Design: scenarios.Ours},
	}))
	require.Equal(t, "a, b and c", joined([]string{"a", "b", "c"}))
}

func TestTheTableOfAComparison(t *testing.T) {
	c := contested([]*world.Result{kept(2), broke("no-stampede")}, []*world.Result{kept(23), kept(21.25)})
	s := &sheet{}
	s.comparison(c.Rows())
	require.Contains(t, s.String(), "                                    everyone       ours\n"+
		"longest gap, s, worst                2 (1/2)         23\n")
	require.Equal(t, 2, strings.Count(s.String(), "\n"), "what nobody measured is left out")
	s = &sheet{}
	s.brokenBy(c.Rows())
	require.Equal(t, "broken, runs everyone: no-stampede (1)\n", s.String())
	require.Equal(t, "butterfly run contest -set design=everyone -seed 0x0000000000000002",
		c.next(c.Rows()))
}

func TestTheObjectOfADesign(t *testing.T) {
	c := contested([]*world.Result{kept(2), broke("no-stampede")}, []*world.Result{kept(23), kept(21)})
	row := c.Rows()[0]
	require.Equal(t, contestRow{
		Design: "everyone", Scenario: "contest", Seeds: 2, FirstSeed: 1, Build: "b",
		Metrics: map[string]float64{"longest_gap_seconds": 2},
		Ranges:  map[string]metricRange{"longest_gap_seconds": {2, 2, 1}},
		Broken:  []brokenPromise{{"no-stampede", 1, 2}},
	}, c.object(&row))
}

func TestTheFigureOfAComparisonCanBeDrawn(t *testing.T) {
	c := contested([]*world.Result{kept(2)}, []*world.Result{kept(23)})
	figure := c.figure()
	require.Len(t, figure.Rows, 2, "what nobody measured is left out")
	_, err := figure.Figure()
	require.NoError(t, err)
}
