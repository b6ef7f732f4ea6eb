package file_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios/file"
)

const phased = `name: phased
servers: 5
origins: 20
phases: {start: 1m, storm: 4m, settle: 5m}
latency: 1ms
storm: {crashes: 3}
rates: [{kind: loss, every: 1m}]
`

const unphased = `name: phased
servers: 5
origins: 20
duration: 10m
latency: 1ms
storm: {crashes: 3, from: 1m, to: 5m}
rates: [{kind: loss, every: 1m, from: 1m, to: 5m}]
`

func TestPhasesStandForTimes(t *testing.T) {
	short, err := file.Parse("phased", []byte(phased))
	require.NoError(t, err)
	long, err := file.Parse("unphased", []byte(unphased))
	require.NoError(t, err)
	require.Equal(t, long, short)
	requireSame(t, short)
	schema := decoded(t)
	require.Empty(t, schema.invalid("", asJSON(t, []byte(phased))))
	require.Empty(t, schema.invalid("", asJSON(t, []byte(unphased))))
}

func TestPhasesOfTheWrongForm(t *testing.T) {
	withoutDuration := func(more string) string {
		return strings.Replace(base, "duration: 5m\n", "", 1) + more
	}
	const all = "phases: {start: 1m, storm: 1m, settle: 1m}\n"
	requireRefusals(t, withoutDuration, map[string]string{
		"":                                      "1:1: found no duration, expected a mapping with name, servers, duration, latency",
		"phases: {start: 1m}":                   "5:10: phases: found no storm, settle, expected a mapping with start, storm, settle",
		all + "duration: 3m":                    "6:1: duration: found it beside phases, which say it too, expected one of them",
		all + "storm: {to: 2m}":                 "6:9: storm.to: found it beside phases",
		all + "rates: [{kind: loss, from: 2m}]": "6:22: rates[0].from: found it beside phases",
		"phases: {start: 0s, storm: 1s, settle: 0s}":            "5:10: duration: 1s, expected 10s to 168h",
		"phases: {start: 168h, storm: 168h, settle: 168h}":      "5:10: duration: 504h0m0s, expected 10s to",
		"phases: {start: 1m, storm: 0s, settle: 1m}\nstorm: {}": "6:8: storm: from 1m0s to 1m0s, expected at least 1s",
	})
}
