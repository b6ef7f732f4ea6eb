package zoo

import (
	"fmt"
	"slices"
	"strings"
)

// Markdown returns the matrix as a page: what has been killed by which strategy, each hunt by itself,
// and the arguments for those that cannot be killed.
func (m Matrix) Markdown(mutants []Mutant) string {
	var page strings.Builder
	strategies := m.strategies()
	page.WriteString("# The kill matrix\n\n")
	m.verdict(&page, mutants, strategies)
	m.writeKills(&page, mutants, strategies)
	m.writeHunts(&page, mutants)
	writeEquivalents(&page, mutants)
	return page.String()
}

// strategies are those that were used, in the order of the rows.
func (m Matrix) strategies() (names []string) {
	for _, k := range m {
		if !slices.Contains(names, k.Strategy) {
			names = append(names, k.Strategy)
		}
	}
	return names
}

// best returns the row of a mutant and a strategy that took the fewest seeds; nil if there is none.
func (m Matrix) best(mutant, strategy string) (best *Kill) {
	for i := range m {
		k := &m[i]
		if k.Mutant == mutant && k.Strategy == strategy && (best == nil || k.Seeds < best.Seeds) {
			best = k
		}
	}
	return best
}

// verdict says in a sentence for each strategy what came out.
func (m Matrix) verdict(page *strings.Builder, mutants []Mutant, strategies []string) {
	for _, strategy := range strategies {
		killed, all, slowest, missing, fixed := 0, 0, 0, 0, 0
		for i := range mutants {
			k := m.best(mutants[i].ID, strategy)
			switch {
			case mutants[i].Equivalent != "":
				continue
			case k == nil && !mutants[i].suits(strategy):
				fixed++
				continue
			case k == nil:
				missing++
				continue
			}
			all++
			if k.Killed() {
				killed++
				slowest = max(slowest, k.Seeds)
			}
		}
		fmt.Fprintf(page, "The strategy %s killed %d of the %d mutants it hunted that are not "+
			"equivalent, the slowest by a median of %d seeds.\n", strategy, killed, all, slowest)
		if missing > 0 {
			fmt.Fprintf(page, "It has not hunted %s yet.\n", counted(missing, "other"))
		}
		if fixed > 0 {
			fmt.Fprintf(page, "It has nothing to vary in the hunts of %s.\n", counted(fixed, "other"))
		}
	}
	page.WriteString("\nMade by `go test ./scenarios/zoo -run 'TestZoo$' -zoo -timeout 0 -v`; " +
		"what the columns mean is in `go doc butterfly/scenarios/zoo`.\n")
}

// writeKills writes a row for each mutant, a column for each strategy: what its best hunt took.
func (m Matrix) writeKills(page *strings.Builder, mutants []Mutant, strategies []string) {
	fmt.Fprintf(page, "\n## Mutants\n\n| mutant | planted bug | from | %s |\n|---|---|---|%s\n",
		strings.Join(strategies, " | "), strings.Repeat("---|", len(strategies)))
	for i := range mutants {
		mutant := &mutants[i]
		fmt.Fprintf(page, "| %s | %s | %s |", mutant.ID, mutant.Title, mutant.Source)
		for _, strategy := range strategies {
			fmt.Fprintf(page, " %s |", m.best(mutant.ID, strategy).text(mutant, strategy))
		}
		page.WriteString("\n")
	}
}

// text says what a strategy made of a mutant, "3 seeds, 1 fault: no-flip"; there may be no row.
func (k *Kill) text(mutant *Mutant, strategy string) string {
	switch {
	case k == nil && mutant.Equivalent != "" && len(mutant.Patches) == 0:
		return "nothing to plant"
	case k == nil && !mutant.suits(strategy):
		return "nothing to vary"
	case k == nil:
		return "not hunted"
	case k.Found == 0 && mutant.Equivalent != "":
		return "equivalent"
	case !k.Killed():
		return fmt.Sprintf("**survives**, found in %d of %d", k.Found, k.Restarts)
	}
	text := fmt.Sprintf("%s, %s: %s", counted(k.Seeds, "seed"), k.faultsText(), k.Property)
	if k.Panicked > 0 {
		text += fmt.Sprintf(" (%d of %d panicked)", k.Panicked, k.Found)
	}
	return text
}

func (k *Kill) faultsText() string {
	if k.Faults < 0 {
		return "not shrunk"
	}
	return counted(k.Faults, "fault")
}

func counted(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

// writeHunts writes every row of the matrix.
func (m Matrix) writeHunts(page *strings.Builder, mutants []Mutant) {
	page.WriteString("\n## Hunts\n\n" +
		"| mutant | hunted in | strategy | found | seeds | faults left | broken first | wall |\n" +
		"|---|---|---|---:|---:|---:|---|---:|\n")
	for _, mutant := range slices.Concat([]Mutant{Original(mutants)}, mutants) {
		for _, k := range m {
			if k.Mutant == mutant.ID {
				fmt.Fprintf(page, "| %s | `%s` | %s | %d/%d | %s | %s | %s | %.1f s |\n", k.Mutant, k.Hunt,
					k.Strategy, k.Found, k.Restarts, k.seedsText(), k.leftText(), k.Property, k.Seconds)
			}
		}
	}
}

func (k *Kill) seedsText() string {
	if !k.Killed() {
		return fmt.Sprintf("over %d", SeedsPerRestart)
	}
	return fmt.Sprint(k.Seeds)
}

func (k *Kill) leftText() string {
	if k.Faults < 0 {
		return "-"
	}
	return fmt.Sprint(k.Faults)
}

// writeEquivalents argues the mutants that cannot be killed one by one.
func writeEquivalents(page *strings.Builder, mutants []Mutant) {
	page.WriteString("\n## Equivalent\n\n")
	for i := range mutants {
		if m := &mutants[i]; m.Equivalent != "" {
			fmt.Fprintf(page, "- **%s**, %s. %s\n", m.ID, m.Title, m.Equivalent)
		}
	}
}
