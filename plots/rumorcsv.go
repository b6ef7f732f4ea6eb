package plots

import (
	"io"
	"strconv"
)

// WriteCSV writes every row, one a line, below a line with the names of the columns.
func (r *Rumor) WriteCSV(w io.Writer) error {
	lines := make([][]string, len(r.Rows))
	for i := range r.Rows {
		row := &r.Rows[i]
		lines[i] = []string{
			row.Variant, strconv.Itoa(row.K), strconv.Itoa(row.Servers), strconv.Itoa(row.Trials),
			cell(row.Residue), cell(row.Traffic), cell(row.AverageCycles), cell(row.LastCycles),
		}
	}
	return writeTable(w, []string{
		"variant", "k", "n", "trials", "residue", "traffic", "t_ave", "t_last",
	}, lines)
}
