package checkers

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// seclusion knows which servers cannot tell whether the origins fail or their own network does, and
// say so ([node.NetworkLost]): those that are alone on their side of the network, or with strangers
// only (company), while at least half of the origins that they check are down. Such a server is right
// to take no failure for that of an origin. It has no excuse with a second server on its side, whom it
// hears; nor with fewer down, as most of its probes succeed then; nor if it does not say so.
//
// It keeps 25 bytes per origin, and 4 per checker of one.
type seclusion struct {
	company company
	duties  duties
	down    []bool // by origin
	hosts   []hermit
	changed []node.ID // who has come to be secluded, or not to be, by the last observation
}

// hermit is a server that may be secluded.
type hermit struct {
	alone  bool // no other server is on its side that is no stranger to it
	lost   bool // it says that its network is
	checks int  // how many origins it checks
	dead   int  // how many of these are down
	// until is when it last was secluded, as far as that has been settled: Never while it is, and
	// the time before the start if it never was in this life.
	until clock.Time
}

// secluding is the set of kinds that a seclusion has to be shown.
const secluding = Event | OriginChanged | topology

// newSeclusion returns a seclusion of servers that have joined after some time at most.
func newSeclusion(origins Origins, joining time.Duration) seclusion {
	return seclusion{
		company: company{seeds: origins.Seeds, joining: joining},
		duties:  newDuties(origins.Count), down: make([]bool, origins.Count),
	}
}

// until is when host was last secluded, [clock.Never] if it is.
func (s *seclusion) until(host node.ID) clock.Time { return s.hosts[host].until }

// observe takes an observation of any kind. Whoever changes by it is to be settled, once all that
// held until then has been judged.
func (s *seclusion) observe(o *Observation, view View) {
	s.changed = s.changed[:0]
	s.company.observe(o, view)
	switch o.Kind {
	case Event:
		s.event(o)
	case OriginChanged:
		s.turn(o)
	case HostUp:
		s.fit(view.Hosts())
	case HostDown:
		s.duties.crashed(o.Host)
		s.hosts[o.Host] = hermit{until: beforeStart}
	case Reachability:
		s.fit(view.Hosts())
		s.regroup()
	}
}

func (s *seclusion) fit(hosts int) {
	for len(s.hosts) < hosts {
		s.hosts = append(s.hosts, hermit{until: beforeStart})
	}
}

func (s *seclusion) event(o *Observation) {
	h, origin := &s.hosts[o.Host], o.Event.Subject
	switch o.Event.Kind {
	case node.CheckBegan:
		if s.duties.began(o.Host, origin) {
			h.checks++
			h.dead += oneIf(s.down[origin])
		}
	case node.CheckEnded:
		if s.duties.ended(o.Host, origin) {
			h.checks--
			h.dead -= oneIf(s.down[origin])
		}
	case node.NetworkLost:
		h.lost = true
	case node.NetworkFound:
		h.lost = false
	default:
		return
	}
	s.review(o.Host)
}

// turn takes that an origin went up or down.
func (s *seclusion) turn(o *Observation) {
	if s.down[o.Origin] == !o.Up {
		return
	}
	s.down[o.Origin] = !o.Up
	for _, host := range s.duties.checkers[o.Origin] {
		s.hosts[host].dead += oneIf(!o.Up) - oneIf(o.Up)
		s.review(host)
	}
}

// regroup finds out anew who is alone.
func (s *seclusion) regroup() {
	for host := range s.hosts {
		s.hosts[host].alone = s.company.alone(node.ID(host))
		s.review(node.ID(host))
	}
}

// review notes whether a server has come to be secluded, or not to be.
func (s *seclusion) review(host node.ID) {
	if h := &s.hosts[host]; h.secluded() != (h.until == clock.Never) {
		s.changed = append(s.changed, host)
	}
}

func (h *hermit) secluded() bool { return h.alone && h.lost && h.checks > 0 && 2*h.dead >= h.checks }

// settle has a server that changed be secluded from now on, or be no more.
func (s *seclusion) settle(host node.ID, at clock.Time) (secluded bool) {
	h := &s.hosts[host]
	h.until = at
	if secluded = h.secluded(); secluded {
		h.until = clock.Never
	}
	return secluded
}
