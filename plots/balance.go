package plots

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
)

// Balance is how many origins each server is given, by the way in which they are shared out.
type Balance struct {
	// Title is what the figure is to tell, in a sentence.
	Title string
	// Rows are in any order; there is a panel for each placement, in the order in which they come up.
	Rows []BalanceRow
}

// BalanceRow is the load of one server.
type BalanceRow struct {
	// Placement is how origins are shared out, such as "rendezvous".
	Placement string
	Server    int
	// Origins is how many it is given.
	Origins int
}

const (
	balanceHeight vg.Length = 95
	rankTicks     int       = 10 // at most, along the axis of the servers
	// normal95 is how many standard deviations of a normal distribution lie around its mean with a
	// chance of 95 %.
	normal95 float64 = 1.959964
)

// Figure draws the servers of each placement from the least loaded to the most loaded, over what is to
// be expected of luck. It needs two servers of a placement and an origin.
func (b *Balance) Figure() (*Figure, error) {
	if err := b.validate(); err != nil {
		return nil, err
	}
	s := stack{title: b.Title, subtitle: b.subtitle(), axis: horizontal{
		name: "servers, the least loaded first", scale: plot.LinearScale{}, ticks: steps(rankTicks),
	}}
	for i, placement := range b.placements() {
		loads := b.of(placement)
		s.axis.most = max(s.axis.most, float64(len(loads)+1))
		s.panels = append(s.panels, b.panel(placement, loads, lookAt(i)))
	}
	addBalanceLegend(s.panels[0])
	return s.figure(comparisonWidth), nil
}

func (b *Balance) validate() error {
	if len(b.Rows) == 0 {
		return errors.New("a figure of balance needs at least 2 servers")
	}
	for _, placement := range b.placements() {
		loads := b.of(placement)
		switch {
		case len(loads) < 2:
			return fmt.Errorf("%s: one server has all, which is no balance", placement)
		case loads[0] < 0 || loads[len(loads)-1] == 0:
			return fmt.Errorf("%s: %d to %d origins a server cannot be",
				placement, loads[0], loads[len(loads)-1])
		}
	}
	return nil
}

func (b *Balance) subtitle() string {
	loads := b.of(b.placements()[0])
	return fmt.Sprintf("%s on %s. If each origin chose its server by luck, 95 %% of the servers would "+
		"be in the band: the binomial distribution.",
		counted(total(loads), "origin"), counted(len(loads), "server"))
}

func (b *Balance) placements() []string {
	return inTheirOrder(b.Rows, func(row *BalanceRow) string { return row.Placement })
}

// of returns the loads of a placement in ascending order.
func (b *Balance) of(placement string) (loads []int) {
	for _, row := range b.Rows {
		if row.Placement == placement {
			loads = append(loads, row.Origins)
		}
	}
	slices.Sort(loads)
	return loads
}

func total(loads []int) (sum int) {
	for _, load := range loads {
		sum += load
	}
	return sum
}

// panel shows the loads of one placement, and how much the most loaded server has above the mean.
func (b *Balance) panel(placement string, loads []int, l look) *panel {
	least, mean, most := expectedLoad(total(loads), len(loads))
	greatest := float64(loads[len(loads)-1])
	p := newPanel(fmt.Sprintf("%s: the most loaded server has %s times the mean",
		placement, label(math.Round(100*greatest/mean)/100)), balanceHeight)
	p.unit = "origins"
	points := make(plotter.XYs, len(loads))
	for i, load := range loads {
		points[i] = plotter.XY{X: float64(i + 1), Y: float64(load)}
	}
	p.plot.Add(backdrop{}, loadBand(least, most, len(loads)), rules{}, levelLine(mean, len(loads)),
		dots(l.color, readingRadius, l.shape, decimate(points, mostPoints)))
	p.plot.Y.Min, p.plot.Y.Max = 0, headroom*max(greatest, most)
	return p
}

// expectedLoad is the mean of the binomial distribution of so many origins over servers that are all
// as likely, and where its middle 95 % lie, by the normal distribution that it approaches.
func expectedLoad(origins, servers int) (least, mean, most float64) {
	share := 1 / float64(servers)
	mean = float64(origins) * share
	deviation := math.Sqrt(mean * (1 - share))
	return max(0, mean-normal95*deviation), mean, mean + normal95*deviation
}

func loadBand(least, most float64, servers int) mark {
	ends := func(y float64) plotter.XYs {
		return plotter.XYs{{X: 0, Y: y}, {X: float64(servers + 1), Y: y}}
	}
	return area(tint(black, 15), ends(least), ends(most))
}

func levelLine(y float64, servers int) mark {
	return dashed(line(black, plotter.XYs{{X: 0, Y: y}, {X: float64(servers + 1), Y: y}}))
}

// addBalanceLegend says beside a panel what is the same in all.
func addBalanceLegend(p *panel) {
	p.legend.Add("95 % of servers", loadBand(0, 0, 0))
	p.legend.Add("mean", levelLine(0, 0))
}
