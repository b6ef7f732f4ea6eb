package world_test

import (
	"time"

	"butterfly/checkers"
	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// prober does SWIM's steady traffic and nothing else: once a second it pings a random peer and sets
// a time-out, which the peer's ack clears.
type prober struct {
	self   node.ID
	hosts  int
	rand   rng.Rand
	period uint64
}

const (
	periodSlot node.TimerID = iota
	timeoutSlot
)

type ping struct {
	period uint64
	ack    bool
}

func (p *prober) Start(now clock.Time, _ []byte, out *node.Out[ping]) {
	out.Alarm(periodSlot, now.Add(time.Duration(p.rand.Below(uint64(time.Second)))))
}

func (p *prober) Wake(now clock.Time, slot node.TimerID, out *node.Out[ping]) {
	if slot == timeoutSlot {
		return
	}
	p.period++
	peer := node.ID((int(p.self) + 1 + p.rand.Intn(p.hosts-1)) % p.hosts)
	out.Send(peer).period = p.period
	out.Emit(node.Event{Kind: node.MemberProbed, Subject: uint32(peer)})
	out.Alarm(periodSlot, now.Add(time.Second))
	out.Alarm(timeoutSlot, now.Add(500*ms))
}

func (p *prober) Receive(_ clock.Time, from node.ID, m *ping, out *node.Out[ping]) {
	if !m.ack {
		*out.Send(from) = ping{period: m.period, ack: true}
	} else if m.period == p.period {
		out.Alarm(timeoutSlot, clock.Never)
	}
}

// onlooker is a checker that counts events.
type onlooker struct{ events int }

func (*onlooker) Watches() checkers.Kind { return checkers.Event }

func (c *onlooker) Observe(*checkers.Observation, checkers.View, *checkers.Report) { c.events++ }

// probers returns the spec of hosts that probe each other in a data centre, watched by two
// checkers.
func probers(hosts int) world.Spec[ping] {
	return world.Spec[ping]{
		Name: "probers", Seed: 7, Hosts: hosts, StartSpread: time.Second, Duration: 1000 * time.Hour,
		Machine: func(self node.ID, rand rng.Rand) node.Machine[ping] {
			return &prober{self: self, hosts: hosts, rand: rand}
		},
		Size:     func(*ping) int { return 40 },
		Network:  netmodel.Config{Latency: netmodel.Uniform(ms/2, 3*ms/2)},
		Checkers: []checkers.Checker{&onlooker{}, &onlooker{}},
	}
}
