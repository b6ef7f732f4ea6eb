package checkers

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
)

const second = time.Second

// script is a run written by hand: it plays the world for one checker and is its View.
type script struct {
	t       testing.TB
	checker Checker
	report  Report
	now     clock.Time
	running []bool
	part    []int // by host: which part of a partition it is in
	side    []int // by host, -1 for down
	sides   int
	probes  uint64
	told    Observation // the one being handed over: its memory is reused
}

// play starts hosts at time 0, all on one side.
func play(t testing.TB, checker Checker, hosts int) *script {
	s := &script{
		t: t, checker: checker,
		running: make([]bool, hosts), part: make([]int, hosts), side: make([]int, hosts),
	}
	for host := range hosts {
		s.start(node.ID(host))
	}
	s.observe(Observation{Kind: Reachability})
	return s
}

func (s *script) Hosts() int            { return len(s.running) }
func (s *script) Up(host node.ID) bool  { return s.running[host] }
func (s *script) Side(host node.ID) int { return s.side[host] }
func (s *script) Sides() int            { return s.sides }
func (s *script) Probes() uint64        { return s.probes }

// number gives each part that has a running host the number of its side, in order of their first.
func (s *script) number() {
	sideOf := make(map[int]int)
	for host, part := range s.part {
		s.side[host] = -1
		if !s.running[host] {
			continue
		}
		if _, known := sideOf[part]; !known {
			sideOf[part] = len(sideOf)
		}
		s.side[host] = sideOf[part]
	}
	s.sides = len(sideOf)
}

// at moves to a time after the start.
func (s *script) at(since time.Duration) *script {
	require.GreaterOrEqual(s.t, clock.At(since), s.now, "the script goes back in time")
	s.now = clock.At(since)
	return s
}

func (s *script) observe(o Observation) {
	o.At = s.now
	if o.Kind == ProbeStarted {
		s.probes++
	}
	s.told = o
	if s.checker.Watches()&o.Kind != 0 {
		s.checker.Observe(&s.told, s, &s.report)
	}
}

func (s *script) start(host node.ID) {
	s.running[host] = true
	s.number()
	s.observe(Observation{Kind: HostUp, Host: host})
}

func (s *script) up(host node.ID) {
	s.start(host)
	s.observe(Observation{Kind: Reachability})
}

func (s *script) down(host node.ID) {
	s.running[host] = false
	s.number()
	s.observe(Observation{Kind: HostDown, Host: host})
	s.observe(Observation{Kind: Reachability})
}

// cut puts the hosts in a part of their own.
func (s *script) cut(part int, hosts ...node.ID) {
	for _, host := range hosts {
		s.part[host] = part
	}
	s.number()
	s.observe(Observation{Kind: Reachability})
}

// join puts all hosts on one side again.
func (s *script) join() {
	clear(s.part)
	s.number()
	s.observe(Observation{Kind: Reachability})
}

func (s *script) heal()                             { s.observe(Observation{Kind: Healed}) }
func (s *script) end()                              { s.observe(Observation{Kind: Ended}) }
func (s *script) probe(host node.ID, origin uint32) { s.observe(probeOf(host, origin)) }

func (s *script) origin(origin uint32, up bool) {
	s.observe(Observation{Kind: OriginChanged, Origin: origin, Up: up})
}

func (s *script) register(host node.ID, origin uint32) {
	s.observe(Observation{Kind: OriginRegistered, Host: host, Origin: origin, Up: true})
}

func (s *script) unregister(host node.ID, origin uint32) {
	s.observe(Observation{Kind: OriginRegistered, Host: host, Origin: origin})
}

func (s *script) stall(host node.ID)  { s.observe(Observation{Kind: HostStalled, Host: host}) }
func (s *script) resume(host node.ID) { s.observe(Observation{Kind: HostResumed, Host: host}) }

// uplink takes a host's uplink away, and with it all it reaches, or gives both back.
func (s *script) uplink(host node.ID, up bool) {
	s.observe(Observation{Kind: UplinkChanged, Host: host, Up: up})
	if up {
		s.cut(0, host)
	} else {
		s.cut(100+int(host), host)
	}
}

// result ends a probe.
func (s *script) result(host node.ID, origin uint32, outcome node.Outcome) {
	s.observe(Observation{Kind: ProbeEnded, Host: host, Origin: origin, Outcome: outcome})
}

func (s *script) emit(host node.ID, kind node.EventKind, subject uint32, details ...uint64) {
	e := node.Event{Kind: kind, Subject: subject}
	for i, detail := range details {
		*[]*uint64{&e.A, &e.B}[i] = detail
	}
	s.observe(Observation{Kind: Event, Host: host, Event: e})
}

func probeOf(host node.ID, origin uint32) Observation {
	return Observation{Kind: ProbeStarted, Host: host, Origin: origin}
}

// clean demands that nothing was found.
func (s *script) clean() {
	s.t.Helper()
	require.Empty(s.t, s.report.Violations())
}

// broke demands that the given promise alone was broken, first in this way.
func (s *script) broke(property string, at time.Duration, detail string) {
	s.t.Helper()
	require.Equal(s.t, []Violation{{property, clock.At(at), detail}}, s.report.Violations())
}

func (s *script) metric(name string, want float64) {
	s.t.Helper()
	require.Contains(s.t, s.report.Metrics(), name)
	require.InDelta(s.t, want, s.report.Metrics()[name], 1e-9, name)
}

// lowest places every origin on the live server with the lowest number.
func lowest(_ uint32, live []node.ID) node.ID { return live[0] }
