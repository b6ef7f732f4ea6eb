package zoo

import (
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Matrix is the kill matrix: rows in the order of the zoo.
type Matrix []Kill

// Has reports whether the matrix has a row for a mutant as it is now.
func (m Matrix) Has(k Kill) bool {
	return slices.ContainsFunc(m, func(row Kill) bool {
		return row.replaces(&k) && row.Digest == k.Digest && row.Restarts == k.Restarts
	})
}

// Add puts a row in the place of an older one, or at the end.
func (m Matrix) Add(k Kill) Matrix {
	rows := slices.DeleteFunc(m, func(row Kill) bool { return k.replaces(&row) })
	return append(rows, k)
}

// Contradicts says what in the matrix speaks against the zoo: that a mutant is found which is called
// equivalent, or one is not which is not; nil if nothing does.
func (m Matrix) Contradicts(mutant *Mutant) error {
	killed := false
	for i := range m {
		row := &m[i]
		if row.Mutant != mutant.ID {
			continue
		}
		if mutant.Equivalent != "" && row.Found > 0 {
			return fmt.Errorf("%s is said to be equivalent, and %s -strategy %s finds it: %s",
				row.Mutant, row.Hunt, row.Strategy, row.Property)
		}
		killed = killed || row.Killed()
	}
	if mutant.Equivalent == "" && !killed {
		return fmt.Errorf("%s survives: no search finds it more often than not", mutant.ID)
	}
	return nil
}

// replaces reports whether two rows are of one mutant, hunt and strategy.
func (k *Kill) replaces(row *Kill) bool {
	return k.Mutant == row.Mutant && k.Hunt == row.Hunt && k.Strategy == row.Strategy
}

var columns = []string{
	"mutant", "hunt", "strategy", "restarts", "found", "panicked", "seeds_median", "property",
	"faults_median", "wall_seconds", "digest",
}

// CSV returns the matrix as a file that [ParseMatrix] reads.
func (m Matrix) CSV() string {
	var text strings.Builder
	w := csv.NewWriter(&text)
	rows := [][]string{columns}
	for _, k := range m {
		rows = append(rows, []string{
			k.Mutant, k.Hunt, k.Strategy, strconv.Itoa(k.Restarts), strconv.Itoa(k.Found),
			strconv.Itoa(k.Panicked), strconv.Itoa(k.Seeds), k.Property, strconv.Itoa(k.Faults),
			strconv.FormatFloat(k.Seconds, 'f', 1, 64), k.Digest,
		})
	}
	_ = w.WriteAll(rows) // a builder takes everything
	return text.String()
}

// ParseMatrix reads what [Matrix.CSV] wrote. An empty text is an empty matrix.
func ParseMatrix(text string) (m Matrix, err error) {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	if !slices.Equal(rows[0], columns) {
		return nil, fmt.Errorf("columns %v, expected %v", rows[0], columns)
	}
	for _, row := range rows[1:] {
		k, err := parseKill(row)
		if err != nil {
			return nil, fmt.Errorf("row %v: %w", row, err)
		}
		m = append(m, k)
	}
	return m, nil
}

func parseKill(row []string) (k Kill, err error) {
	k.Mutant, k.Hunt, k.Strategy, k.Property, k.Digest = row[0], row[1], row[2], row[7], row[10]
	number := func(column int) int {
		n, wrong := strconv.Atoi(row[column])
		err = errors.Join(err, wrong)
		return n
	}
	k.Restarts, k.Found, k.Panicked = number(3), number(4), number(5)
	k.Seeds, k.Faults = number(6), number(8)
	seconds, wrong := strconv.ParseFloat(row[9], 64)
	k.Seconds = seconds
	return k, errors.Join(err, wrong)
}
