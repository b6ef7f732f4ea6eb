package file_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
	"butterfly/scenarios/file"
)

const judged = base + `checkers:
  at-least-one-checker: 40s
  map-convergence: 1m30s
  no-flip: on
  others: off
  probe-budget: off
`

func TestCheckersAreInThisForm(t *testing.T) {
	s, err := file.Parse("judged", []byte(judged))
	require.NoError(t, err)
	require.Equal(t, &scenarios.Checkers{OthersOff: true, Each: []scenarios.Check{
		{Property: "at-least-one-checker", Bound: scenarios.Span(40e9)},
		{Property: "map-convergence", Bound: scenarios.Span(90e9)},
		{Property: "no-flip"}, {Property: "probe-budget", Off: true},
	}}, s.Checkers)
	requireSame(t, s)
	schema := decoded(t)
	require.Empty(t, schema.invalid("", asJSON(t, []byte(judged))))
	require.NotEmpty(t, schema.invalid("", asJSON(t, []byte(base+"checkers: {no-flip: 40s}"))))
}

// "Unknown names list what exists", and for that kind of scenario.
func TestCheckersOfTheWrongForm(t *testing.T) {
	appended := func(line string) string { return base + line }
	requireRefusals(t, appended, map[string]string{
		"checkers: {map-convergense: 40s}": `6:12: checkers: found unknown field "map-convergense", ` +
			`did you mean "map-convergence"?, expected one of others, at-least-one-checker,`,
		"checkers: {map-convergence: soon}": `6:29: checkers.map-convergence: found "soon", ` +
			"expected on, off or a time such as 90s or 1m30s, up to 168h",
		"checkers: {map-convergence: 0s}": `6:29: checkers.map-convergence: found "0s", expected`,
		"checkers: {no-flip: 40s}":        `6:21: checkers.no-flip: found "40s", expected one of on, off`,
		"checkers: {detection-bound: off}": "6:29: checkers.detection-bound: no such property; " +
			"of a whole cluster there are at-least-one-checker, ",
		"checkers: {}":           "6:11: checkers: expected at least one property",
		"checkers: {others: on}": "6:12: checkers: expected at least one property",
		"checkers: off":          `6:11: checkers: found "off", expected a mapping`,
	})
}
