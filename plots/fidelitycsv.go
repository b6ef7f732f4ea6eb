package plots

import "io"

// WriteCSV writes every measurement, one a line, below a line with the names of the columns.
func (f *Fidelity) WriteCSV(w io.Writer) error {
	var lines [][]string
	for i := range f.Rows {
		r := &f.Rows[i]
		for _, x := range r.Live {
			lines = append(lines, []string{r.Quantity, r.Unit, "live", cell(x)})
		}
		for _, x := range r.Simulated {
			lines = append(lines, []string{r.Quantity, r.Unit, "simulated", cell(x)})
		}
	}
	return writeTable(w, []string{"quantity", "unit", "servers", "value"}, lines)
}
