package hunt_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios/hunt"
)

func TestFailuresThatLookAlikeAreOneGroup(t *testing.T) {
	var g hunt.Groups
	require.Empty(t, g.All())
	first, fresh := g.Add("a", "crash", 3)
	require.True(t, fresh)
	first.Bundle = "bundles/a.json"
	for seed := range hunt.Seed(99) {
		_, fresh = g.Add("a", "crash", 10+seed)
		require.False(t, fresh)
	}
	_, fresh = g.Add("a", "pause", 200)
	require.True(t, fresh, "another shape")
	_, fresh = g.Add("b", "crash", 201)
	require.True(t, fresh, "another property")

	require.Equal(t, []hunt.Group{
		{Property: "a", Shape: "crash", Seeds: 100, First: 3, Bundle: "bundles/a.json"},
		{Property: "a", Shape: "pause", Seeds: 1, First: 200},
		{Property: "b", Shape: "crash", Seeds: 1, First: 201},
	}, g.All())
	require.Len(t, g.Of("a"), 2)
}

// "or of one that has all kinds of faults of it and needless others".
func TestNeedlessFaultsMakeNoGroupOfTheirOwn(t *testing.T) {
	var g hunt.Groups
	g.Add("a", "crash, 2+ partition; crash with partition: at once", 3)
	g.Add("a", "crash, origin-down", 4)
	g.Add("b", "crash, pause", 5)
	least, fresh := g.Add("a", "crash", 6)
	require.True(t, fresh, "the plan that is shown is now another")
	least.Bundle = "bundles/crash.json"
	g.Add("a", "2+ crash, loss", 7)
	g.Add("a", "2+ pause", 8)
	_, fresh = g.Add("a", "pause", 9)
	require.True(t, fresh)
	g.Add("a", hunt.NoFault, 10)
	g.Add("a", "", 11)
	require.Equal(t, []hunt.Group{
		{Property: "a", Shape: "crash", Seeds: 4, First: 3, Bundle: "bundles/crash.json"},
		{Property: "b", Shape: "crash, pause", Seeds: 1, First: 5},
		{Property: "a", Shape: "pause", Seeds: 2, First: 8},
		{Property: "a", Shape: hunt.NoFault, Seeds: 1, First: 10},
		{Property: "a", Shape: "", Seeds: 1, First: 11},
	}, g.All())
}

func TestWhatIsKnownIsNotShrunkForEver(t *testing.T) {
	var g hunt.Groups
	for range 3 {
		require.True(t, g.WorthShrinking("a"))
		g.Add("a", "crash", 1)
		g.Add("a", "", 1) // says nothing about shapes
	}
	require.True(t, g.WorthShrinking("a"), "the first was new, two were known")
	g.Add("a", "pause", 2)
	for range 3 {
		require.True(t, g.WorthShrinking("a"), "a new shape among them")
		g.Add("a", "crash", 3)
	}
	require.False(t, g.WorthShrinking("a"), "three in a row were known")
	require.True(t, g.WorthShrinking("b"), "another property")
}

func TestAPropertyOfManyShapesIsNotShrunkForEver(t *testing.T) {
	var g hunt.Groups
	for i := range 8 {
		require.True(t, g.WorthShrinking("a"))
		g.Add("a", hunt.Shape(fmt.Sprint("shape ", i)), hunt.Seed(i))
	}
	require.False(t, g.WorthShrinking("a"))
}

// What was not shrunk may be of any kind, and is one of its own only if nothing was shrunk.
func TestKindsOfFailures(t *testing.T) {
	var g hunt.Groups
	require.Zero(t, g.Kinds())
	g.Add("a", "", 1)
	require.Equal(t, 1, g.Kinds())
	g.Add("a", "crash", 2)
	require.Equal(t, 1, g.Kinds())
	g.Add("a", "pause", 3)
	g.Add("b", "", 4)
	require.Equal(t, 3, g.Kinds())
}

// A corpus knows kinds that no seed of this hunt has shown.
func TestWhatACorpusKnowsIsNotNew(t *testing.T) {
	var g hunt.Groups
	_, fresh := g.Know("a", "crash", 7)
	require.True(t, fresh)
	require.Equal(t, 1, g.Kinds())
	_, fresh = g.Add("a", "crash", 9)
	require.False(t, fresh)
	require.Equal(t, []hunt.Group{{Property: "a", Shape: "crash", Seeds: 1, First: 9}}, g.All())
}
