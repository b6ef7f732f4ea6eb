package plots

import (
	"io"
	"strconv"
)

// WriteCSV writes every row, one a line, below a line with the names of the columns. What no run
// measured is empty.
func (v *Versus) WriteCSV(w io.Writer) error {
	lines := make([][]string, len(v.Rows))
	for i, r := range v.Rows {
		line := []string{r.Design, r.Quantity, "", "", "", strconv.Itoa(r.Runs), strconv.Itoa(r.All)}
		if r.Runs > 0 {
			line[2], line[3], line[4] = cell(r.Value), cell(r.Least), cell(r.Most)
		}
		lines[i] = line
	}
	return writeTable(w, []string{
		"design", "quantity", "value", "least", "most", "measured_runs", "runs",
	}, lines)
}
