package plots

import (
	"io"
	"strconv"
)

// WriteCSV writes every row, one a line, below a line with the names of the columns. What was not
// measured is empty.
func (f *FalsePositives) WriteCSV(w io.Writer) error {
	lines := make([][]string, len(f.Rows))
	for i := range f.Rows {
		r := &f.Rows[i]
		lines[i] = []string{cell(r.LossPercent), strconv.Itoa(r.K), "", "", "", cell(r.Formula)}
		if r.measured() {
			copy(lines[i][2:], []string{cell(r.Measured), cell(r.Low), cell(r.High)})
		}
	}
	return writeTable(w, []string{
		"loss_percent", "k", "measured_share", "low_99_share", "high_99_share", "formula_share",
	}, lines)
}
