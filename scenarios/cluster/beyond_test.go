package cluster

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios/world"
)

// "stay inside what the protocol promises to survive: a false alarm costs more trust than a missed
// bug": what breaks on a network that nothing was promised for is no failure.
func TestNothingIsPromisedOnABadNetwork(t *testing.T) {
	for set, reason := range map[string]string{
		"loss=90%":    "the promises are made for a steady loss of up to 10%, this is 90%",
		"latency=1s":  "the promises are made for one-way delays below 500ms, this is 1s",
		"loss=100%":   "the promises are made for a steady loss of up to 10%, this is 100%",
		"latency=10s": "the promises are made for one-way delays below 500ms, this is 10s",
	} {
		r := Build(small(t, "calm", "duration=5m", set), 1, Options{}).Run()
		require.Equal(t, reason, r.Beyond)
		require.NotEmpty(t, r.Violations, set)
		require.Equal(t, world.Unknown, r.Verdict, set)
	}
	r := Build(small(t, "calm", "duration=5m", "loss=10%"), 1, Options{}).Run()
	require.Empty(t, r.Beyond)
	require.Equal(t, world.Pass, r.Verdict)
}
