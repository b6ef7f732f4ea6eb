package plots

import (
	"io"
	"strconv"
)

// WriteCSV writes every row, one a line, below a line with the names of the columns.
func (p *Pareto) WriteCSV(w io.Writer) error {
	lines := make([][]string, len(p.Rows))
	for i := range p.Rows {
		r := &p.Rows[i]
		lines[i] = []string{
			r.Label, strconv.FormatBool(r.Preset), strconv.FormatBool(r.Front),
			cell(r.DetectionSeconds), cell(r.FalseDeaths), cell(r.BytesPerNodeSecond),
		}
	}
	return writeTable(w, []string{
		"choice", "preset", "front", "detection_seconds", "false_deaths", "bytes_per_node_second",
	}, lines)
}
