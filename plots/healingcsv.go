package plots

import (
	"io"
	"strconv"
)

// WriteCSV writes every row, one a line, below a line with the names of the columns.
func (h *Healing) WriteCSV(w io.Writer) error {
	lines := make([][]string, len(h.Rows))
	for i := range h.Rows {
		r := &h.Rows[i]
		lines[i] = []string{
			r.Rules, strconv.Itoa(r.Servers), cell(r.CutSeconds),
			strconv.Itoa(r.Healed), strconv.Itoa(r.Trials), cell(r.Low), cell(r.High),
		}
	}
	return writeTable(w, []string{
		"rules", "servers", "cut_seconds", "healed_runs", "runs",
		"low_95_share", "high_95_share",
	}, lines)
}
