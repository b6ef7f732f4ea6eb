package file

import (
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
)

// keys returns what a table knows, by the names that JSON has for the same.
func keys[T any](fields []field[T]) (all []string) {
	inJSON := map[string]string{
		"loss": "loss_ppm", "share": "share_ppm", "removals": "removals_ppm", "buys": "buy_ppm",
	}
	for _, f := range fields {
		if name, differs := inJSON[f.key]; differs {
			f.key = name
		}
		all = append(all, f.key)
	}
	return all
}

// fieldsOf returns the names that JSON has for the fields of a struct and of those embedded in it.
func fieldsOf(of reflect.Type) (all []string) {
	for i := range of.NumField() {
		name, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
		switch {
		case of.Field(i).Anonymous:
			all = append(all, fieldsOf(of.Field(i).Type)...)
		case of.Field(i).IsExported():
			all = append(all, name)
		}
	}
	return all
}

// Whoever adds a field to a scenario adds it to the form of files, too.
func TestEveryFieldOfAScenarioIsInTheTable(t *testing.T) {
	// What Vary and Least draw is written as a range of what it varies; paced has no name in JSON; no
	// file can run a guest, whose code is in its owner's test.
	whole := append(keys(scenarioFields()), "vary", "guest")
	require.Contains(t, whole, "paced")
	require.Contains(t, whole, "phases") // which stand for the duration
	require.ElementsMatch(t, append(fieldsOf(reflect.TypeFor[scenarios.Scenario]()), "paced", "phases"), whole)
	require.ElementsMatch(t, fieldsOf(reflect.TypeFor[scenarios.Vary]()), []string{"servers", "origins", "loss_ppm"})

	require.ElementsMatch(t, fieldsOf(reflect.TypeFor[scenarios.Group]()), keys(groupFields()))
	require.ElementsMatch(t, fieldsOf(reflect.TypeFor[scenarios.Replicas]()), keys(replicasFields()))
	require.ElementsMatch(t, fieldsOf(reflect.TypeFor[scenarios.Cap]()), keys(capFields()))
	require.ElementsMatch(t, fieldsOf(reflect.TypeFor[scenarios.Schedule]()), keys(scheduleFields()))
	require.ElementsMatch(t, fieldsOf(reflect.TypeFor[scenarios.Other]()), keys(otherFields()))
	require.ElementsMatch(t, fieldsOf(reflect.TypeFor[scenarios.Region]()), keys(regionFields()))
	require.ElementsMatch(t, fieldsOf(reflect.TypeFor[scenarios.Storm]()), append(keys(stormFields()), "least"))
	require.ElementsMatch(t, fieldsOf(reflect.TypeFor[scenarios.Rate]()), keys(rateFields()))
	require.ElementsMatch(t, fieldsOf(reflect.TypeFor[scenarios.Trial]()), keys(trialFields()))
	require.ElementsMatch(t, fieldsOf(reflect.TypeFor[scenarios.Fault]()), keys(faultFields()))
}

func TestRunsOfNumbersAreRanges(t *testing.T) {
	for want, numbers := range map[string][]uint32{
		"": nil, "7": {7}, "1 2": {1, 2}, "1-3": {1, 2, 3}, "0-2 4 5": {0, 1, 2, 4, 5},
		"3 2 1": {3, 2, 1}, "1 1 1-3": {1, 1, 1, 2, 3},
	} {
		require.Equal(t, want, strings.Join(runs(numbers), " "))
	}
}
