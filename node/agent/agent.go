package agent

import (
	"slices"

	"butterfly/node"
	"butterfly/node/gossip"
	"butterfly/node/health"
	"butterfly/node/origin"
	"butterfly/node/routing"
	"butterfly/node/swim"
	"butterfly/node/wire"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// Timer slots above those of swim.
const (
	timerGossip = swim.Timers + iota // the next round is due
	timerChecks                      // the checks or the routing have something to do
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
	gossip  *gossip.Gossip[uint32, origin.Value]
	checks  *health.Checks
	table   *routing.Table
	ready   bool

	lives     []uint64        // by server: the generation of its life in the group, or why there is none
	missing   int             // how many servers have noLife: they may come, and know what nobody here does
	beliefs   []health.Status // by origin
	contested shortlist       // origins that may have more than one result in the map
	orphans   shortlist       // origins that may have a result in the map and are not to be checked
	spared    int             // how many orphans are for others to remove, as the group is now
	moved     bool            // the group has changed since the last review
	resulted  bool            // the map has had a result
	merged    bool            // this input has brought news of the map
	written   bool            // this input has written to the map, which has not been said yet

	siblings []Sibling               // of the key that was read last
	armed    clock.Time              // what timerChecks is set to
	now      clock.Time              // of the input being handled
	out      *node.Out[wire.Message] // of the input being handled, nil between inputs
}

// New returns the agent of one life of server self. rand is a stream of its own. config must be
// valid.
func New(config Config, self node.ID, rand rng.Rand) *Agent {
	config.Swim.MaxMembers = min(config.Swim.MaxMembers, config.Placement.Servers())
	a := &Agent{config: config, self: self, rand: rand, armed: clock.Never}
	a.swim = swim.New(config.Swim, self, a.stream("swim"))
	a.expectServers()
	origins := config.Placement.Origins()
	a.beliefs = make([]health.Status, origins)
	a.contested.listed, a.orphans.listed = make([]bool, origins), make([]bool, origins)
	return a
}

// expectServers begins with no server in the group: those there are by the placement are missed, or
// none is that has yet to be heard of.
func (a *Agent) expectServers() {
	absent := uint64(noLife)
	if a.config.OpenGroup {
		absent = unheard
	}
	a.lives = slices.Repeat([]uint64{absent}, a.config.Placement.Servers())
	if !a.config.OpenGroup {
		a.missing = len(a.lives)
	}
}

// stream returns a stream of its own for one part of the agent.
func (a *Agent) stream(part string) rng.Rand { return rng.Stream(a.rand.Uint64(), part, 0) }

// Start implements [node.Machine].
func (a *Agent) Start(now clock.Time, saved []byte, out *node.Out[wire.Message]) {
	a.begin(now, out)
	a.swim.Start(now, saved, &a.swimOut)
	a.live(a.self, a.swim.Generation())
	a.startParts()
	for o, definition := range a.config.Configured {
		a.admit(uint32(o), definition)
	}
	a.gossip.Start(now, effects{out})
	out.Alarm(timerGrace, now.Add(a.config.JoinGrace))
	a.passSwim()
	a.settle()
}

// startParts makes those parts that need to know which life this is.
func (a *Agent) startParts() {
	newStore := a.config.NewStore
	if newStore == nil {
		newStore = NewMap
	}
	placement := a.config.Placement
	a.store = newStore(a.Actor(), placement)
	a.checks = health.New(a.config.Health, a.self, a.swim.Generation(), placement.Origins(),
		placement.score, a.stream("health"))
	a.missSeeds()
	a.table = routing.New(a.config.Routing, placement.Origins())
	a.gossip = gossip.New(a.config.Gossip, a.store, a.swim, a.stream("gossip"), a.passKey)
	a.gossip.GroupChanged(a.whole())
}

// Receive implements [node.Machine].
func (a *Agent) Receive(
	now clock.Time, from node.ID, m *wire.Message, out *node.Out[wire.Message],
) {
	a.begin(now, out)
	a.checks.Heard(now)
	if m.Kind == wire.Swim {
		a.swim.Receive(now, from, &m.Swim, &a.swimOut)
		a.passSwim()
	}
	a.settle()
}

// Wake implements [node.Machine].
func (a *Agent) Wake(now clock.Time, t node.TimerID, out *node.Out[wire.Message]) {
	a.begin(now, out)
	switch t {
	case timerGossip:
		a.gossip.Wake(now, effects{out})
	case timerGrace:
		a.becomeReady()
	case timerChecks:
		a.armed = clock.Never
	default:
		a.swim.Wake(now, t, &a.swimOut)
		a.passSwim()
	}
	a.settle()
}

// Serve implements [node.Server].
func (a *Agent) Serve(
	now clock.Time, from node.ID, request, reply *wire.Message, out *node.Out[wire.Message],
) (served bool) {
	a.begin(now, out)
	a.checks.Heard(now)
	switch request.Kind {
	case wire.Swim:
		reply.Kind = wire.Swim
		served = a.swim.Serve(now, from, &request.Swim, &reply.Swim, &a.swimOut)
		a.passSwim()
	case wire.Gossip:
		reply.Kind = wire.Gossip
		served = a.serveGossip(from, &request.Gossip, &reply.Gossip)
	}
	a.settle()
	return served
}

// Returned implements [node.Caller].
func (a *Agent) Returned(
	now clock.Time, from node.ID, call node.CallID, reply *wire.Message, failure node.Failure,
	out *node.Out[wire.Message],
) {
	a.begin(now, out)
	if failure != node.Timeout {
		a.checks.Heard(now)
	}
	if call&gossipCall != 0 {
		a.endGossip(from, call, reply)
	} else {
		a.endSync(from, call, reply, failure)
	}
	a.settle()
}

// Probed implements [node.Prober].
func (a *Agent) Probed(now clock.Time, result node.ProbeResult, out *node.Out[wire.Message]) {
	a.begin(now, out)
	if status, write := a.checks.Probed(now, result); write {
		a.put(origin.Result(result.Origin), origin.Value(status))
	}
	a.settle()
}

// Leave implements [node.Leaver]. Until the driver stops it, the agent goes on checking: whoever
// takes over has to hear of it first.
func (a *Agent) Leave(now clock.Time, out *node.Out[wire.Message]) {
	a.begin(now, out)
	a.swim.Leave(now, &a.swimOut)
	a.passSwim()
	a.settle()
}

// Describe has the server say something else of itself, to all others: at most [swim.MaxMetadata]
// bytes, which [Agent.Member] returns there. The error says by how much it is too long.
func (a *Agent) Describe(now clock.Time, metadata []byte, out *node.Out[wire.Message]) error {
	a.begin(now, out)
	err := a.swim.Describe(now, metadata, &a.swimOut)
	a.passSwim()
	a.settle()
	return err
}

// Define adds one more way of checking to those that registrations name by number, and returns its
// number: the next one. It is between this server and its driver: others have to be told, and may
// give it another. The server must have started. The errors are those of [health.Checks.Define].
func (a *Agent) Define(d health.Definition) (number uint16, err error) {
	number, err = a.checks.Define(d)
	a.config.Health.Definitions = a.checks.Definitions()
	return number, err
}

func (a *Agent) begin(now clock.Time, out *node.Out[wire.Message]) { a.now, a.out = now, out }

// settle ends an input: it carries out what the parts ask for after it.
func (a *Agent) settle() {
	a.review()
	if a.written {
		a.written = false
		a.emitMapChanged()
	}
	for a.checks.Next() <= a.now {
		if probe, due := a.checks.Due(a.now); due {
			a.out.Probe(probe)
		}
	}
	if a.table.Next() <= a.now {
		a.table.Wake(a.now)
	}
	a.emit(a.checks.TakeEvents())
	a.emit(a.table.TakeEvents())
	if next := min(a.checks.Next(), a.table.Next()); next != a.armed {
		a.armed = next
		a.out.Alarm(timerChecks, next)
	}
	a.out, a.merged = nil, false
}

func (a *Agent) emit(events []node.Event) {
	for _, e := range events {
		a.out.Emit(e)
	}
}
