package plots

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
)

// Cost is what it takes to tell all servers of an update, over the number of servers.
type Cost struct {
	// Title is what the figure is to tell, in a sentence.
	Title string
	// Subtitle is what all rows have in common, such as the rate of the updates.
	Subtitle string
	// Rows are in any order; the legend names the designs in the order in which they come up.
	Rows []CostRow
}

// CostRow is what was measured of one design among so many servers.
type CostRow struct {
	// Design names who sends what to whom, such as "pull" or "multicast". The legend has room for
	// about 25 letters.
	Design  string
	Servers int
	// MessagesPerUpdate and BytesPerUpdate are what all servers together send, for each update.
	MessagesPerUpdate, BytesPerUpdate float64
	// BytesPerNodeSecond is what a server sends in a second, that for the updates included;
	// IdleBytesPerNodeSecond, in a second in which there is none. Like the figures for an update they
	// must be positive.
	BytesPerNodeSecond, IdleBytesPerNodeSecond float64
}

const costHeight vg.Length = 125

// Figure draws what an update costs in bytes and in messages, and what there is to pay without any.
// It needs a row.
func (c *Cost) Figure() (*Figure, error) {
	if err := c.validate(); err != nil {
		return nil, err
	}
	sizes := c.sizes()
	s := stack{title: c.Title, subtitle: c.Subtitle, axis: horizontal{
		name: "servers (log)", scale: logScale{}, ticks: measuredAt{sizes, comparisonDataWidth},
	}}
	s.axis.least, s.axis.most = around(sizes...)
	s.panels = []*panel{
		c.panel("Bytes that all servers together send for an update", "bytes (log)", bytesPerUpdate),
		c.panel("Messages that all servers together send for an update", "messages (log)",
			messagesPerUpdate),
		c.panel("Bytes that each server sends in a second without an update", "bytes/s (log)",
			idleBytes),
	}
	c.addLegend(s.panels[0])
	return s.figure(comparisonWidth), nil
}

func (c *Cost) validate() error {
	if len(c.Rows) == 0 {
		return errors.New("a figure of costs needs at least 1 row")
	}
	for _, row := range c.Rows {
		switch {
		case row.Servers < 2:
			return fmt.Errorf("%s: there is nobody to tell among %d servers", row.Design, row.Servers)
		case !positive(row.MessagesPerUpdate, row.BytesPerUpdate, row.BytesPerNodeSecond,
			row.IdleBytesPerNodeSecond):
			return fmt.Errorf("%s, %d servers: %v messages and %v bytes an update, %v bytes a second, "+
				"and %v without an update, cannot be", row.Design, row.Servers, row.MessagesPerUpdate,
				row.BytesPerUpdate, row.BytesPerNodeSecond, row.IdleBytesPerNodeSecond)
		}
	}
	return nil
}

// sizes returns the numbers of servers in ascending order.
func (c *Cost) sizes() []float64 {
	return distinct(c.Rows, func(row *CostRow) float64 { return float64(row.Servers) })
}

func bytesPerUpdate(row *CostRow) float64    { return row.BytesPerUpdate }
func messagesPerUpdate(row *CostRow) float64 { return row.MessagesPerUpdate }
func idleBytes(row *CostRow) float64         { return row.IdleBytesPerNodeSecond }

// panel shows a quantity of all designs over the number of servers, from a power of ten on.
func (c *Cost) panel(statement, unit string, quantity func(row *CostRow) float64) *panel {
	p := newPanel(statement, costHeight)
	p.unit = unit
	p.plot.Add(backdrop{}, rules{})
	for i, design := range c.designs() {
		p.add("", lookAt(i).joined(c.of(design, quantity))...)
	}
	least, most := around(c.values(quantity)...)
	p.plot.Y.Min, p.plot.Y.Max = decadeBelow(least), most
	p.plot.Y.Scale, p.plot.Y.Tick.Marker = logScale{}, logScale{}
	return p
}

// addLegend names the designs beside a panel.
func (c *Cost) addLegend(p *panel) {
	for i, design := range c.designs() {
		sample := lookAt(i).joined(nil)
		p.legend.Add(design, sample[0], sample[1])
	}
}

// designs returns all designs in the order in which they come up.
func (c *Cost) designs() []string {
	return inTheirOrder(c.Rows, func(row *CostRow) string { return row.Design })
}

// of returns a quantity of a design over the number of servers.
func (c *Cost) of(design string, quantity func(row *CostRow) float64) plotter.XYs {
	var points plotter.XYs
	for i := range c.Rows {
		if row := &c.Rows[i]; row.Design == design {
			points = append(points, plotter.XY{X: float64(row.Servers), Y: quantity(row)})
		}
	}
	slices.SortStableFunc(points, func(a, b plotter.XY) int { return cmp.Compare(a.X, b.X) })
	return points
}

func (c *Cost) values(of func(row *CostRow) float64) []float64 {
	all := make([]float64, len(c.Rows))
	for i := range c.Rows {
		all[i] = of(&c.Rows[i])
	}
	return all
}
