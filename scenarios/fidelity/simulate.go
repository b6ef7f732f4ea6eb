package fidelity

import (
	"butterfly/checkers"
	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/node/agent"
	"butterfly/node/wire"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// Simulate plays the trial of a seed and measures it. The configuration must be valid.
func Simulate(config Config, seed uint64) Sample {
	t := newTrial(config, seed)
	t.play()
	return t.log.Measure(&t.config, &t.course)
}

// trial is one that is being simulated.
type trial struct {
	config  Config
	seed    uint64
	course  Course
	machine agent.Config
	log     Log
}

func newTrial(config Config, seed uint64) *trial {
	t := &trial{config: config, seed: seed, course: config.Course(seed), machine: config.Machine()}
	t.machine.Placement = agent.NewPlacement(config.Servers, config.Origins)
	t.machine.Configured = make([]uint16, config.Origins)
	t.machine.Swim.Seeds = config.Seeds()
	t.log.Killed = clock.At(t.course.Kill)
	t.log.Rest.For = t.course.RestTo - t.course.RestFrom
	return t
}

func (t *trial) play() { world.New(t.spec()).Run() }

func (t *trial) spec() world.Spec[wire.Message] {
	spec := world.Spec[wire.Message]{
		Name: "fidelity", Seed: t.seed, Hosts: t.config.Servers,
		StartSpread: t.config.periods(startsWithin),
		Machine:     t.server,
		Network:     netmodel.Config{Latency: t.config.Latency},
		KeepAlive:   true, // as the client of a live server does
		Origins:     world.Origins{Count: t.config.Origins, RoundTrip: t.config.RoundTrip},
		Duration:    t.course.End, Checkers: []checkers.Checker{(*witness)(&t.log)},
	}
	if t.config.Loss.Streams {
		spec.Network.Loss = t.config.Loss.Share
	}
	for _, outage := range t.course.Outages {
		spec.Faults = append(spec.Faults, scenarios.Fault{
			Kind: scenarios.OriginDown, Origins: []uint32{outage.Origin},
			At: scenarios.Span(outage.At), For: scenarios.Span(t.course.End - outage.At),
		})
	}
	return spec
}

// server builds a server.
func (t *trial) server(id node.ID, rand rng.Rand) node.Machine[wire.Message] {
	return &server{
		Agent: agent.New(t.machine, id, rand), trial: t, self: id,
		luck: rng.Stream(t.seed, "fidelity-loss", uint64(id)),
	}
}

// size is what a message is to its carrier.
func (t *trial) size(m *wire.Message, stream bool) int {
	if t.config.Size != nil {
		return t.config.Size(m, stream)
	}
	return wire.Size(m)
}

// atRest reports whether traffic is counted.
func (t *trial) atRest(now clock.Time) bool {
	return now >= clock.At(t.course.RestFrom) && now < clock.At(t.course.RestTo)
}

// witness writes down what is seen of a simulated trial.
type witness Log

// Watches implements [checkers.Checker].
func (w *witness) Watches() checkers.Kind { return checkers.Event | checkers.ProbeStarted }

// Observe implements [checkers.Checker].
func (w *witness) Observe(o *checkers.Observation, _ checkers.View, _ *checkers.Report) {
	if o.Kind == checkers.ProbeStarted {
		w.Checks = append(w.Checks, Check{o.At, o.Origin})
		return
	}
	switch o.Event.Kind {
	case node.HealthChanged, node.Believed, node.MemberDead:
		w.Events = append(w.Events, Seen{o.At, o.Host, o.Event})
	}
}
