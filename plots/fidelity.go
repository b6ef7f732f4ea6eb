package plots

import (
	"errors"
	"fmt"
	"slices"

	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Fidelity is what was measured of live servers, beside the same of simulated ones.
type Fidelity struct {
	// Title is what the figure is to tell, in a sentence.
	Title string
	// Trials says what was measured, such as "30 live trials of 16 servers, 300 simulated".
	Trials string
	// Rows are the quantities, in the order in which they are drawn.
	Rows []FidelityRow
}

// FidelityRow is one quantity.
type FidelityRow struct {
	// Quantity is what it is called, such as "full detection", and Unit that of its values, such as
	// "s". The panel has room for about 30 letters of both.
	Quantity, Unit string
	// Live and Simulated are the measurements, in any order; there is one of each at least.
	Live, Simulated []float64
	// Difference is that of the medians, as a share of the live one: above 0 if the simulated one is
	// larger. Distance is that of Kolmogorov and Smirnov, and Critical what it rarely exceeds.
	Difference, Distance, Critical float64
}

const fidelityColumns = 3

// Figure draws the empirical distribution functions of every quantity. It needs a row.
func (f *Fidelity) Figure() (*Figure, error) {
	if err := f.validate(); err != nil {
		return nil, err
	}
	g := grid{
		title: f.Title, subtitle: f.subtitle(), columns: fidelityColumns,
		legend: []key{
			{draw.LineStyle{Color: vermillion, Width: fidelityWidth}, "live"},
			{simulatedStyle(), "simulated"},
		},
	}
	for i := range f.Rows {
		g.panels = append(g.panels, f.Rows[i].panel())
	}
	return g.figure(comparisonWidth), nil
}

func (f *Fidelity) validate() error {
	if len(f.Rows) == 0 {
		return errors.New("a figure of fidelity needs at least 1 quantity")
	}
	for i := range f.Rows {
		r := &f.Rows[i]
		if len(r.Live) == 0 || len(r.Simulated) == 0 {
			return fmt.Errorf("%s: %d live and %d simulated values, expected at least 1 of each",
				r.Quantity, len(r.Live), len(r.Simulated))
		}
		if !notNegative(r.Live...) || !notNegative(r.Simulated...) {
			return fmt.Errorf("%s: values below 0, infinite or none at all cannot be", r.Quantity)
		}
	}
	return nil
}

func (f *Fidelity) subtitle() string {
	return f.Trials + ". Each curve is the share of the measurements (%) that are not above a value. " +
		"D is the largest difference of two curves, in brackets what it exceeds once in twenty times " +
		"if nothing differs but luck."
}

const fidelityWidth vg.Length = 1.4

func simulatedStyle() draw.LineStyle {
	return draw.LineStyle{Color: blue, Width: fidelityWidth, Dashes: []vg.Length{4, 2}}
}

func (r *FidelityRow) panel() *panel {
	p := newPanel(fmt.Sprintf("%s (%s)", r.Quantity, r.Unit), cellHeight)
	p.unit = fmt.Sprintf("medians differ by %+.1f %%, D = %.2f (%.2f)",
		100*r.Difference, r.Distance, r.Critical)
	p.plot.X.Min, p.plot.X.Max = r.span()
	p.plot.X.Tick.Marker = steps(valueTicks)
	p.plot.Y.Min, p.plot.Y.Max, p.plot.Y.Tick.Marker = 0, percentRoom, steps(percentTicks)
	live := line(vermillion, shareCurve(r.Live, p.plot.X.Min, p.plot.X.Max))
	live.Width = fidelityWidth
	simulated := line(blue, shareCurve(r.Simulated, p.plot.X.Min, p.plot.X.Max))
	simulated.LineStyle = simulatedStyle()
	p.plot.Add(backdrop{}, rules{}, live, simulated)
	return p
}

// span is what the horizontal axis shows: all values with a little room, and no less than a tenth of
// the largest to each side. What hardly varies is not to look as if it did.
func (r *FidelityRow) span() (least, most float64) {
	all := slices.Concat(r.Live, r.Simulated)
	least, most = slices.Min(all), slices.Max(all)
	if most == 0 {
		return 0, 1
	}
	room := max(0.04*(most-least), (0.2*most-(most-least))/2)
	return max(0, least-room), most + room
}

// shareCurve is an empirical distribution function between two values: a stair of two points for each
// measurement.
func shareCurve(values []float64, least, most float64) plotter.XYs {
	points := plotter.XYs{{X: least, Y: 0}}
	share := 0.0
	for i, x := range slices.Sorted(slices.Values(values)) {
		points = append(points, plotter.XY{X: x, Y: share})
		share = 100 * float64(i+1) / float64(len(values))
		points = append(points, plotter.XY{X: x, Y: share})
	}
	return decimate(append(points, plotter.XY{X: most, Y: 100}), mostPoints)
}
