package plots

import (
	"errors"
	"fmt"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// Spread is how one write gets around: which share of the servers has it, over the time since it
// was made.
type Spread struct {
	// Title is what the figure is to tell, in a sentence.
	Title string
	// Time is what time is counted in, such as "rounds" or "periods".
	Time string
	// Conditions are what all trials have in common, in a sentence; they may be empty.
	Conditions string
	// Curves are drawn and named in their order. The legend has room for about 25 letters of a
	// mode.
	Curves []SpreadCurve
}

// SpreadCurve is what the trials of one mode of gossip have shown.
type SpreadCurve struct {
	Mode            string
	Servers, Trials int
	// Points are in ascending order of time.
	Points []SpreadPoint
}

// SpreadPoint is a moment. All but the round are shares of the servers, from 0 to 1.
type SpreadPoint struct {
	// Round is the time since the write, in the unit of [Spread.Time].
	Round float64
	// Mean, P10, P50 and P90 are the mean and the quantiles of the trials' informed shares.
	Mean, P10, P50, P90 float64
	// Theory is the expected informed share. 0 means that theory has nothing to say: the writer
	// itself is always informed.
	Theory float64
}

const (
	informedHeight vg.Length = 190
	waitingHeight  vg.Length = 150
	roundTicks               = 12 // at most, along the axis of the time
)

// Figure draws the informed share, and below it the share that still waits, on a scale that shows
// the last of them. It needs a curve of two moments.
func (s *Spread) Figure() (*Figure, error) {
	if err := s.validate(); err != nil {
		return nil, err
	}
	figure := stack{title: s.Title, subtitle: s.subtitle(), axis: horizontal{
		name: s.Time + " since the write", most: s.end(),
		scale: plot.LinearScale{}, ticks: steps(roundTicks),
	}}
	figure.panels = []*panel{s.informed(), s.waiting()}
	return figure.figure(comparisonWidth), nil
}

func (s *Spread) validate() error {
	if len(s.Curves) == 0 {
		return errors.New("a figure of spread needs at least 1 curve")
	}
	for i := range s.Curves {
		if err := s.Curves[i].validate(); err != nil {
			return fmt.Errorf("%s: %w", s.Curves[i].Mode, err)
		}
	}
	return nil
}

func (c *SpreadCurve) validate() error {
	switch {
	case c.Servers < 2 || c.Trials < 1:
		return fmt.Errorf("%d servers and %d trials show no spread", c.Servers, c.Trials)
	case len(c.Points) < 2:
		return fmt.Errorf("a curve needs at least 2 moments, not %d", len(c.Points))
	}
	for i, p := range c.Points {
		switch {
		case !notNegative(p.Round) || i > 0 && p.Round <= c.Points[i-1].Round:
			return fmt.Errorf("moment %v is out of order", p.Round)
		case !ascending(0, p.P10, p.P50, p.P90, 1) || !ascending(0, p.Mean, 1):
			return fmt.Errorf("moment %v: %v, %v, %v and a mean of %v are no informed shares",
				p.Round, p.P10, p.P50, p.P90, p.Mean)
		case !ascending(0, p.Theory, 1):
			return fmt.Errorf("moment %v: theory gives no share, but %v", p.Round, p.Theory)
		}
	}
	return nil
}

// end is the last moment of the longest curve.
func (s *Spread) end() float64 {
	end := 0.0
	for i := range s.Curves {
		points := s.Curves[i].Points
		end = max(end, points[len(points)-1].Round)
	}
	return end
}

func (s *Spread) subtitle() string {
	servers := distinct(s.Curves, func(c *SpreadCurve) int { return c.Servers })
	trials := distinct(s.Curves, func(c *SpreadCurve) int { return c.Trials })
	text := fmt.Sprintf("One of %s writes. The lines are medians of %s, the bands hold the middle "+
		"80 %% of them.", counts(servers, "server"), counts(trials, "trial"))
	if s.theorised() {
		text += " Dashed: what theory expects."
	}
	return text + " " + s.Conditions
}

// theorised tells whether theory has anything to say.
func (s *Spread) theorised() bool {
	for i := range s.Curves {
		if len(s.Curves[i].theory()) > 0 {
			return true
		}
	}
	return false
}
