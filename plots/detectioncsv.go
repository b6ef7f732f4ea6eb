package plots

import (
	"io"
	"strconv"
)

// WriteCSV writes one line for each run, for each size that theory speaks of, and for each of
// memberlist's means; the first column tells which it is.
func (d *Detection) WriteCSV(w io.Writer) error {
	var lines [][]string
	for i := range d.Rows {
		r := &d.Rows[i]
		servers := strconv.Itoa(r.Servers)
		for k := range r.FirstSeconds {
			lines = append(lines, []string{
				"run", servers, cell(r.FirstSeconds[k]), cell(r.FullSeconds[k]),
			})
		}
		if r.TheorySeconds > 0 {
			lines = append(lines, []string{"theory, expected", servers, cell(r.TheorySeconds), ""})
		}
	}
	for _, m := range d.Memberlist {
		lines = append(lines, []string{"memberlist 0.7.0, mean", strconv.Itoa(m.Servers),
			cell(m.FirstMeanSeconds), cell(m.FullMeanSeconds)})
	}
	return writeTable(w, []string{
		"source", "servers", "first_detection_seconds", "full_detection_seconds",
	}, lines)
}
