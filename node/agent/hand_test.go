package agent

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/origin"
	"butterfly/node/wire"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// hands drives agents by hand, each through its Out alone: messages and results arrive at once and
// in order, and alarms go off on time.
type hands struct {
	t      testing.TB
	config Config
	now    clock.Time
	all    []*hand
	reply  wire.Message
}

// hand is one agent and what became of its effects.
type hand struct {
	*Agent
	id     node.ID
	out    node.Out[wire.Message]
	taken  node.Out[wire.Message] // the effects being carried out, while out fills up anew
	alarms [node.MaxTimers]clock.Time
	disk   []byte
	deaf   bool // nothing reaches it, and nothing it sends gets out
	down   bool // all origins look down from here

	events []node.Event
	pulls  int
	probed map[uint32]int
}

// newHands returns servers that have not started yet: their seeds are the first three.
func newHands(t testing.TB, servers, origins int) *hands {
	config := DefaultConfig()
	config.Placement = NewPlacement(servers, origins)
	config.Configured = make([]uint16, origins)
	for id := range min(3, servers) {
		config.Swim.Seeds = append(config.Swim.Seeds, node.ID(id))
	}
	h := &hands{t: t, config: config}
	for id := range servers {
		h.all = append(h.all, &hand{id: node.ID(id), deaf: true, probed: map[uint32]int{}})
	}
	t.Cleanup(h.checkReadings)
	return h
}

// start begins a life of a server, with what its last one saved.
func (h *hands) start(id node.ID) *hand {
	s := h.all[id]
	s.deaf = false
	h.begin(s)
	return s
}

// begin begins a life of a server that may be deaf.
func (h *hands) begin(s *hand) {
	require.NoError(h.t, h.config.Validate())
	s.Agent = New(h.config, s.id, rng.Stream(uint64(h.now), "agent", uint64(s.id)))
	for t := range s.alarms {
		s.alarms[t] = clock.Never
	}
	s.Agent.Start(h.now, s.disk, &s.out)
	h.settle()
}

// startAll starts every server, one a millisecond, and plays until all are ready.
func (h *hands) startAll() {
	for id := range h.all {
		h.start(node.ID(id))
		h.advance(time.Millisecond)
	}
	h.advance(h.config.JoinGrace)
	for _, s := range h.all {
		require.True(h.t, s.Ready())
	}
}

// advance plays for a while.
func (h *hands) advance(d time.Duration) {
	end := h.now.Add(d)
	for {
		next, timer := h.earliest()
		if next == nil || next.alarms[timer] > end {
			break
		}
		h.now = max(h.now, next.alarms[timer])
		next.alarms[timer] = clock.Never
		next.Wake(h.now, timer, &next.out)
		h.settle()
	}
	h.now = end
}

func (h *hands) earliest() (next *hand, timer node.TimerID) {
	at := clock.Never
	for _, s := range h.all {
		for t, alarm := range s.alarms {
			if s.Agent != nil && alarm < at {
				next, timer, at = s, node.TimerID(t), alarm
			}
		}
	}
	return next, timer
}

// settle carries out effects until there are none.
func (h *hands) settle() {
	for moved := true; moved; {
		moved = false
		for _, s := range h.all {
			if s.hasEffects() {
				s.out, s.taken = s.taken, s.out
				h.carryOut(s, &s.taken)
				s.taken.Reset()
				moved = true
			}
		}
	}
	for _, s := range h.all {
		h.checkInvariants(s)
	}
}

// checkInvariants checks those of the package documentation that can be seen at any time.
func (h *hands) checkInvariants(s *hand) {
	if s.Agent == nil {
		return
	}
	if !s.Ready() && s.checks.CheckingCount() > 0 {
		h.t.Fatalf("1: server %d checks origins and is not ready", s.id)
	}
	next, alarm := min(s.checks.Next(), s.table.Next()), s.alarms[timerChecks]
	if next != alarm {
		h.t.Fatalf("2: server %d has something to do at %v, and an alarm at %v", s.id, next, alarm)
	}
}

// checkReadings checks those invariants that take a look at every origin. Every test ends with it.
func (h *hands) checkReadings() {
	for _, s := range h.all {
		if s.Agent != nil {
			h.checkReadingsOf(s)
		}
	}
}

func (h *hands) checkReadingsOf(s *hand) {
	for o := range uint32(h.config.Placement.Origins()) {
		definition, registered := s.registration(o)
		if as, known := s.Known(o); known != registered || known && as != definition {
			h.t.Fatalf("3: server %d knows origin %d: %v by %d, and reads %v by %d",
				s.id, o, known, as, registered, definition)
		}
		claim := s.claim(o)
		claimed := claim.Status
		real := !claim.Contested && (claimed == health.Healthy || claimed == health.Unhealthy)
		if believed := s.Status(o); registered && real && believed != claimed ||
			!registered && believed != health.Unknown {
			h.t.Fatalf("4: server %d believes %v of origin %d (%v), claimed to be %v",
				s.id, believed, o, registered, claimed)
		}
	}
}

func (s *hand) hasEffects() bool {
	o := &s.out
	return o.HasSave || o.AnyAlarm() || len(o.Sends)+len(o.Calls)+len(o.Probes)+len(o.Events) > 0
}

func (h *hands) carryOut(s *hand, o *node.Out[wire.Message]) {
	s.events = append(s.events, o.Events...)
	if o.HasSave {
		s.disk = append(s.disk[:0], o.Saved...)
	}
	for t := range node.TimerID(node.MaxTimers) {
		if at, set := o.Alarmed(t); set {
			s.alarms[t] = at
		}
	}
	for i := range o.Sends {
		if to := h.all[o.Sends[i].To]; !to.deaf && !s.deaf {
			to.Receive(h.now, s.id, &o.Sends[i].Message, &to.out)
		}
	}
	for i := range o.Calls {
		h.call(s, &o.Calls[i])
	}
	for _, p := range o.Probes {
		s.probed[p.Origin]++
		outcome := node.Succeeded
		if s.down {
			outcome = node.Failed
		}
		s.Probed(h.now, node.ProbeResult{Origin: p.Origin, Token: p.Token, Outcome: outcome}, &s.out)
	}
}

// call carries out a stream request: to a server that cannot be reached it times out, at once.
func (h *hands) call(s *hand, c *node.Call[wire.Message]) {
	if c.Message.Kind == wire.Gossip {
		s.pulls++
	}
	to := h.all[c.To]
	if to.deaf || s.deaf {
		s.Returned(h.now, c.To, c.ID, nil, node.Timeout, &s.out)
		return
	}
	h.reply.Reset()
	require.True(h.t, to.Serve(h.now, s.id, &c.Message, &h.reply, &to.out))
	s.Returned(h.now, c.To, c.ID, &h.reply, node.OK, &s.out)
}

// result returns what server s reads of an origin.
func (s *hand) result(o uint32) (result Sibling, found bool) {
	if counts := s.read(origin.Result(o), s.covers); counts != nil {
		return *counts, true
	}
	return Sibling{}, false
}

// saw counts the events of a kind that s has emitted.
func (s *hand) saw(kind node.EventKind) int {
	count := 0
	for _, e := range s.events {
		if e.Kind == kind {
			count++
		}
	}
	return count
}

// checking returns how many servers check each origin.
func (h *hands) checking() []int {
	counts := make([]int, h.config.Placement.Origins())
	for _, s := range h.all {
		for origin := range counts {
			if s.Agent != nil && s.checks.Checking(uint32(origin)) {
				counts[origin]++
			}
		}
	}
	return counts
}

// requireStatus demands that the server believes the same of every origin.
func (h *hands) requireStatus(s *hand, want health.Status) {
	for origin := range h.config.Placement.Origins() {
		require.Equal(h.t, want, s.Status(uint32(origin)), "server %d, origin %d", s.id, origin)
	}
}

// interval is the time between two probes of an origin.
func (h *hands) interval() time.Duration { return h.config.Health.Definitions[0].Interval }
