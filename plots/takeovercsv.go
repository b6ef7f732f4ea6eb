package plots

import "io"

// WriteCSV writes every row, one a line, below a line with the names of the columns.
func (t *Takeover) WriteCSV(w io.Writer) error {
	lines := make([][]string, len(t.Rows))
	for i, row := range t.Rows {
		lines[i] = []string{row.Cause, cell(row.GapSeconds), cell(row.BoundSeconds)}
	}
	return writeTable(w, []string{"cause", "gap_seconds", "bound_seconds"}, lines)
}
