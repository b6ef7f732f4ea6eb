package names

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node/health"
)

func TestDefinitionsAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDefinition.Draw(t, "definition")
		require.NoError(t, validateDefinition(&d))
		b := appendDefinition(nil, &d)
		require.LessOrEqual(t, minDefinitionBytes-1, len(b))
		require.LessOrEqual(t, len(b), maxDefinitionBytes)
		r := reader{b: b}
		require.Equal(t, d, r.definition(len(b)))
		require.NoError(t, r.failure())
	})
}

// "definition 17 to 1072", with its length.
func TestSizesOfDefinitions(t *testing.T) {
	smallest := health.Definition{Interval: 1, Timeout: 1, Rise: 1, Fall: 1}
	require.NoError(t, validateDefinition(&smallest))
	require.Len(t, appendText(nil, string(appendDefinition(nil, &smallest))), minDefinitionBytes)

	const day = 24 * time.Hour
	largest := health.Definition{
		Kind: health.HTTPS, Path: "/" + strings.Repeat("p", MaxPathBytes-1),
		Body: strings.Repeat("b", MaxBodyBytes), StatusFrom: 599, StatusTo: 599,
		Interval: day, Timeout: day, Jitter: day, FastInterval: day,
		Semantics: health.Window, Rise: 255, Fall: 255, Window: 64, Threshold: 64,
		Initial: health.Unhealthy, Weight: 1<<16 - 1,
	}
	require.NoError(t, validateDefinition(&largest))
	encoding := appendDefinition(nil, &largest)
	require.Len(t, encoding, maxDefinitionBytes)
	require.Len(t, appendText(nil, string(encoding)), 1072)
}

func TestDefinitionsThatCannotTravel(t *testing.T) {
	for why, change := range map[string]func(*health.Definition){
		"path has 513 B, expected at most 512": func(d *health.Definition) {
			d.Path = "/" + strings.Repeat("p", 512)
		},
		"body has 513 B, expected at most 512": func(d *health.Definition) {
			d.Body = strings.Repeat("b", 513)
		},
		`body is "\xff", expected UTF-8`:     func(d *health.Definition) { d.Body = "\xff" },
		`path is "health", expected a slash`: func(d *health.Definition) { d.Path = "health" },
		`path is "/a b", expected a slash`:   func(d *health.Definition) { d.Path = "/a b" },
		`path is "/a\r\n", expected a slash`: func(d *health.Definition) { d.Path = "/a\r\n" },
		"window is 65 with a threshold of 0": func(d *health.Definition) { d.Window = 65 },
		"window is 0 with a threshold of -1": func(d *health.Definition) { d.Threshold = -1 },
		"health: interval is 0s":             func(d *health.Definition) { d.Interval = 0 },
	} {
		d := health.DefaultDefinition()
		d.Kind = health.HTTP
		change(&d)
		require.ErrorContains(t, validateDefinition(&d), why)
	}
}
