package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"

	"butterfly/scenarios"
	"butterfly/scenarios/versus"
)

// designList is the names of all designs.
func designList() string { return strings.Join(designsByName(), ",") }

func designsByName() (names []string) {
	for _, d := range scenarios.Designs() {
		names = append(names, string(d))
	}
	return names
}

// chooseDesigns reads -design.
func chooseDesigns(cmd *cli.Command) (designs []scenarios.Design, err error) {
	places, err := namesFlag(cmd, "design", designsByName())
	for _, place := range places {
		designs = append(designs, scenarios.Designs()[place])
	}
	return designs, err
}

// show prints the comparison: a table, or an object for each design.
func (c *contest) show(cmd *cli.Command) error {
	rows := c.Rows()
	if cmd.Bool("json") {
		for i := range rows {
			if err := c.printJSON(c.object(&rows[i])); err != nil {
				return err
			}
		}
		return nil
	}
	sheet := c.newSheet()
	finding := fmt.Sprintf("In %s of %s %s.",
		counted(rows[0].Runs, "seed"), c.name(), contestFinding(rows))
	sheet.WriteString(strings.Join(wrap(finding, width), "\n") + "\n\n")
	sheet.comparison(rows)
	sheet.gap()
	sheet.brokenBy(rows)
	if c.stopped() {
		sheet.row("stopped", "after %s of %s", grouped(c.Runs()), counted(c.plan.Count(), "seed"))
	}
	if out := cmd.String("out"); out != "" {
		sheet.line("figure", "%s", out)
	}
	sheet.line("next", "%s", c.next(rows))
	return c.print(sheet.String())
}

// next is the command to go on with: the run that broke most, or the one that was to break something.
func (c *contest) next(rows []versus.Row) string {
	d, seed := rows[0].Design, uint64(c.plan.First)
	for _, row := range rows {
		if len(row.Broken) > 0 {
			d, seed = row.Design, row.Broken[0].First
			break
		}
	}
	return c.again(d, seed)
}

// contestFinding says in a clause what came out.
func contestFinding(rows []versus.Row) string {
	var kept, broke []string
	for _, row := range rows {
		if len(row.Broken) == 0 {
			kept = append(kept, string(row.Design))
		} else {
			broke = append(broke, string(row.Design))
		}
	}
	switch {
	case len(broke) == 0:
		return "every design kept every promise"
	case len(kept) == 0:
		return "every design broke promises"
	case len(kept) == 1:
		return joined(broke) + " broke promises, " + kept[0] + " none"
	}
	return joined(broke) + " broke promises, the others none"
}

// joined lists words as a sentence does.
func joined(words []string) string {
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

func capitalised(sentence string) string { return strings.ToUpper(sentence[:1]) + sentence[1:] }

// Widths of the table of a comparison: six designs fit a report.
const quantityWidth, designWidth = 33, 11

// comparison is a table with a line for each quantity and a column for each design.
func (s *sheet) comparison(rows []versus.Row) {
	fmt.Fprintf(s, "%-*s", quantityWidth, "")
	for _, row := range rows {
		fmt.Fprintf(s, "%*s", designWidth, row.Design)
	}
	s.gap()
	for i, q := range versus.Quantities() {
		if !anyMeasured(rows, i) {
			continue
		}
		fmt.Fprintf(s, "%-*s", quantityWidth, q.Means)
		for _, row := range rows {
			fmt.Fprintf(s, "%*s", designWidth, figureText(row.Figures[i], row.Runs))
		}
		s.gap()
	}
}

// anyMeasured tells whether any run of any design measured a quantity: without a partition, say,
// nothing is unchecked on a minority side.
func anyMeasured(rows []versus.Row, quantity int) bool {
	return slices.ContainsFunc(rows, func(r versus.Row) bool { return r.Figures[quantity].Runs > 0 })
}

// figureText is a figure, and how many of the runs measured it if not all did.
func figureText(f versus.Figure, runs int) string {
	switch {
	case f.Runs == 0:
		return "never"
	case f.Runs < runs:
		return fmt.Sprintf("%s (%d/%d)", quotient(f.Value), f.Runs, runs)
	}
	return quotient(f.Value)
}

// brokenBy says which design broke what, in how many runs.
func (s *sheet) brokenBy(rows []versus.Row) {
	shown := 0
	for _, row := range rows {
		var promises []string
		for _, b := range row.Broken {
			promises = append(promises, fmt.Sprintf("%s (%d)", b.Property, b.Runs))
		}
		if len(promises) > 0 {
			s.row(labelFirst("broken, runs", shown), "%s: %s", row.Design, strings.Join(promises, ", "))
			shown++
		}
	}
	if beyond := rows[0].Beyond; beyond != "" {
		s.row("note", "%s", beyond)
	}
}
