package plots

import (
	"errors"
	"fmt"
	"slices"

	"gonum.org/v1/plot/vg"
)

// Takeover is how long origins went without a probe, by what caused it.
type Takeover struct {
	// Title is what the figure is to tell, in a sentence.
	Title string
	// Runs says what was played, such as "5 runs of talk".
	Runs string
	// Rows are in any order; the legend names the causes in the order in which they come up.
	Rows []TakeoverRow
}

// TakeoverRow is one gap between two probes of an origin that was longer than it is when nothing
// happens.
type TakeoverRow struct {
	// Cause is what happened meanwhile, such as "crash". The legend has room for about 15 letters.
	Cause string
	// GapSeconds is how long it was, and BoundSeconds how long it may be; both are positive.
	GapSeconds, BoundSeconds float64
}

const (
	shareHeight vg.Length = 170
	tailHeight  vg.Length = 130
)

// Figure draws which share of the gaps is how long at most, and below it how many are longer, on a
// scale that shows the last of them. It needs a row.
func (t *Takeover) Figure() (*Figure, error) {
	if err := t.validate(); err != nil {
		return nil, err
	}
	s := stack{title: t.Title, subtitle: t.subtitle(), axis: horizontal{
		name: "seconds without a probe (log)", scale: logScale{}, ticks: logScale{},
	}}
	s.axis.least, s.axis.most = around(append(t.bounds(), t.gaps()...)...)
	s.panels = []*panel{t.shares(), t.tail()}
	return s.figure(comparisonWidth), nil
}

func (t *Takeover) validate() error {
	if len(t.Rows) == 0 {
		return errors.New("a figure of takeovers needs at least 1 gap")
	}
	for _, row := range t.Rows {
		if !positive(row.GapSeconds, row.BoundSeconds) {
			return fmt.Errorf("%s: a gap of %v s with a bound of %v s cannot be",
				row.Cause, row.GapSeconds, row.BoundSeconds)
		}
	}
	return nil
}

func (t *Takeover) subtitle() string {
	text := fmt.Sprintf("%s: %s by cause, the number of each behind its name. ",
		t.Runs, counted(len(t.Rows), "gap"))
	if len(t.bounds()) > 1 {
		text += "The fewer servers a side has, the longer is its bound. "
	}
	if beyond := t.beyond(); beyond > 0 {
		return text + counted(beyond, "gap") + " exceeded the bound."
	}
	return text + "None exceeded its bound."
}

// beyond is how many gaps were longer than they may be.
func (t *Takeover) beyond() (gaps int) {
	for _, row := range t.Rows {
		if row.GapSeconds > row.BoundSeconds {
			gaps++
		}
	}
	return gaps
}

// causes returns all causes in the order in which they come up.
func (t *Takeover) causes() []string {
	return inTheirOrder(t.Rows, func(row *TakeoverRow) string { return row.Cause })
}

// of returns the gaps of a cause in ascending order.
func (t *Takeover) of(cause string) (gaps []float64) {
	for _, row := range t.Rows {
		if row.Cause == cause {
			gaps = append(gaps, row.GapSeconds)
		}
	}
	slices.Sort(gaps)
	return gaps
}

func (t *Takeover) gaps() (all []float64) {
	for _, row := range t.Rows {
		all = append(all, row.GapSeconds)
	}
	return all
}

// bounds returns the bounds in ascending order, each once.
func (t *Takeover) bounds() []float64 {
	return distinct(t.Rows, func(row *TakeoverRow) float64 { return row.BoundSeconds })
}
