package universe

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"butterfly/checkers"
	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/stage"
	"butterfly/scenarios/world"
	"butterfly/sim/rng"
)

// Spec is a protocol of yours, whose servers exchange messages of type M, and what it is put
// through.
type Spec[M any] struct {
	// Scenario says how many servers there are, what the network is like, for how long, and what
	// goes wrong: Faults at given times, a Storm of faults that the seed draws, or both. Vary lets
	// the seed draw the number of servers and the loss. Without a Name it is called after the test.
	// What only our own systems have (Group, Replicas, Cap, Merge, Design, Datacenters, Trial)
	// stays empty.
	Scenario scenarios.Scenario
	// Machine builds the machine for one life of a server, of so many: 0 to servers-1. It is called
	// again whenever the server restarts. luck is the machine's own source of randomness.
	Machine func(self node.ID, servers int, luck rng.Rand) node.Machine[M]
	// Checkers builds what judges one run of a plan, from nothing: a scenario in which the seed has
	// decided everything.
	Checkers func(plan *scenarios.Scenario) []checkers.Checker
	// Survives reports whether the protocol promises anything about runs with such a fault: one for
	// which it returns false is left out. nil promises to survive whatever the scenario asks for.
	Survives func(f *scenarios.Fault) bool
	// Size is what a message weighs on the wire, in bytes. nil counts no bytes.
	Size func(m *M) int
	// Codec, when set, makes every message travel as bytes: encoded, and decoded on arrival.
	// Damaged packets are then shown to the parser, too.
	Codec *world.Codec[M]
	// Seeds is how many seeds a test runs if nobody says; 0 means 100.
	Seeds uint64
}

// startSpread is the time within which all servers start for the first time: no two of a real
// system start at the same instant.
const startSpread = time.Second

// player plays the runs of a spec. It knows no messages.
type player struct {
	// base is the scenario with a name and a guest.
	base     scenarios.Scenario
	survives func(f *scenarios.Fault) bool
	play     func(plan *scenarios.Scenario, seed uint64) run
	// verify plays a run twice in lockstep.
	verify func(plan *scenarios.Scenario, seed uint64) *world.Divergence
}

// run is what came of one plan and seed.
type run struct {
	plan   scenarios.Scenario
	result *world.Result
	stack  string // where the run panicked; empty if it did not
}

// newPlayer checks the spec of a test.
func newPlayer[M any](spec Spec[M], test string) (*player, error) {
	switch {
	case spec.Machine == nil:
		return nil, errors.New("Spec.Machine: there is no constructor")
	case spec.Checkers == nil:
		return nil, errors.New("Spec.Checkers: there is nobody to judge the runs")
	}
	p := &player{base: guest(spec.Scenario, test), survives: spec.Survives}
	if err := stage.Validate(&p.base); err != nil {
		return nil, fmt.Errorf("Spec.Scenario: %w", err)
	}
	p.play = func(plan *scenarios.Scenario, seed uint64) run {
		return play(plan, seed, func() *world.World[M] { return world.New(spec.world(plan, seed)) })
	}
	p.verify = func(plan *scenarios.Scenario, seed uint64) *world.Divergence {
		_, divergence := world.Verify(func() *world.World[M] { return world.New(spec.world(plan, seed)) })
		return divergence
	}
	return p, nil
}

// guest makes a scenario that of a protocol that is not ours.
func guest(s scenarios.Scenario, test string) scenarios.Scenario {
	if s.Name == "" {
		s.Name = nameOf(test)
	}
	quiet := s.Healed()
	if s.Storm != nil {
		quiet = max(quiet, s.Storm.To)
	}
	s.Guest = &scenarios.Guest{
		Package: packagePath(), Test: test, Settle: max(0, s.Duration-quiet),
	}
	return s
}

// nameOf turns the name of a test into one of a scenario: "TestTwoPhases/no_vote" into
// "two-phases-no-vote".
func nameOf(test string) string {
	test = strings.TrimPrefix(strings.TrimPrefix(test, "Test"), "Fuzz")
	apart := regexp.MustCompile(`[A-Z]`).ReplaceAllString(test, "-$0")
	words := strings.FieldsFunc(apart, func(c rune) bool {
		return (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9')
	})
	name := strings.ToLower(strings.Join(words, "-"))
	return cmp.Or(name[:min(len(name), scenarios.MaxName)], "universe")
}

// packagePath is the import path of the package whose test is running.
func packagePath() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "."
	}
	return strings.TrimSuffix(info.Path, ".test")
}

// world is what package world needs to know.
func (s *Spec[M]) world(plan *scenarios.Scenario, seed uint64) world.Spec[M] {
	return world.Spec[M]{
		Name: plan.Name, Seed: seed, Hosts: plan.Servers, StartSpread: startSpread,
		Machine: func(self node.ID, luck rng.Rand) node.Machine[M] {
			return s.Machine(self, plan.Servers, luck)
		},
		Size: s.Size, Codec: s.Codec,
		Network:  netmodel.Config{Latency: plan.Latency.Latency, Loss: plan.LossPPM},
		Origins:  world.Origins{Count: plan.Origins, RoundTrip: plan.Latency.Latency},
		Faults:   plan.Faults,
		Duration: plan.Duration.Duration(), Checkers: s.Checkers(plan), Catch: true,
	}
}

// plan is the scenario with everything decided by the seed.
func (p *player) plan(seed uint64) scenarios.Scenario {
	return p.promised(p.base.Expand(seed))
}

// promised leaves out of a plan the faults that nothing is promised about.
func (p *player) promised(plan scenarios.Scenario) scenarios.Scenario {
	if p.survives != nil {
		plan.Faults = slices.DeleteFunc(slices.Clone(plan.Faults), func(f scenarios.Fault) bool {
			return !p.survives(&f)
		})
	}
	return plan
}
