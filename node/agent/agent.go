package agent

import (
	"butterfly/node"
	"butterfly/node/crdt"
	"butterfly/node/gossip"
	"butterfly/node/health"
	"butterfly/node/swim"
	"butterfly/node/wire"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// Timer slots above those of swim.
const (
	timerGossip = swim.Timers + iota // the next round is due
	timerChecks                      // the checks have something to do
	timerGrace                       // waited long enough for others
)

// Agent is one server. It implements every interface of the node contract for messages of type
// [wire.Message].
type Agent struct {
	config Config
	self   node.ID
	rand   rng.Rand

	swim    *swim.Swim
	swimOut node.Out[swim.Message] // what swim asks for, on its way into the agent's own effects
	store   Store
	gossip  *gossip.Gossip[uint32, health.Status]
	checks  *health.Checks
	ready   bool

	armed clock.Time // what timerChecks is set to
	now   clock.Time // of the input being handled, for passClaim
}

// New returns the agent of one life of server self. rand is a stream of its own. config must be
// valid.
func New(config Config, self node.ID, rand rng.Rand) *Agent {
	config.Swim.MaxMembers = min(config.Swim.MaxMembers, config.Placement.Servers())
	a := &Agent{config: config, self: self, rand: rand, armed: clock.Never}
	a.swim = swim.New(config.Swim, self, a.stream("swim"))
	return a
}

// stream returns a stream of its own for one part of the agent.
func (a *Agent) stream(part string) rng.Rand { return rng.Stream(a.rand.Uint64(), part, 0) }

// Start implements [node.Machine].
func (a *Agent) Start(now clock.Time, saved []byte, out *node.Out[wire.Message]) {
	a.now = now
	a.swim.Start(now, saved, &a.swimOut)
	generation := a.swim.Generation()
	newStore := a.config.NewStore
	if newStore == nil {
		newStore = NewMap
	}
	a.store = newStore(crdt.NewActor(a.self, generation), a.config.Placement)
	a.checks = health.New(a.config.Health, a.self, generation,
		a.config.Placement.Origins(), a.config.Placement.Score, a.stream("health"))
	a.gossip = gossip.New(a.config.Gossip, a.store, a.swim, a.stream("gossip"), a.passClaim)
	a.gossip.Start(now, effects{out})
	out.Alarm(timerGrace, now.Add(a.config.JoinGrace))
	a.settle(out)
}

// Receive implements [node.Machine].
func (a *Agent) Receive(now clock.Time, from node.ID, m *wire.Message, out *node.Out[wire.Message]) {
	a.now = now
	if m.Kind == wire.Swim {
		a.swim.Receive(now, from, &m.Swim, &a.swimOut)
	}
	a.settle(out)
}

// Wake implements [node.Machine].
func (a *Agent) Wake(now clock.Time, t node.TimerID, out *node.Out[wire.Message]) {
	a.now = now
	switch t {
	case timerGossip:
		a.gossip.Wake(now, effects{out})
	case timerGrace:
		a.becomeReady(out)
	case timerChecks:
		a.armed = clock.Never
	default:
		a.swim.Wake(now, t, &a.swimOut)
	}
	a.settle(out)
}

// Serve implements [node.Server].
func (a *Agent) Serve(
	now clock.Time, from node.ID, request, reply *wire.Message, out *node.Out[wire.Message],
) (served bool) {
	a.now = now
	switch request.Kind {
	case wire.Swim:
		reply.Kind = wire.Swim
		served = a.swim.Serve(now, from, &request.Swim, &reply.Swim, &a.swimOut)
	case wire.Gossip:
		reply.Kind = wire.Gossip
		served = a.serveGossip(from, &request.Gossip, &reply.Gossip, out)
	}
	a.settle(out)
	return served
}

// Returned implements [node.Caller].
func (a *Agent) Returned(
	now clock.Time, from node.ID, call node.CallID, reply *wire.Message, failure node.Failure,
	out *node.Out[wire.Message],
) {
	a.now = now
	if call&gossipCall != 0 {
		a.endGossip(from, call, reply, out)
	} else {
		a.endSync(from, call, reply, failure)
	}
	a.settle(out)
}

// Probed implements [node.Prober].
func (a *Agent) Probed(now clock.Time, result node.ProbeResult, out *node.Out[wire.Message]) {
	a.now = now
	if status, write := a.checks.Probed(now, result); write {
		a.write(result.Origin, status, out)
	}
	a.settle(out)
}

// Leave implements [node.Leaver]. Until the driver stops it, the agent goes on checking: whoever
// takes over has to hear of it first.
func (a *Agent) Leave(now clock.Time, out *node.Out[wire.Message]) {
	a.now = now
	a.swim.Leave(now, &a.swimOut)
	a.settle(out)
}

// Digest implements [node.Digester].
func (a *Agent) Digest() uint64 {
	return rng.Mix(a.store.VersionHash()) ^ a.store.StateHash()
}

// Ready reports whether the agent takes part in the checking.
func (a *Agent) Ready() bool { return a.ready }

// Status is what this server believes of an origin: what its replica of the map says.
func (a *Agent) Status(origin uint32) health.Status {
	record, _ := a.store.Get(origin)
	return record.Value
}

// settle carries out what the parts ask for after an input, until none asks for more.
func (a *Agent) settle(out *node.Out[wire.Message]) {
	a.passSwim(out)
	for {
		probe, due := a.checks.Due(a.now)
		if !due {
			break
		}
		out.Probe(probe)
	}
	for _, e := range a.checks.TakeEvents() {
		out.Emit(e)
	}
	if next := a.checks.Next(); next != a.armed {
		a.armed = next
		out.Alarm(timerChecks, next)
	}
}
