package scenarios

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Find returns the scenario of the catalogue with the given name.
func Find(name string) (Scenario, error) {
	var names []string
	for _, s := range Catalogue() {
		if s.Name == name {
			return s, nil
		}
		names = append(names, s.Name)
	}
	return Scenario{}, fmt.Errorf("unknown scenario %q%s; known are %s",
		name, DidYouMean(name, names), strings.Join(names, ", "))
}

// DidYouMean returns a clause that suggests the known name nearest to name, one that begins with it rather
// than another; empty if none is near.
func DidYouMean(name string, known []string) string {
	longer := slices.DeleteFunc(slices.Clone(known), func(k string) bool {
		return len(name) < 2 || !strings.HasPrefix(k, name)
	})
	nearest := cmp.Or(nearestTo(name, longer, math.MaxInt), nearestTo(name, known, 1+len(name)/2))
	if nearest == "" {
		return ""
	}
	return fmt.Sprintf(", did you mean %q?", nearest)
}

// nearestTo is the name that takes the fewest changes to get to, fewer than so many; empty if none does.
func nearestTo(name string, known []string, limit int) (nearest string) {
	for _, k := range known {
		if d := editDistance(name, k); d < limit {
			nearest, limit = k, d
		}
	}
	return nearest
}

// editDistance is how many letters must be inserted, dropped or replaced to turn a into b
// (Levenshtein).
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replaced := diagonal
			if a[i] != b[j] {
				replaced++
			}
			diagonal = row[j+1]
			row[j+1] = min(replaced, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
