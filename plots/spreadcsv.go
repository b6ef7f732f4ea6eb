package plots

import (
	"io"
	"strconv"
)

// WriteCSV writes one line for each moment of each curve. What theory does not know is empty.
func (s *Spread) WriteCSV(w io.Writer) error {
	var lines [][]string
	for i := range s.Curves {
		c := &s.Curves[i]
		for _, p := range c.Points {
			theory := ""
			if p.Theory > 0 {
				theory = cell(p.Theory)
			}
			lines = append(lines, []string{
				c.Mode, strconv.Itoa(c.Servers), cell(p.Round),
				cell(p.Mean), cell(p.P10), cell(p.P50), cell(p.P90), theory,
			})
		}
	}
	return writeTable(w, []string{
		"mode", "n", "round", "mean", "p10", "p50", "p90", "theory",
	}, lines)
}
