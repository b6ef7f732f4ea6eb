package zoo

import (
	"testing"

	"github.com/stretchr/testify/require"
)

var (
	found = Kill{
		Mutant: "M01", Hunt: "storm", Strategy: Random, Restarts: 20, Found: 20, Seeds: 3,
		Property: "no-flip", Faults: 1, Seconds: 12.5, Digest: "d1",
	}
	missed = Kill{
		Mutant: "M02", Hunt: "calm -set servers=5", Strategy: "swarm", Restarts: 20, Found: 2,
		Seeds: SeedsPerRestart + 1, Property: "no-flip", Faults: -1, Seconds: 90, Digest: "d2",
	}
)

func TestTheMatrixIsWhatItsFileSays(t *testing.T) {
	matrix := Matrix{found, missed}
	again, err := ParseMatrix(matrix.CSV())
	require.NoError(t, err)
	require.Equal(t, matrix, again)
	again, err = ParseMatrix("")
	require.NoError(t, err)
	require.Empty(t, again)
}

func TestAFileThatIsNoMatrixIsRefused(t *testing.T) {
	_, err := ParseMatrix("a,b\n")
	require.ErrorContains(t, err, "columns [a b], expected [mutant ")
	_, err = ParseMatrix(Matrix{}.CSV() + "M01,storm,random,many,0,0,0,,0,0,d\n")
	require.ErrorContains(t, err, `"many"`)
}

// What has been measured is not measured again, unless the mutant or the measure is another one.
func TestRowsAreReplacedWhenTheyAreOutOfDate(t *testing.T) {
	matrix := Matrix{}.Add(found).Add(missed)
	require.True(t, matrix.Has(found))
	changed := found
	changed.Digest = "d3"
	require.False(t, matrix.Has(changed))
	longer := found
	longer.Restarts++
	require.False(t, matrix.Has(longer))
	require.Equal(t, Matrix{missed, changed}, matrix.Add(changed))
}

func TestAMatrixMayContradictTheZoo(t *testing.T) {
	matrix := Matrix{found, missed}
	require.NoError(t, matrix.Contradicts(&Mutant{ID: "M01"}))
	require.EqualError(t, matrix.Contradicts(&Mutant{ID: "M02"}),
		"M02 survives: no search finds it more often than not")
	require.EqualError(t, matrix.Contradicts(&Mutant{ID: "M02", Equivalent: "Nobody can tell."}),
		"M02 is said to be equivalent, and calm -set servers=5 -strategy swarm finds it: no-flip")
	require.NoError(t, matrix.Contradicts(&Mutant{ID: "M03", Equivalent: "Nobody can tell."}))
}

func TestThePageSaysWhatWasKilledAndWhatWasNot(t *testing.T) {
	matrix := Matrix{
		{Mutant: "M00", Hunt: "storm", Strategy: Random, Restarts: 20, Seeds: SeedsPerRestart + 1,
			Faults: -1},
		found, missed,
	}
	varied := []Hunt{{Scenario: "storm"}}
	page := matrix.Markdown([]Mutant{
		{ID: "M01", Title: "one", Source: "list", Hunts: varied},
		{ID: "M02", Title: "two", Source: "list", Hunts: varied},
		{ID: "M03", Title: "three", Source: "list", Equivalent: "Nobody can tell."},
		{ID: "M04", Title: "four", Source: "list", Hunts: []Hunt{{Scenario: "missing", Fixed: true}}},
	})
	for _, line := range []string{
		"The strategy random killed 1 of the 1 mutants it hunted that are not equivalent, " +
			"the slowest by a median of 3 seeds.\nIt has not hunted 2 others yet.",
		"The strategy swarm killed 0 of the 1 mutants it hunted that are not equivalent, " +
			"the slowest by a median of 0 seeds.\nIt has not hunted 1 other yet.\n" +
			"It has nothing to vary in the hunts of 1 other.",
		"| M01 | one | list | 3 seeds, 1 fault: no-flip | not hunted |",
		"| M02 | two | list | not hunted | **survives**, found in 2 of 20 |",
		"| M03 | three | list | nothing to plant | nothing to plant |",
		"| M04 | four | list | not hunted | nothing to vary |",
		"| M00 | `storm` | random | 0/20 | over 200 | - |  | 0.0 s |",
		"| M01 | `storm` | random | 20/20 | 3 | 1 | no-flip | 12.5 s |",
		"- **M03**, three. Nobody can tell.",
	} {
		require.Contains(t, page, line+"\n")
	}
}
