package plots

import (
	"io"
	"strconv"
)

// WriteCSV writes every row, one a line, with what luck would give, below a line with the names of the
// columns.
func (b *Balance) WriteCSV(w io.Writer) error {
	lines := make([][]string, len(b.Rows))
	for i, row := range b.Rows {
		loads := b.of(row.Placement)
		least, mean, most := expectedLoad(total(loads), len(loads))
		lines[i] = []string{
			row.Placement, strconv.Itoa(row.Server), strconv.Itoa(row.Origins),
			cell(mean), cell(least), cell(most),
		}
	}
	return writeTable(w, []string{
		"placement", "server", "origins", "expected", "expected_low", "expected_high",
	}, lines)
}
