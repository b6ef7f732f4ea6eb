package swim

import (
	"container/heap"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// cluster drives members on a small deterministic network: one latency, datagram loss, cut links.
// Streams never lose anything on a link that is not cut.
type cluster struct {
	t       *testing.T
	config  Config
	now     clock.Time
	events  pending
	births  uint64
	seed    uint64
	hosts   []host
	rand    rng.Rand
	latency time.Duration
	loss    rng.PPM
	cut     func(from, to node.ID) bool
	log     []logged
	probes  []probeStart
	failed  int // probes of which no ack came by the end of the period
}

type host struct {
	member *Swim
	up     bool
	life   int
	disk   []byte
	alarms [Timers]clock.Time
	out    effects
}

type logged struct {
	at    clock.Time
	host  node.ID
	event node.Event
}

type probeStart struct {
	at             clock.Time
	prober, target node.ID
}

// event is one thing to come at a host; it is void if the host's life is another one by then.
type event struct {
	at     clock.Time
	birth  uint64
	host   node.ID
	life   int // -1: whichever runs then
	happen func(h *host)
}

// failer is what fails a test, of testing or of rapid.
type failer interface {
	Fatal(...any)
	Fatalf(string, ...any)
}

type pending []event

func (p pending) Len() int { return len(p) }
func (p pending) Less(i, j int) bool {
	return p[i].at < p[j].at || p[i].at == p[j].at && p[i].birth < p[j].birth
}
func (p pending) Swap(i, j int) { p[i], p[j] = p[j], p[i] }
func (p *pending) Push(x any)   { *p = append(*p, x.(event)) }
func (p *pending) Pop() any {
	last := (*p)[len(*p)-1]
	*p = (*p)[:len(*p)-1]
	return last
}

// testConfig is the default one with the first three hosts as seeds.
func testConfig() Config {
	config := DefaultConfig()
	config.Seeds = []node.ID{0, 1, 2}
	return config
}

func newCluster(t *testing.T, n int, config Config, seed uint64) *cluster {
	return &cluster{
		t: t, config: config, seed: seed,
		hosts: make([]host, n), rand: rng.Stream(seed, "network", 0),
		latency: time.Millisecond, cut: func(_, _ node.ID) bool { return false },
	}
}

// formed returns a cluster of n started members that all know each other.
func formed(t *testing.T, n int, config Config, seed uint64) *cluster {
	c := newCluster(t, n, config, seed)
	for id := range c.hosts {
		c.start(node.ID(id), nil)
	}
	c.run(30 * time.Second)
	c.requireAll(Alive)
	c.log, c.probes, c.failed = nil, nil, 0
	return c
}

func (c *cluster) start(id node.ID, saved []byte) {
	h := &c.hosts[id]
	h.up, h.life = true, h.life+1
	for i := range h.alarms {
		h.alarms[i] = clock.Never
	}
	h.member = New(c.config, id, rng.Named(c.seed, "swim").At2(uint64(id), uint64(h.life)))
	h.member.Start(c.now, saved, &h.out)
	c.carryOut(id)
}

func (c *cluster) crash(id node.ID) { c.hosts[id].up = false; c.hosts[id].life++ }

func (c *cluster) member(id node.ID) *Swim { return c.hosts[id].member }

// run lets the given time pass.
func (c *cluster) run(span time.Duration) {
	end := c.now.Add(span)
	for len(c.events) > 0 && c.events[0].at <= end {
		e := heap.Pop(&c.events).(event)
		c.now = e.at
		h := &c.hosts[e.host]
		if h.up && (e.life == -1 || e.life == h.life) {
			e.happen(h)
			c.carryOut(e.host)
		}
	}
	c.now = end
}

func (c *cluster) after(span time.Duration, id node.ID, life int, happen func(h *host)) {
	c.births++
	heap.Push(&c.events, event{c.now.Add(span), c.births, id, life, happen})
}

// carryOut does what host id asked for in its last step.
func (c *cluster) carryOut(id node.ID) {
	h := &c.hosts[id]
	checkInvariants(c.t, h.member)
	for i := range h.out.Sends {
		c.carrySend(id, &h.out.Sends[i])
	}
	for i := range h.out.Calls {
		c.carryCall(id, &h.out.Calls[i])
	}
	for _, e := range h.out.Events {
		c.log = append(c.log, logged{c.now, id, e})
	}
	for t := range node.TimerID(Timers) {
		if at, set := h.out.Alarmed(t); set {
			c.setAlarm(id, t, at)
		}
	}
	if h.out.HasSave {
		h.disk = append([]byte(nil), h.out.Saved...)
	}
	h.out.Reset()
}

func (c *cluster) setAlarm(id node.ID, t node.TimerID, at clock.Time) {
	c.hosts[id].alarms[t] = at
	if at == clock.Never {
		return
	}
	c.after(at.Sub(c.now), id, c.hosts[id].life, func(h *host) {
		if h.alarms[t] == at {
			h.alarms[t] = clock.Never
			if t == PeriodTimer && h.member.probe.pending {
				c.failed++
			}
			h.member.Wake(c.now, t, &h.out)
		}
	})
}

func (c *cluster) carrySend(from node.ID, send *node.Send[Message]) {
	m := copied(&send.Message)
	require.LessOrEqual(c.t, len(m.Updates), c.config.MaxUpdates)
	require.NotEqual(c.t, from, send.To, "a member sends itself nothing")
	if m.Kind == Ping && m.Origin == from {
		c.probes = append(c.probes, probeStart{c.now, from, send.To})
	}
	lost := c.loss.Hit(&c.rand)
	if lost || c.cut(from, send.To) || int(send.To) >= len(c.hosts) {
		return
	}
	c.after(c.latency, send.To, -1, func(h *host) { h.member.Receive(c.now, from, &m, &h.out) })
}

func (c *cluster) carryCall(from node.ID, call *node.Call[Message]) {
	to, id, life, request := call.To, call.ID, c.hosts[from].life, copied(&call.Message)
	if c.cut(from, to) || int(to) >= len(c.hosts) || !c.hosts[to].up {
		c.after(call.Timeout, from, life, func(h *host) {
			h.member.Returned(c.now, to, id, nil, node.Timeout, &h.out)
		})
		return
	}
	c.after(c.latency, to, -1, func(h *host) {
		var reply Message
		h.member.Serve(c.now, from, &request, &reply, &h.out)
		c.after(c.latency, from, life, func(h *host) {
			h.member.Returned(c.now, to, id, &reply, node.OK, &h.out)
		})
	})
}

func copied(m *Message) Message {
	c := *m
	c.Updates = append([]Update(nil), m.Updates...)
	return c
}

// leave makes host id leave and stops it when its goodbyes have been sent.
func (c *cluster) leave(id node.ID) {
	c.member(id).Leave(c.now, &c.hosts[id].out)
	c.carryOut(id)
	c.run(c.latency)
	c.crash(id)
}

// requireView demands that every running member but about itself holds about to be state.
func (c *cluster) requireView(about node.ID, state State) {
	for id, h := range c.hosts {
		if h.up && node.ID(id) != about {
			require.Equal(c.t, state, h.member.State(about), "%d's view of %d", id, about)
		}
	}
}

func (c *cluster) requireAll(state State) {
	for id := range c.hosts {
		c.requireView(node.ID(id), state)
	}
}

// count returns how many events of a kind about subject were emitted.
func (c *cluster) count(kind node.EventKind, subject node.ID) int {
	n := 0
	for _, l := range c.log {
		if l.event.Kind == kind && l.event.Subject == uint32(subject) {
			n++
		}
	}
	return n
}

// last returns when the last event of a kind about subject was emitted.
func (c *cluster) last(kind node.EventKind, subject node.ID) clock.Time {
	at := clock.Time(-1)
	for _, l := range c.log {
		if l.event.Kind == kind && l.event.Subject == uint32(subject) {
			at = l.at
		}
	}
	return at
}

// checkInvariants checks the numbered invariants of entry, and those of roster and queue.
func checkInvariants(t failer, s *Swim) {
	live, places := 0, 0
	for id := range s.members.entries {
		e, self := s.members.entries[id], node.ID(id) == s.self
		if e.state.live() && !self {
			live++
			if s.members.live[e.position] != node.ID(id) {
				t.Fatalf("invariant 1: %d is live and not in its place", id)
			}
		}
		ends := e.state == Suspect || e.state.gone()
		if !self && ends != (e.deadline > 0) {
			t.Fatalf("invariant 2: %d is %v with deadline %v", id, e.state, e.deadline)
		}
		if e.state == Unknown && (e.incarnation != 0 || e.accuser != 0) {
			t.Fatalf("invariant 3: %d is forgotten and still there: %+v", id, e)
		}
		if e.state.live() && !self && !e.listed {
			t.Fatalf("invariant 4: %d is live and never probed", id)
		}
		if e.listed {
			places++
		}
	}
	if live != len(s.members.live) || places != len(s.roster.order) {
		t.Fatalf("%d live of %d, %d listed of %d",
			live, len(s.members.live), places, len(s.roster.order))
	}
	if s.members.at(s.self).incarnation != s.incarnation {
		t.Fatal("the member disagrees with its own entry")
	}
	checkQueue(t, &s.queue)
}
