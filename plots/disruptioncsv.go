package plots

import (
	"io"
	"strconv"
)

// WriteCSV writes every row, one a line, below a line with the names of the columns.
func (d *Disruption) WriteCSV(w io.Writer) error {
	lines := make([][]string, len(d.Rows))
	for i := range d.Rows {
		r := &d.Rows[i]
		lines[i] = []string{
			r.Placement, strconv.Itoa(r.Servers), strconv.Itoa(r.Origins), strconv.Itoa(r.Moved),
			cell(r.share()), cell(r.theory()),
		}
	}
	return writeTable(w, []string{
		"placement", "n", "origins", "moved", "moved_share", "least_share",
	}, lines)
}
