package replicas

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/rng"
)

// sabotage spoils replicas whose bounds have been computed already. Each shows that the promises it
// breaks can be seen to be broken, from end to end: "a canary that must fail".
type sabotage struct {
	name     string
	scenario string
	// config spoils what every replica is configured with, machine every replica, faults the plan;
	// each may be nil.
	config  func(*Config)
	machine func(*Replica) node.Machine[Message]
	faults  []scenarios.Fault
	breaks  []string
}

func sabotages() []sabotage {
	return []sabotage{{
		name: "what others say about a key goes unread", scenario: "map-steady",
		machine: deceive(forget),
		breaks: []string{
			checkers.PropertyMapCoverage, checkers.PropertyStrong, checkers.PropertyConvergence,
			checkers.PropertyFixedPoint,
		},
	}, {
		name: "removals go unread", scenario: "map-removals", machine: deceive(resurrect),
		breaks: []string{checkers.PropertyCausalPast, checkers.PropertyStrong},
	}, {
		name: "values are invented", scenario: "map-steady", machine: deceive(invent),
		breaks: []string{checkers.PropertyNoThinAir},
	}, {
		name: "writes come without what went before", scenario: "map-steady",
		machine: deceive(scatter), breaks: []string{checkers.PropertyCausalClosure},
	}, {
		name: "dots are used again", scenario: "map-restarts",
		machine: func(r *Replica) node.Machine[Message] { return &amnesiac{r} },
		breaks:  []string{checkers.PropertyDotUniqueness},
	}, {
		name: "maps are lost in the middle of a life", scenario: "map-steady",
		machine: func(r *Replica) node.Machine[Message] { return &relapsing{Replica: r} },
		breaks: []string{
			checkers.PropertyVersionsGrow, checkers.PropertyReadYourWrites,
			checkers.PropertyMonotonicReads,
		},
	}, {
		name: "nobody pulls", scenario: "map-steady",
		config: func(c *Config) { c.Gossip.Period = time.Hour },
		breaks: []string{checkers.PropertyConvergence},
	}, {
		name: "no life is ever retired", scenario: "map-restarts",
		config: func(c *Config) { c.Gossip.Collect = false },
		breaks: []string{PropertyVectors},
	}, {
		name: "servers restart that were to live once", scenario: "map-steady",
		config: func(c *Config) { c.Gossip.Collect = false },
		faults: crashes(40),
		breaks: []string{PropertyIdle},
	}}
}

// deceive changes every answer that reaches a replica.
func deceive(change func(*delta)) func(*Replica) node.Machine[Message] {
	return func(r *Replica) node.Machine[Message] { return &deceived{r, change} }
}

// crashes are so many, of servers 0 to 7 in turn, each for a second.
func crashes(count int) (all []scenarios.Fault) {
	for i := range count {
		all = append(all, scenarios.Fault{
			Kind: scenarios.Crash, At: scenarios.Span(time.Duration(2+2*i) * time.Second),
			For: scenarios.Span(time.Second), Hosts: []node.ID{node.ID(i % 8)},
		})
	}
	return all
}

func TestEveryPromiseCanBeSeenBroken(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range sabotages() {
		broken := s.run(t)
		for _, property := range s.breaks {
			require.Contains(t, broken, property, s.name)
			seen[property] = true
		}
	}
	for _, s := range scenarios.Maps() {
		s = s.Expand(1)
		for _, p := range Promises(&s) {
			require.True(t, seen[p.Property], p.Property)
		}
	}
}

// run plays the sabotaged scenario and returns the properties it broke.
func (s *sabotage) run(t *testing.T) (broken []string) {
	g := newGroup(small(t, s.scenario), 1)
	if s.config != nil {
		s.config(&g.config)
	}
	spec := g.spec(Options{})
	spec.Faults = append(spec.Faults, s.faults...)
	honest := spec.Machine
	spec.Machine = func(id node.ID, rand rng.Rand) node.Machine[Message] {
		machine := honest(id, rand)
		if s.machine != nil {
			return s.machine(machine.(*Replica))
		}
		return machine
	}
	r := g.start(spec).Run()
	require.Equal(t, world.Fail, r.Verdict, s.name)
	for _, v := range r.Violations {
		broken = append(broken, v.Property)
	}
	return broken
}
