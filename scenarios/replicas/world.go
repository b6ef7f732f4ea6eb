package replicas

import (
	"cmp"
	"time"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/rng"
	"butterfly/sim/trace"
)

// World is a world of replicas.
type World = world.World[Message]

// Options change how a run is carried out and nothing about what happens in it: the fingerprint is
// the same with any of them.
type Options struct {
	// Codec makes every message travel as bytes.
	Codec bool
	// PlainHeap swaps the event queue for its oracle.
	PlainHeap bool
	// Coverage makes the result say what happened during which faults.
	Coverage bool
	// Trace, when set, receives the history of the run.
	Trace *trace.Writer
}

// Build makes the world of a scenario that has Replicas, and a seed. The scenario must be valid;
// what the seed decides about it, if it still is to, is decided.
func Build(s scenarios.Scenario, seed uint64, options Options) *World {
	return newGroup(s, seed).build(options)
}

// Settle is how long a run of a scenario that has been expanded has to go on after its last fault
// for everything to be judged.
func Settle(s *scenarios.Scenario) time.Duration {
	b := NewBounds(s)
	return b.Settle()
}

// group is what a run is made of.
type group struct {
	scenario scenarios.Scenario // expanded
	seed     uint64
	config   Config
	bounds   Bounds
	meter    meter
	world    *World // for the checkers, which look at the replicas
}

func newGroup(s scenarios.Scenario, seed uint64) *group {
	g := &group{scenario: s.Expand(seed), seed: seed}
	g.meter.limit = g.scenario.Replicas.Limit
	g.bounds = NewBounds(&g.scenario)
	g.config = newConfig(&g.scenario, &g.bounds)
	return g
}

func (g *group) build(options Options) *World { return g.start(g.spec(options)) }

func (g *group) start(spec world.Spec[Message]) *World {
	g.world = world.New(spec)
	return g.world
}

func (g *group) spec(options Options) world.Spec[Message] {
	s := &g.scenario
	spec := world.Spec[Message]{
		Name: s.Name, Seed: g.seed, Hosts: s.Servers, Size: g.meter.size,
		Machine: func(id node.ID, rand rng.Rand) node.Machine[Message] {
			return NewReplica(g.config, id, s.Servers, rand)
		},
		Network: netmodel.Config{
			Latency: s.Latency.Latency, Loss: s.LossPPM, MTU: 1400, Bandwidth: 125_000_000,
		},
		Faults: s.Faults, Schedule: s.Schedule, Duration: s.Duration.Duration(),
		Checkers: g.checkers(), BareCarrier: s.BareCarrier, Places: s.Where(), Beyond: g.beyond(),
		Catch: true, Off: s.Off,
		PlainHeap: options.PlainHeap, Trace: options.Trace, Coverage: options.Coverage,
	}
	spec.Codec = g.meter.codec(options.Codec)
	return spec
}

// mostLoss is the steady loss up to which the promises are made.
const mostLoss = scenarios.BudgetLossPPM

// beyond says why the promises are not made for a network or a load like the scenario's; empty if
// they are. A contact takes a handshake, a request and a reply: four trips.
func (g *group) beyond() string {
	s := &g.scenario
	late := newBacklog(s, success(s.Replicas.Mode, s.LossPPM))
	return cmp.Or(s.WorseThan(mostLoss, g.bounds.Timeout/4), late.beyond())
}

// replica is what runs on a host; nil while it is down.
func (g *group) replica(host node.ID) *Replica {
	bearer, _ := g.world.Machine(host).(bearer)
	if bearer == nil {
		return nil
	}
	return bearer.replica()
}

// bearer is a machine that has a replica: a [Replica], whatever it is wrapped in.
type bearer interface{ replica() *Replica }

func (r *Replica) replica() *Replica { return r }
