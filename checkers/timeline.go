package checkers

import (
	"slices"
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// Timeline judges nothing: it records what the cluster looked like at regular instants, as a series
// of [Moment] values. It watches what the other checkers watch and touches no machine but through
// its [Status], so a run that is recorded has the fingerprint of one that is not, and the same
// report.
//
// An instant is looked at when something happens after it, or the run ends: until then it is not
// over. A sample costs one pass over the origins.
type Timeline struct {
	every  time.Duration
	status Status
	next   clock.Time
	taken  []Moment

	duties duties
	views  views
	side   []int // by host, -1 for down
	sides  int
	state  []uint64 // by host: the hash of its replica's state
	// believedDown is, by host, how many of the origins in doubt it believes to be down. An origin
	// is in doubt from the first time a server found it down; before, nobody believes so.
	believedDown []int
	doubtful     []uint32
	inDoubt      []bool // by origin
	down         int    // how many origins really are

	perSide []int // scratch
	values  []int
	states  []uint64
}

// NewTimeline returns a recorder that samples at the start of the run and then at every multiple of
// every, which must be more than 0.
func NewTimeline(every time.Duration) *Timeline { return &Timeline{every: every} }

// Begin begins a recording of origins 0 to origins-1. It is called once, before the run, and drops
// what was recorded before.
func (l *Timeline) Begin(origins int, status Status) {
	*l = Timeline{
		every: l.every, status: status, duties: newDuties(origins),
		inDoubt: make([]bool, origins),
	}
}

// Moments returns what was recorded, in the order of time. It is complete when the run has ended.
func (l *Timeline) Moments() []Moment { return l.taken }

// Watches implements [Checker].
func (l *Timeline) Watches() Kind { return Event | OriginChanged | topology | Ended }

// Observe implements [Checker].
func (l *Timeline) Observe(o *Observation, view View, _ *Report) {
	l.sampleBefore(o.At)
	l.views.observe(o, view)
	switch o.Kind {
	case Event:
		l.event(o)
	case OriginChanged:
		l.down += oneIf(!o.Up) - oneIf(o.Up)
	case HostUp:
		l.fit(view.Hosts())
		l.forget(o.Host)
	case Reachability:
		l.regroup(view)
	case Ended:
		l.sampleBefore(o.At + 1)
	}
}

// sampleBefore takes the samples that are due before an instant.
func (l *Timeline) sampleBefore(at clock.Time) {
	for l.next < at {
		l.taken = append(l.taken, l.moment(l.next))
		l.next = l.next.Add(l.every)
	}
}

func (l *Timeline) event(o *Observation) {
	subject := o.Event.Subject
	switch o.Event.Kind {
	case node.CheckBegan:
		l.duties.began(o.Host, subject)
	case node.CheckEnded:
		l.duties.ended(o.Host, subject)
	case node.HealthChanged:
		l.doubt(o.Host, subject)
		l.ask(o.Host)
	case node.MapChanged:
		l.state[o.Host] = o.Event.B
		l.ask(o.Host)
	}
}

// doubt notes that some server may believe origin to be down.
func (l *Timeline) doubt(host node.ID, origin uint32) {
	if known, up := l.status(host, origin); known && !up && !l.inDoubt[origin] {
		l.inDoubt[origin] = true
		l.doubtful = append(l.doubtful, origin)
	}
}

// ask counts anew what a host believes to be down.
func (l *Timeline) ask(host node.ID) {
	count := 0
	for _, origin := range l.doubtful {
		known, up := l.status(host, origin)
		count += oneIf(known && !up)
	}
	l.believedDown[host] = count
}

func (l *Timeline) fit(hosts int) {
	if hosts == len(l.side) {
		return
	}
	l.believedDown = make([]int, hosts)
	l.state = make([]uint64, hosts)
	l.side = slices.Repeat([]int{-1}, hosts)
}

// forget empties what is known of a host whose life begins. While it is down nothing of it counts.
func (l *Timeline) forget(host node.ID) {
	l.duties.crashed(host)
	l.believedDown[host], l.state[host] = 0, 0
}

func (l *Timeline) regroup(view View) {
	l.fit(view.Hosts())
	l.sides = view.Sides()
	for host := range l.side {
		l.side[host] = view.Side(node.ID(host))
	}
}
