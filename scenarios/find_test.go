package scenarios_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
)

func TestFindKnowsTheCatalogue(t *testing.T) {
	for _, want := range scenarios.Catalogue() {
		got, err := scenarios.Find(want.Name)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
}

func TestFindSuggestsTheNearestName(t *testing.T) {
	_, err := scenarios.Find("partitoin")
	require.ErrorContains(t, err,
		`unknown scenario "partitoin", did you mean "partition"?; known are talk, calm, `)
	_, err = scenarios.Find("something else")
	require.ErrorContains(t, err, `unknown scenario "something else"; known are talk, calm, `)
}

func TestDidYouMeanSuggestsOnlyWhatIsNear(t *testing.T) {
	known := []string{"crash", "churn", "calm"}
	for name, want := range map[string]string{
		"crash": `, did you mean "crash"?`,
		"crush": `, did you mean "crash"?`,
		"clam":  `, did you mean "calm"?`,
		"chrn":  `, did you mean "churn"?`,
		"chu":   `, did you mean "churn"?`,
		"":      "", "x": "", "c": "", "zebra": "",
	} {
		require.Equal(t, want, scenarios.DidYouMean(name, known), name)
	}
	require.Empty(t, scenarios.DidYouMean("crash", nil))
	known = []string{"at", "rack_splits", "racks", "rate_ppm"}
	for name, want := range map[string]string{"rate": "rate_ppm", "rack": "racks", "rack_": "rack_splits"} {
		require.Equal(t, fmt.Sprintf(", did you mean %q?", want), scenarios.DidYouMean(name, known))
	}
}
