package main

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
	"butterfly/scenarios/planet"
	"butterfly/scenarios/stage"
	"butterfly/scenarios/world"
)

func smallPlanet(t *testing.T) scenarios.Scenario {
	c, err := chooseNamed("planet", []string{"datacenters=3", "servers=5", "origins=20", "duration=2m"})
	require.NoError(t, err)
	return c.scenario
}

// "the result is that of one after the other"
func TestAPlanetIsTheSameOnAllCores(t *testing.T) {
	s := smallPlanet(t)
	a := &app{err: t.Output()}
	for _, twice := range []bool{false, true} {
		played, err := a.playPlanet(context.Background(),
			order{scenario: s, seed: 7, verify: twice, quiet: true})
		require.NoError(t, err)
		require.Nil(t, played.divergence)
		want := stage.Build(s, 7, stage.Options{}).Run()
		require.Equal(t, want.Fingerprint, played.result.Fingerprint)
		require.Equal(t, want.Verdict, played.result.Verdict)
		require.Equal(t, want.Sometimes, played.result.Sometimes)
		require.Equal(t, want.Faults, played.result.Faults)
	}
}

func TestAPlanetThatIsStoppedIsUnknown(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	a := &app{err: t.Output()}
	o, err := a.playPlanet(ctx, order{scenario: smallPlanet(t), seed: 7, quiet: true})
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, world.Unknown, o.result.Verdict)
	s := &sheet{}
	s.headline(&played{scenario: smallPlanet(t), observed: o, interrupted: true})
	require.Equal(t, "UNKNOWN  planet, seed 0x0000000000000007: stopped before every data centre had "+
		"been played, with\n         nothing broken so far.\n", s.String())
}

// Faults of a planet are those of all its data centres.
func TestFaultsOfAPlanetAreCountedTogether(t *testing.T) {
	p := &played{scenario: smallPlanet(t), observed: observed{result: &world.Result{
		Faults: []world.FaultReport{{Count: 5}, {Count: 2}},
	}}}
	require.Equal(t, 7, p.faults())
	p.scenario = scenarios.Scenario{Faults: make([]scenarios.Fault, 3)}
	require.Equal(t, 3, p.faults())
}

// "of a planet that of the data centre that is owed the longest"
func TestThePromisesOfAPlanetAreThoseOfItsSlowestDataCentre(t *testing.T) {
	p := &played{scenario: smallPlanet(t), observed: observed{result: &world.Result{Seed: 7}}}
	slowest := stage.Settle(p.promising())
	for _, part := range planet.Parts(p.scenario, 7) {
		require.LessOrEqual(t, stage.Settle(&part.Scenario), slowest)
	}
	require.Zero(t, p.promising().Datacenters)
}

func TestPerspectivesAreShown(t *testing.T) {
	s := &sheet{}
	p := &played{observed: observed{result: &world.Result{Sometimes: []world.Situation{
		{Name: "a takeover happened", Count: 3}, {Name: planet.SituationApart, Count: 12},
	}}}}
	s.perspectives(p)
	require.Equal(t, "perspectives 12 origins taken for dead in some data centres only, at some time\n",
		s.String())
}
