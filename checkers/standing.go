package checkers

import (
	"butterfly/node"
	"butterfly/sim/clock"
)

// Readings is how servers are to read the results of origins, as [Standing] checks it.
type Readings struct {
	// Replicas returns the replica of a host that is up. It is asked once a life.
	Replicas func(host node.ID) Replica
	// Key is the key of an origin's result.
	Key func(origin uint32) uint32
	// Status is the status that a value of such a key says, by the value's hash.
	Status func(value uint64) uint8
	// Life is the number of the life in which a member gave itself an incarnation ([node.MemberAlive]).
	Life func(incarnation uint64) uint64
}

// Standing checks the-living-count: a server that comes to believe something of an origin (Believed)
// while its replica has several results of it believes what is said by one whose writer stands for it,
// if there is one: who is in the group by what this server says (MemberAlive, MemberDead, MemberLeft),
// in the life in which it wrote, and found a status. Otherwise what the dead wrote could hide what a
// live checker has found.
//
// What comes of one input counts when all of it has been told: what a server believes on the way it
// need not believe for long.
//
// It keeps 8 bytes for each pair of hosts, and asks a replica for each belief.
type Standing struct {
	readings Readings
	hosts    []reader
	pending  []reading
	siblings []Sibling
}

// reader is a host in its present life.
type reader struct {
	replica Replica  // nil until it is asked first
	lives   []uint64 // by member: its life in the group, noLife if it is in none
}

// reading is what a host has come to believe of an origin at an instant, and what is wrong with it: in
// place of which status it is; 0 for nothing.
type reading struct {
	at       clock.Time
	host     node.ID
	origin   uint32
	believed uint8
	instead  Sibling
}

const noLife = 1<<64 - 1

// NewStanding returns a checker.
func NewStanding(readings Readings) *Standing { return &Standing{readings: readings} }

// Watches implements [Checker].
func (s *Standing) Watches() Kind { return Event | HostUp | Ended }

// Observe implements [Checker].
func (s *Standing) Observe(o *Observation, view View, report *Report) {
	if len(s.pending) > 0 && (o.Kind == Ended || o.At > s.pending[0].at) {
		s.settle(report)
	}
	switch o.Kind {
	case HostUp:
		s.begin(o.Host, view.Hosts())
	case Event:
		s.event(o)
	}
}

func (s *Standing) begin(host node.ID, hosts int) {
	if len(s.hosts) == 0 {
		s.hosts = make([]reader, hosts)
	}
	h := &s.hosts[host]
	h.replica = nil
	if h.lives == nil {
		h.lives = make([]uint64, hosts)
	}
	for member := range h.lives {
		h.lives[member] = noLife
	}
}

func (s *Standing) event(o *Observation) {
	lives := s.hosts[o.Host].lives
	switch o.Event.Kind {
	case node.MemberAlive:
		lives[o.Event.Subject] = s.readings.Life(o.Event.A)
	case node.MemberDead, node.MemberLeft:
		lives[o.Event.Subject] = noLife
	case node.Believed:
		s.believe(o)
	}
}

// believe judges a belief, in place of what the host believed of the origin at the same instant.
func (s *Standing) believe(o *Observation) {
	r := reading{at: o.At, host: o.Host, origin: o.Event.Subject, believed: uint8(o.Event.A)}
	r.instead = s.judge(r)
	for i := range s.pending {
		if p := &s.pending[i]; p.host == r.host && p.origin == r.origin {
			*p = r
			return
		}
	}
	if r.instead != (Sibling{}) {
		s.pending = append(s.pending, r)
	}
}

// judge returns a result whose writer stands for it if there is one, and none says what is believed.
func (s *Standing) judge(r reading) (instead Sibling) {
	h := &s.hosts[r.host]
	if h.replica == nil {
		h.replica = s.readings.Replicas(r.host)
	}
	s.siblings = h.replica.Siblings(s.readings.Key(r.origin), s.siblings[:0])
	for _, sibling := range s.siblings {
		status := s.readings.Status(sibling.Value)
		switch {
		case r.believed == believedUnknown || status > believedUnhealthy || !h.stands(sibling.Dot.Actor):
		case status == r.believed:
			return Sibling{}
		default:
			instead = sibling
		}
	}
	return instead
}

// stands reports whether a writer is in the group, in the life in which it wrote. The host itself
// always is in the life that it lives.
func (h *reader) stands(actor uint64) bool {
	if own := h.replica.Actor(); sameServer(actor, own) {
		return actor == own
	}
	return h.lives[actor>>BootBits] == actor&(1<<BootBits-1)
}

func (s *Standing) settle(report *Report) {
	for i := range s.pending {
		if r := &s.pending[i]; r.instead != (Sibling{}) {
			report.Violate(PropertyLivingCount, r.at,
				"host %d comes to believe at %v that origin %d is %s, though the writer of %v lives and "+
					"says %s", r.host, r.at, r.origin, verdict(r.believed), r.instead.Dot,
				verdict(s.readings.Status(r.instead.Value)))
		}
	}
	s.pending = s.pending[:0]
}
