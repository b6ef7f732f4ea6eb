package plots

import (
	"errors"
	"fmt"
	"slices"

	"gonum.org/v1/plot/vg"
)

// Pareto is what the choices of the parameters of a protocol cost and what they buy.
type Pareto struct {
	// Title is what the figure is to tell, in a sentence.
	Title string
	// FalseDeathsPer is what the false deaths of a row are counted over, such as "1,000 node hours".
	// Empty means over all runs of a row.
	FalseDeathsPer string
	// Rows are in any order.
	Rows []ParetoRow
}

// ParetoRow is one choice, and its three figures, of which less is better.
type ParetoRow struct {
	// Label names the choice, such as "lan" or "interval=1s k=3".
	Label string
	// Preset marks a choice that users know by its label: it is drawn with its label.
	Preset bool
	// DetectionSeconds is the mean time until a crash is known; it must be positive.
	DetectionSeconds float64
	// FalseDeaths is how many servers were held for dead that were not.
	FalseDeaths float64
	// BytesPerNodeSecond is what a server sends in a second; it must be positive.
	BytesPerNodeSecond float64
	// Front tells whether no other choice is at least as good in all three and better in one, as
	// [Front] finds out.
	Front bool
}

const paretoHeight vg.Length = 170

// Figure draws what detection costs in bytes and in false deaths. It needs a row.
func (p *Pareto) Figure() (*Figure, error) {
	if err := p.validate(); err != nil {
		return nil, err
	}
	s := stack{title: p.Title, subtitle: p.subtitle(), panels: []*panel{p.bytes(), p.deaths()},
		axis: horizontal{name: "detection time (s, log)", scale: logScale{}, ticks: logScale{}}}
	s.axis.least, s.axis.most = around(p.values(detectionSeconds)...)
	return s.figure(comparisonWidth), nil
}

func (p *Pareto) validate() error {
	if len(p.Rows) == 0 {
		return errors.New("a figure of a Pareto front needs at least 1 row")
	}
	for i := range p.Rows {
		r := &p.Rows[i]
		if !positive(r.DetectionSeconds, r.BytesPerNodeSecond) || !notNegative(r.FalseDeaths) {
			return fmt.Errorf("%q: %v s, %v bytes a second and %v false deaths cannot be",
				r.Label, r.DetectionSeconds, r.BytesPerNodeSecond, r.FalseDeaths)
		}
	}
	return nil
}

func detectionSeconds(r *ParetoRow) float64   { return r.DetectionSeconds }
func bytesPerNodeSecond(r *ParetoRow) float64 { return r.BytesPerNodeSecond }
func falseDeaths(r *ParetoRow) float64        { return r.FalseDeaths }

// values returns one figure of every row.
func (p *Pareto) values(of func(r *ParetoRow) float64) []float64 {
	all := make([]float64, len(p.Rows))
	for i := range p.Rows {
		all[i] = of(&p.Rows[i])
	}
	return all
}

func (p *Pareto) subtitle() string {
	front := 0
	for i := range p.Rows {
		if p.Rows[i].Front {
			front++
		}
	}
	return fmt.Sprintf("%s, %s of them on the front: no other beats them in detection time, bytes or "+
		"false deaths without losing in another. The steps join the best of each panel.",
		counted(len(p.Rows), "choice"), label(float64(front)))
}

func (p *Pareto) bytes() *panel {
	pane := p.panel("Bytes that each node sends in a second", bytesPerNodeSecond)
	pane.unit = "bytes/s (log)"
	pane.plot.Y.Min, pane.plot.Y.Max = around(p.values(bytesPerNodeSecond)...)
	pane.plot.Y.Scale, pane.plot.Y.Tick.Marker = logScale{}, logScale{}
	return pane
}

func (p *Pareto) deaths() *panel {
	statement := "Nodes held for dead that were not"
	if p.FalseDeathsPer != "" {
		statement += ", per " + p.FalseDeathsPer
	}
	pane := p.panel(statement, falseDeaths)
	pane.unit = "false deaths (log)"
	unit := p.deathUnit()
	pane.plot.Y.Min, pane.plot.Y.Max = 0, 2*max(float64(unit), slices.Max(p.values(falseDeaths)))
	pane.plot.Y.Scale, pane.plot.Y.Tick.Marker = unit, unit
	return pane
}

// deathUnit makes the fewest false deaths that are not none stand clear of none, unless they are
// less than a millionth of the most.
func (p *Pareto) deathUnit() countScale {
	some := slices.DeleteFunc(p.values(falseDeaths), func(deaths float64) bool { return deaths == 0 })
	if len(some) == 0 {
		return 1
	}
	return countScale(decadeBelow(max(slices.Min(some), slices.Max(some)/1e6)))
}
