package plots

import (
	"encoding/csv"
	"io"
	"strconv"
)

// writeTable writes a line with the names of the columns, and the given lines below it.
func writeTable(w io.Writer, names []string, lines [][]string) error {
	table := csv.NewWriter(w)
	table.Write(names)
	for _, line := range lines {
		table.Write(line)
	}
	table.Flush()
	return table.Error() // of the first write that failed
}

// cell prints a number with all its digits.
func cell(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
