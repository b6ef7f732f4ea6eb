package plots

import (
	"io"
	"strconv"
)

// WriteCSV writes every row, one a line, below a line with the names of the columns.
func (d *Disagreement) WriteCSV(w io.Writer) error {
	lines := make([][]string, len(d.Rows))
	for i := range d.Rows {
		r := &d.Rows[i]
		lines[i] = []string{
			r.Placement, cell(r.Distance), strconv.Itoa(r.Origins), strconv.Itoa(r.Differing),
			cell(r.share()),
		}
	}
	return writeTable(w, []string{
		"placement", "jaccard_distance", "origins", "differing", "differing_share",
	}, lines)
}
