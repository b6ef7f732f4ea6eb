package checkers

// Group measures how large a group is in the end, the "stable group size" of SWIM's figure 4:
// members join one by one while datagrams are lost, and who is taken for dead is out for good.
//
// stable_members is the median, over the hosts that run and have neither left nor yielded, of how
// many members each holds when the run ends, itself included; of an even number of hosts the lower
// of the middle two, and 0 if there is none. In a stable group all agree, and the median is its
// size. While news still spreads it is what most have heard, and a host that has lost everybody, or
// heard nothing yet, does not move it.
//
// It keeps a byte per pair of hosts and promises nothing.
type Group struct {
	views views
}

// NewGroup returns a checker.
func NewGroup() *Group { return &Group{} }

// Watches implements [Checker].
func (g *Group) Watches() Kind { return viewed | Ended }

// Observe implements [Checker].
func (g *Group) Observe(o *Observation, view View, report *Report) {
	g.views.observe(o, view)
	if o.Kind == Ended {
		report.Metric("stable_members", float64(newRange(g.views.sizes()).Median))
	}
}
