package plots

import (
	"fmt"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// Timeline is one run of a cluster told as a story: what goes wrong, and what becomes of the
// servers' views of each other, of who checks what, and of what they believe. Without origins it is one
// of a group, of which there are views and nothing else to tell.
type Timeline struct {
	// Run says which run it is, such as "talk, seed 0x1".
	Run string
	// Servers and Origins are how many of each the cluster has.
	Servers, Origins int
	// Faults are what goes wrong, in any order.
	Faults []Fault
	// Moments are samples in the order of their times, the first at 0.
	Moments []Moment
}

// Fault is something that goes wrong for a while. Times are seconds since the start of the run.
type Fault struct {
	Kind     string // the row it is shown in
	Label    string // whom it strikes, in a word or two
	From, To float64
	// Splits marks a fault that splits the network: its time is shaded in every panel.
	Splits bool
}

// Moment is one sample of a cluster.
type Moment struct {
	// Seconds is the time since the start of the run.
	Seconds float64
	// Up is how many servers are running, Sides how many sides of the network they form, and Largest
	// how many of them are on the largest.
	Up, Sides, Largest int
	// Held is how many servers each running server believes to be members.
	Held Range
	// Missing counts the pairs of servers of which the first takes the second for gone, though it is
	// not, and Stale those of which the first takes the second for a member, though it is gone.
	Missing, Stale int
	// Unchecked, Checked and Doubled count the origins checked by no, one, and two or more servers of
	// the largest side.
	Unchecked, Checked, Doubled int
	// UncheckedElsewhere counts the origins without a checker on at least one other side, DoubledInAll
	// those with two or more checkers on whatever sides.
	UncheckedElsewhere, DoubledInAll int
	// States is how many different states the replicas of the running servers have.
	States int
	// Down is how many origins are really down, BelievedDown how many each running server believes to
	// be.
	Down         int
	BelievedDown Range
}

// Range sums up what several servers say.
type Range struct{ Least, Median, Most int }

const (
	timelineWidth vg.Length = 750
	panelHeight   vg.Length = 72
	timeTicks               = 12 // at most, along the time axis
	// groupHeight is that of the panels of a group, of which there are fewer.
	groupHeight = 1.4 * panelHeight
)

// Figure draws the timeline. It needs at least two moments.
func (t *Timeline) Figure() (*Figure, error) {
	if err := t.validate(); err != nil {
		return nil, err
	}
	s := stack{title: t.title(), subtitle: t.subtitle(), axis: horizontal{
		name: "time since the start of the run (s)",
		most: t.end(), scale: plot.LinearScale{}, ticks: steps(timeTicks),
	}}
	if len(t.Faults) > 0 {
		s.panels = append(s.panels, t.faultPanel())
	}
	s.panels = append(s.panels, t.serverPanel())
	if t.Origins > 0 {
		s.panels = append(s.panels, t.checkerPanel(), t.statePanel(), t.healthPanel())
	} else {
		s.panels = append(s.panels, t.viewPanel())
	}
	for _, p := range s.panels {
		p.plot.Y.Min = 0
	}
	return s.figure(timelineWidth), nil
}

func (t *Timeline) validate() error {
	if len(t.Moments) < 2 {
		return fmt.Errorf("a timeline needs at least 2 samples, this run has %d", len(t.Moments))
	}
	for i := range t.Moments[1:] {
		if t.Moments[i+1].Seconds <= t.Moments[i].Seconds {
			return fmt.Errorf("sample %d of a timeline is not after the one before it", i+2)
		}
	}
	return nil
}

// end is the time of the last moment in seconds.
func (t *Timeline) end() float64 { return t.Moments[len(t.Moments)-1].Seconds }

func (t *Timeline) serverPanel() *panel {
	p := t.panel("Servers that are running, and what each of them believes")
	if t.Origins == 0 {
		p.statement = "Running servers of the group, and what each holds to be members"
		p.height = groupHeight
	}
	p.add("servers, least to most", t.band(skyBlue, func(m *Moment) Range { return m.Held }))
	p.add("median server", t.curve(blue, func(m *Moment) int { return m.Held.Median }))
	p.add("really running", t.dashed(black, func(m *Moment) int { return m.Up }))
	p.unit = "servers"
	p.plot.Y.Max = headroom * float64(t.Servers)
	return p
}

// viewPanel shows how wrong all views are together.
func (t *Timeline) viewPanel() *panel {
	p := t.panel("Wrong views: pairs of servers of which the first is mistaken about the second")
	p.height = groupHeight
	p.add("running, held gone", t.filled(vermillion, func(m *Moment) int { return m.Missing })...)
	p.add("gone, held a member", t.curve(blue, func(m *Moment) int { return m.Stale }))
	p.unit = "pairs (log)"
	p.plot.Y.Scale, p.plot.Y.Tick.Marker = countScale(1), countScale(1)
	p.plot.Y.Max = 2 * float64(t.Servers) * float64(t.Servers)
	return p
}

func (t *Timeline) checkerPanel() *panel {
	p := t.panel("Origins that nobody is checking, and origins checked more than once")
	p.height = 1.4 * panelHeight
	p.add("two or more checkers", t.curve(blue, func(m *Moment) int { return m.DoubledInAll }))
	none := t.filled(vermillion, func(m *Moment) int { return m.Unchecked })
	if t.splits() {
		p.add("none, on the largest side", none...)
		p.add("none, on a smaller side",
			t.dashed(reddishPurple, func(m *Moment) int { return m.UncheckedElsewhere }))
	} else {
		p.add("no checker", none...)
	}
	p.unit = "origins (log)"
	p.plot.Y.Scale, p.plot.Y.Tick.Marker = countScale(1), countScale(1)
	p.plot.Y.Max = 2 * float64(t.Origins)
	return p
}

func (t *Timeline) statePanel() *panel {
	p := t.panel("Different replicas of the map of origins (1: all servers know the same)")
	p.add("different states", t.filled(bluishGreen, func(m *Moment) int { return m.States })...)
	p.unit = "states"
	p.plot.Y.Max = headroom * float64(t.Servers)
	return p
}

func (t *Timeline) healthPanel() *panel {
	p := t.panel("Origins that are down, and what each server believes")
	p.add("servers, least to most", t.band(orange, func(m *Moment) Range { return m.BelievedDown }))
	p.add("median server", t.curve(vermillion, func(m *Moment) int { return m.BelievedDown.Median }))
	p.add("really down", t.dashed(black, func(m *Moment) int { return m.Down }))
	p.unit = "origins"
	most := 1
	for i := range t.Moments {
		most = max(most, t.Moments[i].Down, t.Moments[i].BelievedDown.Most)
	}
	p.plot.Y.Max = headroom * float64(most)
	return p
}

// panel returns an empty panel of the timeline, with what splits the network in its background.
func (t *Timeline) panel(statement string) *panel {
	p := newPanel(statement, panelHeight)
	p.plot.Add(t.backdrop(), rules{})
	return p
}

// splits reports whether the network ever had more than one side.
func (t *Timeline) splits() bool {
	for i := range t.Moments {
		if t.Moments[i].Sides > 1 {
			return true
		}
	}
	return false
}
