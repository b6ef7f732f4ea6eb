package main

import (
	"cmp"
	"fmt"
	"slices"

	"butterfly/plots"
	"butterfly/scenarios/tune"
)

// findings are the candidates that can be compared, each with its row. Those that missed a crash
// have no detection time.
type findings struct {
	candidates []*tune.Candidate
	figures    []tune.Figures
	rows       []plots.ParetoRow
	missed     []*tune.Candidate
	// reference is the preset to be compared with, recommended what costs no more and is fastest: both
	// by their places.
	reference, recommended int
}

func (t *tuning) findings() *findings {
	f := &findings{}
	for i := range t.candidates {
		c := &t.candidates[i]
		switch {
		case t.complete == 0:
		case t.scores[i].Missed() > 0:
			f.missed = append(f.missed, c)
		default:
			f.add(c, t.scores[i].Figures())
			if c.Preset == string(t.scenario.Group.Preset) {
				f.reference = len(f.rows) - 1
			}
		}
	}
	if len(f.rows) > 0 {
		f.rows = plots.Front(f.rows)
		f.recommended = tune.Recommend(f.figures, f.reference)
	}
	return f
}

func (f *findings) add(c *tune.Candidate, figures tune.Figures) {
	f.candidates = append(f.candidates, c)
	f.figures = append(f.figures, figures)
	f.rows = append(f.rows, plots.ParetoRow{
		Label: c.Label(), Preset: c.Preset != "",
		DetectionSeconds: figures.DetectionSeconds, FalseDeaths: figures.FalseDeaths,
		BytesPerNodeSecond: figures.BytesPerNodeSecond,
	})
}

// headline says in a clause what was found.
func (f *findings) headline() string {
	best, reference := f.figures[f.recommended], f.figures[f.reference]
	name := f.rows[f.reference].Label
	if f.recommended == f.reference {
		return fmt.Sprintf("of %s none beats %s", counted(len(f.rows), "choice"), name)
	}
	gain, most := "", 1.0
	for _, c := range []struct {
		means    string
		from, to float64
	}{
		{"detection time", reference.DetectionSeconds, best.DetectionSeconds},
		{"bytes", reference.BytesPerNodeSecond, best.BytesPerNodeSecond},
		{"false deaths", reference.FalseDeaths, best.FalseDeaths},
	} {
		if c.to < most*c.from {
			gain, most = c.means+" "+changeText(c.from, c.to), c.to/c.from
		}
	}
	return fmt.Sprintf("%s than with %s, and nothing 5 %% worse", gain, name)
}

// changeText says how much more or less something has become.
func changeText(from, to float64) string {
	switch percent := 100 * (to - from) / from; {
	case from == to:
		return "the same"
	case from == 0:
		return "up from none"
	case percent < 0:
		return fmt.Sprintf("%.0f %% less", -percent)
	default:
		return fmt.Sprintf("%.0f %% more", percent)
	}
}

// shown are the places in the table, by detection time: a representative front, the presets, and
// what is recommended.
func (f *findings) shown() []int {
	var front, always []int
	for i, r := range f.rows {
		switch {
		case r.Preset || i == f.recommended:
			always = append(always, i)
		case r.Front:
			front = append(front, i)
		}
	}
	return f.byDetection(append(tune.Representatives(f.figures, front), always...))
}

func (f *findings) byDetection(places []int) []int {
	return slices.SortedStableFunc(slices.Values(places), func(i, j int) int {
		return cmp.Compare(f.figures[i].DetectionSeconds, f.figures[j].DetectionSeconds)
	})
}
