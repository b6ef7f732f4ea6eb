package cluster

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
)

// failings are the promises that each design breaks in the contest, with every seed, and those that it
// breaks with some. It keeps the others. Four seeds say so with 95 % confidence for half of all seeds,
// the hundred of BUTTERFLY_FULL=1 for 97 %.
var failings = map[scenarios.Design]struct{ always, sometimes []string }{
	// "just called a DDoS": as many probes of an origin as there are servers, at rest too; and who has
	// nobody to ask cannot know that the network is its own.
	scenarios.Everyone: {
		always: []string{
			checkers.PropertyOwnership, checkers.PropertyDuplicates, checkers.PropertyNoStampede,
		},
		sometimes: []string{checkers.PropertyNoCondemnation},
	},
	// The side without a majority of the voters stops, learns nothing more of any origin, and goes on
	// sending requests to those that die.
	scenarios.Raft: {
		always: []string{
			checkers.PropertyAtLeastOne, checkers.PropertyHealthKnown, checkers.PropertyRoutesAround,
		},
	},
	// What these cost is another matter.
	scenarios.Multicast: {}, scenarios.Leader: {}, scenarios.HashRing: {}, scenarios.Ours: {},
}

func TestRivalsFailWhatTheyAreKnownToFail(t *testing.T) {
	for _, design := range scenarios.Designs() {
		s := catalogued(t, scenarios.Contest)
		s.Design = design
		known := failings[design]
		for seed := range seeds(4, 100) {
			broken := brokenBy(Build(s, seed, Options{}).Run())
			for _, property := range known.always {
				require.Contains(t, broken, property, "%s, seed %d", design, seed)
			}
			for _, property := range broken {
				expected := slices.Contains(known.always, property) ||
					slices.Contains(known.sometimes, property)
				require.True(t, expected, "%s, seed %d: %s", design, seed, property)
			}
		}
	}
}

func brokenBy(r *world.Result) (properties []string) {
	for _, v := range r.Violations {
		properties = append(properties, v.Property)
	}
	return properties
}

// "Everyone tells everyone everything": what multicast sends grows with how much is checked. Gossip
// sends what is new, and at rest nothing is: with four times the origins it sends as much.
func TestOnlyMulticastGrowsWithWhatIsChecked(t *testing.T) {
	growth := func(design scenarios.Design) float64 {
		sent := func(origins string) float64 {
			s := small(t, "calm", "duration=5m", "servers=8", origins)
			s.Design = design
			return Build(s, 1, Options{}).Run().Metrics["bytes_per_node_second"]
		}
		return sent("origins=1600") / sent("origins=400")
	}
	require.Greater(t, growth(scenarios.Multicast), 3.0)
	require.Less(t, growth(scenarios.Ours), 1.5, "a start with four times the records")
}

// The design is part of the scenario: the same one runs with any, deterministically.
func TestRunsOfEveryDesignAreDeterministic(t *testing.T) {
	for _, design := range scenarios.Designs() {
		s := small(t, scenarios.Contest, "origins=40", "servers=5")
		s.Design = design
		_, divergence := Verify(s, 1, func() Options { return Options{} })
		require.Nil(t, divergence, "%s", design)
		plain := Build(s, 1, Options{}).Run().Fingerprint
		require.Equal(t, plain, Build(s, 1, Options{Codec: true}).Run().Fingerprint, "%s: codec", design)
	}
}
