package planet

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
)

// small is a planet of a few data centres, with a storm.
func small(datacenters int) scenarios.Scenario {
	return scenarios.Scenario{
		Name: "planet", Servers: 8, Origins: 100, Datacenters: datacenters, Merge: scenarios.Siblings,
		Duration: scenarios.Span(time.Minute),
		Storm: &scenarios.Storm{
			From: scenarios.Span(10 * time.Second), To: scenarios.Span(50 * time.Second),
			Crashes: 1, Outages: 5, OutageOrigins: 3,
		},
	}
}

func TestEveryDataCentreIsAClusterOfItsOwn(t *testing.T) {
	s := small(3)
	parts := Parts(s, 1)
	require.Len(t, parts, 3)
	seeds := map[uint64]bool{}
	for i, p := range parts {
		require.Equal(t, []string{"planet-dc00", "planet-dc01", "planet-dc02"}[i], p.Scenario.Name)
		require.Zero(t, p.Scenario.Datacenters)
		require.NoError(t, p.Scenario.Validate())
		require.Equal(t, p.Scenario, p.Scenario.Expand(99), "it is expanded")
		require.Len(t, p.Scenario.Faults, 6)
		seeds[p.Seed] = true
	}
	require.Len(t, seeds, 3)
	require.Equal(t, parts, Parts(s, 1), "a pure function of scenario and seed")
	require.NotEqual(t, parts, Parts(s, 2))
	require.Equal(t, small(3), s, "the scenario itself is left alone")
}

// Data centres do not depend on how many others there are.
func TestOneMoreDataCentreChangesNoOther(t *testing.T) {
	require.Equal(t, Parts(small(5), 7)[:3], Parts(small(3), 7))
}

// "an origin dead from one and alive from another stays so in each view"
func TestOutagesArePartlyGlobalAndPartlyLocal(t *testing.T) {
	s := small(4)
	s.Faults = []scenarios.Fault{{
		Kind: scenarios.OriginDown, At: s.Storm.From, For: 1, Origins: []uint32{17},
	}}
	parts := Parts(s, 3)
	in := func(f scenarios.Fault) (datacenters int) {
		for _, p := range parts {
			if slices.ContainsFunc(p.Scenario.Faults, func(g scenarios.Fault) bool {
				return f.String() == g.String()
			}) {
				datacenters++
			}
		}
		return datacenters
	}
	for _, p := range parts {
		everywhere, here, lasting := 0, 0, 0
		for _, f := range p.Scenario.Faults {
			switch n := in(f); {
			case f.Kind == scenarios.OriginDown && n == len(parts):
				everywhere++
			default:
				require.Equal(t, 1, n, f.String())
				here++
				if f.Kind == scenarios.OriginDown && f.For == 0 {
					lasting++
				}
			}
		}
		require.Equal(t, 4, everywhere, "the fault that is listed, and 3 of the storm's 5 outages")
		require.Equal(t, 3, here, "the other 2, and a crash")
		require.Equal(t, 1, lasting, "half of the other 2, for as long as the run lasts")
	}
}

func TestAPlanetWithoutAStormHasItsFaultsEverywhere(t *testing.T) {
	s := small(2)
	s.Storm = nil
	s.Faults = []scenarios.Fault{{Kind: scenarios.OriginDown, For: 1, Origins: []uint32{17}}}
	for _, p := range Parts(s, 3) {
		require.Equal(t, s.Faults, p.Scenario.Faults)
	}
}

// Each data centre draws its own size.
func TestSizesVaryFromDataCentreToDataCentre(t *testing.T) {
	s := small(20)
	require.NoError(t, s.Set("servers=5-8"))
	sizes := map[int]bool{}
	for _, p := range Parts(s, 1) {
		sizes[p.Scenario.Servers] = true
	}
	require.Len(t, sizes, 4)
}

func TestTheCatalogueHasAPlanet(t *testing.T) {
	s := scenarios.Planets()[0]
	require.NoError(t, s.Validate())
	parts := Parts(s, 1)
	require.Len(t, parts, 50, "more than 50 data centres, in the words of the talk")
	for _, p := range parts {
		require.NoError(t, p.Scenario.Validate())
	}
}
