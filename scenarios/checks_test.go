package scenarios_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
)

func TestWhatIsSaidOfAPropertyTakesThePlaceOfItsBound(t *testing.T) {
	s, _ := scenarios.Find("talk")
	require.Equal(t, time.Minute, s.Bound("map-convergence", time.Minute))
	require.False(t, s.Off("map-convergence"))
	for _, check := range []string{
		"probe-budget:off", "map-convergence:40s", "at-least-one-checker:50s", "map-convergence:30s",
	} {
		copied := s
		before := copied.Checkers
		require.NoError(t, s.Set("check="+check))
		require.Equal(t, before, copied.Checkers, "scenarios are values")
	}
	require.NoError(t, s.Validate())
	require.Equal(t, 30*time.Second, s.Bound("map-convergence", time.Minute))
	require.Equal(t, time.Minute, s.Bound("health-is-true", time.Minute))
	require.Equal(t, 50*time.Second, s.LongestBound())
	require.True(t, s.Off("probe-budget"))
	require.False(t, s.Off("no-flip"))
	require.NoError(t, s.Set("check=others:off"))
	require.True(t, s.Off("no-flip"))
	require.False(t, s.Off("map-convergence"))
	require.NoError(t, s.Set("check=probe-budget:on"))
	require.False(t, s.Off("probe-budget"))
	require.Equal(t, s.Checkers, s.Expand(1).Checkers)
}

func TestInvalidCheckersSayWhatIsWrong(t *testing.T) {
	for message, checkers := range map[string]scenarios.Checkers{
		"checkers: expected at least one property": {},
		`checkers: "a", expected each property once and in the order of their names`: {
			Each: []scenarios.Check{{Property: "b"}, {Property: "a"}}},
		`checkers: "b", expected each property once and in the order of their names`: {
			Each: []scenarios.Check{{Property: "b"}, {Property: "b"}}},
		"checkers: a: -1s, expected a bound up to 168h0m0s": {
			Each: []scenarios.Check{{Property: "a", Bound: seconds(-1)}}},
		"checkers: a: expected off or a bound": {
			Each: []scenarios.Check{{Property: "a", Bound: seconds(1), Off: true}}},
	} {
		s, _ := scenarios.Find("talk")
		s.Checkers = &checkers
		require.EqualError(t, s.Validate(), message)
	}
	s, _ := scenarios.Find("talk")
	require.EqualError(t, s.Set("check=no-flip:maybe"), `-set check=no-flip:maybe: "maybe", `+
		"expected a time from 1ms to 168h0m0s, such as 500ms or 20s, on or off")
	for _, value := range []string{"no-flip", ":off", ""} {
		require.EqualError(t, s.Set("check="+value), fmt.Sprintf("-set check=%s: %q, expected "+
			"check=NAME:VALUE, where VALUE is on, off or a time", value, value))
	}
	require.ErrorContains(t, s.Set("check=no-flip:"), `"", expected a time`)
}
