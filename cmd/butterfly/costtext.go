package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"butterfly/plots"
	"butterfly/scenarios/spread"
)

// costFinding compares the cheapest and the dearest way to tell the most servers.
func costFinding(rows []plots.CostRow) string {
	bySize := func(x, y plots.CostRow) int { return x.Servers - y.Servers }
	most := slices.MaxFunc(rows, bySize).Servers
	rows = slices.DeleteFunc(slices.Clone(rows), func(r plots.CostRow) bool {
		return r.Servers < most
	})
	slices.SortStableFunc(rows, func(x, y plots.CostRow) int {
		return cmp.Compare(x.BytesPerUpdate, y.BytesPerUpdate)
	})
	finding := fmt.Sprintf("an update among %s takes %s by %s", counted(most, "server"),
		byteText(rows[0].BytesPerUpdate), rows[0].Design)
	if dearest := rows[len(rows)-1]; len(rows) > 1 {
		finding += fmt.Sprintf(", %s by %s", byteText(dearest.BytesPerUpdate), dearest.Design)
	}
	return finding
}

// costsAlike says which curves of the figure are one on top of another.
func costsAlike(rows []plots.CostRow) string {
	messages := func(r plots.CostRow) float64 { return r.MessagesPerUpdate }
	idle := func(r plots.CostRow) float64 { return r.IdleBytesPerNodeSecond }
	var alike []string
	if agree(rows, messages, spread.Pull, spread.FullState) {
		alike = append(alike, "pull and full state take the same messages")
	}
	if agree(rows, idle, spread.Pull, spread.Push, spread.PushPull) {
		alike = append(alike, "pull, push and push-pull weigh the same at rest")
	}
	if len(alike) == 0 {
		return ""
	}
	text := strings.Join(alike, ", and ")
	return " " + strings.ToUpper(text[:1]) + text[1:] + "."
}

// agree tells whether a quantity of all these designs is the same, to a thousandth, at any number
// of servers.
func agree(
	rows []plots.CostRow, quantity func(plots.CostRow) float64, designs ...spread.Design,
) bool {
	var curves [][]float64
	for _, d := range designs {
		var curve []float64
		for _, r := range rows {
			if r.Design == designName(d) {
				curve = append(curve, quantity(r))
			}
		}
		curves = append(curves, curve)
	}
	return !slices.ContainsFunc(curves, func(c []float64) bool {
		return len(c) == 0 || !slices.EqualFunc(c, curves[0], nearly)
	})
}

// nearly equal values are one in a figure.
func nearly(x, y float64) bool { return math.Abs(x-y) <= y/1000 }
