package plots

import (
	"io"
	"strconv"
)

// WriteCSV writes every row, one a line, below a line with the names of the columns.
func (c *Cost) WriteCSV(w io.Writer) error {
	lines := make([][]string, len(c.Rows))
	for i := range c.Rows {
		row := &c.Rows[i]
		lines[i] = []string{
			row.Design, strconv.Itoa(row.Servers), cell(row.MessagesPerUpdate),
			cell(row.BytesPerUpdate), cell(row.BytesPerNodeSecond), cell(row.IdleBytesPerNodeSecond),
		}
	}
	return writeTable(w, []string{
		"design", "n", "messages_per_update", "bytes_per_update", "bytes_per_node_second",
		"idle_bytes_per_node_second",
	}, lines)
}
