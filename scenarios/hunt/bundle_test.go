package hunt_test

import (
	"bytes"
	"context"
	"encoding/json"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/stage"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
)

// packed returns a run of a small scenario, made to fail, and its bundle as text.
func packed(t *testing.T) (*world.Result, []byte) {
	s := small(t, "talk", time.Minute)
	r, err := hunt.Play(context.Background(), s, 42, stage.Options{}, nil)
	require.NoError(t, err)
	r.Verdict = world.Fail
	r.Violations = []checkers.Violation{{Property: "p", At: clock.At(1234567891), Detail: "3 < 4 & 5 > 4"}}
	text, err := hunt.NewBundle(s, r, "build-1").Encode()
	require.NoError(t, err)
	return r, text
}

func TestABundleIsReadAsItWasWritten(t *testing.T) {
	r, text := packed(t)
	b, err := hunt.DecodeBundle(text)
	require.NoError(t, err)
	require.Equal(t, "build-1", b.Build)
	require.Equal(t, hunt.Seed(42), b.Seed)
	require.Equal(t, []hunt.Violation{{Property: "p", AtSeconds: 1.234567891, Detail: "3 < 4 & 5 > 4"}},
		b.Violations)
	require.Empty(t, b.Differences(r))
	again, err := b.Encode()
	require.NoError(t, err)
	require.Equal(t, string(text), string(again))
}

func TestTheScenarioInABundleIsExpandedAndRunsTheSame(t *testing.T) {
	r, text := packed(t)
	b, err := hunt.DecodeBundle(text)
	require.NoError(t, err)
	require.Nil(t, b.Scenario.Storm)
	require.NotEmpty(t, b.Scenario.Faults)
	again, err := hunt.Play(context.Background(), b.Scenario, uint64(b.Seed), stage.Options{}, nil)
	require.NoError(t, err)
	require.Equal(t, r.Fingerprint, again.Fingerprint)
}

func TestWhiteSpaceMayChange(t *testing.T) {
	_, text := packed(t)
	var compact bytes.Buffer
	require.NoError(t, json.Compact(&compact, text))
	_, err := hunt.DecodeBundle(compact.Bytes())
	require.NoError(t, err)
}

// Every single value counts: each digit and each letter of the file is changed once.
func TestAnAlteredValueIsNoticed(t *testing.T) {
	_, text := packed(t)
	values := regexp.MustCompile(`: "?(\w)`).FindAllSubmatchIndex(text, -1)
	require.Greater(t, len(values), 20)
	for _, at := range values {
		altered := bytes.Clone(text)
		altered[at[2]] = '7'
		if bytes.Equal(altered, text) {
			altered[at[2]] = '8'
		}
		_, err := hunt.DecodeBundle(altered)
		require.Error(t, err, "%s", altered[at[0]-10:at[1]+10])
	}
}

func TestWhatIsNoBundleOfThisFormatIsRefused(t *testing.T) {
	_, text := packed(t)
	replace := func(old, new string) string {
		require.Contains(t, string(text), old)
		return string(bytes.Replace(text, []byte(old), []byte(new), 1))
	}
	for _, c := range []struct{ text, want string }{
		{"", "no bundle"},
		{"{}", "no bundle"},
		{"[1]", "no bundle"},
		{string(text[:len(text)/2]), "no bundle"},
		{string(text) + "{}", "no bundle"},
		{replace(`"format": 1`, `"format": 9`), "format 9, this build reads format 1"},
		{replace(`"servers": 4`, `"servers": 5`), "altered or damaged"},
		{replace(`"build": "build-1",`, ``), "altered or damaged"},
		{replace(`"seed"`, `"speed": 1, "seed"`), "altered or damaged"},
	} {
		_, err := hunt.DecodeBundle([]byte(c.text))
		require.ErrorContains(t, err, c.want)
	}
}

// A bundle that is whole but says what this build cannot do is refused with the reason.
func TestAWholeBundleThatCannotBeRunIsRefused(t *testing.T) {
	for want, change := range map[string]func(*hunt.Bundle){
		"servers: 0": func(b *hunt.Bundle) { b.Scenario.Servers = 0 },
		"scenario is not expanded": func(b *hunt.Bundle) {
			b.Scenario.Storm = small(t, "talk", time.Minute).Storm
		},
		"is not expanded": func(b *hunt.Bundle) { b.Scenario.Vary = &scenarios.Vary{} },
		"not expanded":    func(b *hunt.Bundle) { b.Scenario.Trial = &scenarios.Trial{} },
		"leaves no time": func(b *hunt.Bundle) {
			b.Scenario, _ = scenarios.Find("swim-loss")
			b.Scenario.Group.ProbeTimeout = new(scenarios.Span(time.Minute))
		},
	} {
		_, text := packed(t)
		b, err := hunt.DecodeBundle(text)
		require.NoError(t, err)
		change(b)
		text, err = b.Encode()
		require.NoError(t, err)
		_, err = hunt.DecodeBundle(text)
		require.ErrorContains(t, err, want)
	}
}

func TestDifferencesAreNamed(t *testing.T) {
	r, text := packed(t)
	b, err := hunt.DecodeBundle(text)
	require.NoError(t, err)
	other := *r
	other.Events++
	other.Verdict = world.Pass
	other.Violations = nil
	require.Len(t, b.Differences(&other), 3)
	require.Contains(t, b.Differences(&other)[1], "verdict: fail in the bundle, pass now")
	require.Contains(t, b.Differences(&other)[2],
		"violation 1: 1.234567891s p: 3 < 4 & 5 > 4 in the bundle, none now")

	later := *r
	later.Violations = []checkers.Violation{r.Violations[0]}
	later.Violations[0].At++
	require.Len(t, b.Differences(&later), 1, "a nanosecond later is another violation")
}

func TestFileNamesHoldScenarioAndSeed(t *testing.T) {
	b := hunt.Bundle{Seed: 0x2a}
	b.Scenario.Name = "../my talk"
	require.Equal(t, "..-my-talk-0x000000000000002a.json", b.FileName())
}
