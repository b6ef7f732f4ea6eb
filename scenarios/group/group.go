package group

import (
	"time"

	"butterfly/checkers"
	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/node/swim"
	"butterfly/node/wire"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/rng"
	"butterfly/sim/trace"
)

// World is a world of members of SWIM.
type World = world.World[swim.Message]

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
	// Timeline, when set, records the run. It belongs to one world.
	Timeline *checkers.Timeline
}

// Build makes the world of a scenario that has a Group, and a seed. The scenario must be valid, and
// its parameters go together ([Config]); what the seed decides about it, if it still is to, is
// decided.
func Build(s scenarios.Scenario, seed uint64, options Options) *World {
	return world.New(newGroup(s, seed).spec(options))
}

// group is what a run is made of.
type group struct {
	scenario scenarios.Scenario // expanded
	seed     uint64
	config   swim.Config
	bounds   Bounds
	promised bool
	mistakes rng.PPM // how likely a probe of a member that is up is to fail; 0 if that is unknown
}

func newGroup(s scenarios.Scenario, seed uint64) *group {
	s = s.Expand(seed)
	config, err := Config(&s)
	if err != nil {
		panic(err)
	}
	return &group{
		s, seed, config, NewBounds(&s, &config), promised(&s, &config), mistakes(&s, &config),
	}
}

func (g *group) spec(options Options) world.Spec[swim.Message] {
	s := &g.scenario
	spec := world.Spec[swim.Message]{
		Name: s.Name, Seed: g.seed, Hosts: s.Servers, Machine: g.machine, Size: wire.SizeSwim,
		Network: netmodel.Config{
			Latency: s.Latency.Latency, Loss: s.LossPPM, MTU: 1400, Bandwidth: 125_000_000,
		},
		Faults: s.Faults, Schedule: s.Schedule, Duration: s.Duration.Duration(),
		Checkers: g.checkers(), BareCarrier: s.BareCarrier, Places: s.Where(), Beyond: g.beyond(),
		Catch: true, Off: s.Off,
		PlainHeap: options.PlainHeap, Trace: options.Trace, Coverage: options.Coverage,
	}
	spec.Codec = new(envelope).codec()
	spec.Codec.DamagedOnly = !options.Codec
	if t := options.Timeline; t != nil {
		t.Begin(0, nil) // there are no origins to have a status
		spec.Checkers = append(spec.Checkers, t)
	}
	return spec
}

// machine builds one life of a member.
func (g *group) machine(id node.ID, rand rng.Rand) node.Machine[swim.Message] {
	config, plan := g.config, g.scenario.Group
	if plan.JoinEvery > 0 {
		config.Seeds = seeds(id)
		return newNewcomer(swim.New(config, id, rand), plan.JoinEvery.Duration()*time.Duration(id))
	}
	member := swim.New(config, id, rand)
	if id == 0 && plan.UpdateAt > 0 {
		return newDescriber(member, plan.UpdateAt.Duration())
	}
	return member
}
