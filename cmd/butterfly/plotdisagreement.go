package main

import (
	"fmt"
	"math"
	"strings"

	"github.com/urfave/cli/v3"

	"butterfly/checkers"
	"butterfly/plots"
	"butterfly/scenarios/rivals/hashring"
)

func (a *app) plotDisagreementCommand() *cli.Command {
	return &cli.Command{
		Name: "disagreement",
		Action: a.plotServers(func(s []hashring.Scheme, n, keys int) (drawing, string) {
			return disagreementFigure(s, n, keys)
		}),
		Usage: "draw how many origins have two owners while two views differ, over how much",
		Flags: placementFlags(
			textFlag("n", "64", "have `N` servers in either view"), "disagreement.svg"),
	}
}

// disagreementFigure compares views of so many servers each, from such as have all in common to
// such as have none.
func disagreementFigure(
	schemes []hashring.Scheme, servers, keys int,
) (*plots.Disagreement, string) {
	d := &plots.Disagreement{}
	var findings []string
	for _, s := range schemes {
		farthest := 0.0
		for _, shift := range shifts(servers) {
			one, other := hashring.Span(0, servers), hashring.Span(shift, servers+shift)
			measured := s.Disagreement(one, other, keys)
			expected := checkers.JaccardDistance(one, other)
			d.Rows = append(d.Rows, plots.DisagreementRow{
				Placement: s.String(), Distance: expected, Origins: keys,
				Differing: int(math.Round(measured * float64(keys))),
			})
			farthest = max(farthest, math.Abs(measured-expected))
		}
		findings = append(findings, fmt.Sprintf("%s (%v)", percentText(farthest), s))
	}
	finding := fmt.Sprintf(
		"ownership disagreement of two views is 1 - their Jaccard similarity to within %s",
		strings.Join(findings, ", "))
	d.Title = capitalised(finding)
	return d, finding
}

// shifts returns how many servers of a view are not in the other: none, all, and those that come
// closest to tenths of the Jaccard distance in between.
func shifts(servers int) (all []int) {
	for tenth := range 11 {
		distance := float64(tenth) / 10
		all = append(all, int(math.Round(float64(servers)*distance/(2-distance))))
	}
	return distinct(all)
}
