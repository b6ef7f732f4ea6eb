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
	mute    func(from, to node.ID) bool // no datagram passes, but streams do
	log     []logged
	probes  []probeStart
	sent    int // datagrams
}

type host struct {
	member *Swim
	up     bool
	life   int
	disk   []byte
	alarms [Timers]clock.Time
	out    effects
	asleep clock.Time // until then its alarms wait
	floors floors
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

// whole cuts nothing.
func whole(_, _ node.ID) bool { return false }

// around cuts one member off from all others.
func around(id node.ID) func(from, to node.ID) bool {
	return func(from, to node.ID) bool { return (from == id) != (to == id) }
}

func newCluster(t *testing.T, n int, config Config, seed uint64) *cluster {
	return &cluster{
		t: t, config: config, seed: seed,
		hosts: make([]host, n), rand: rng.Stream(seed, "network", 0),
		latency: time.Millisecond, cut: whole, mute: whole,
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
	c.log, c.probes = nil, nil
	return c
}

func (c *cluster) start(id node.ID, saved []byte) {
	h := &c.hosts[id]
	h.up, h.life, h.floors = true, h.life+1, nil
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
	h.floors.check(c.t, h.member)
	for i := range h.out.Sends {
		c.carrySend(id, &h.out.Sends[i])
	}
	for i := range h.out.Calls {
		c.carryCall(id, &h.out.Calls[i])
	}
	for _, e := range h.out.Events {
		if e.Kind == node.MemberProbed {
			c.probes = append(c.probes, probeStart{c.now, id, node.ID(e.Subject)})
			continue
		}
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
	life := c.hosts[id].life
	var ring func(h *host)
	ring = func(h *host) {
		switch {
		case h.alarms[t] != at:
		case c.now < h.asleep:
			c.after(h.asleep.Sub(c.now), id, life, ring)
		default:
			h.alarms[t] = clock.Never
			h.member.Wake(c.now, t, &h.out)
		}
	}
	c.after(at.Sub(c.now), id, life, ring)
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

// total returns how many events of a kind were emitted.
func (c *cluster) total(kind node.EventKind) int {
	n := 0
	for id := range c.hosts {
		n += c.count(kind, node.ID(id))
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
