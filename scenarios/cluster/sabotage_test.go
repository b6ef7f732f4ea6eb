package cluster

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/node"
	"butterfly/node/agent"
	"butterfly/node/wire"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/rng"
)

// sabotage spoils a cluster whose bounds have been computed already. Each shows that the promises it
// breaks can be seen to be broken, from end to end: "a canary that must fail".
type sabotage struct {
	name     string
	scenario string
	faults   []scenarios.Fault // beside the scenario's own
	// config spoils what every server is configured with, machine every server; either may be nil.
	config  func(*agent.Config)
	machine func(node.ID, *agent.Agent) node.Machine[wire.Message]
	breaks  []string
}

const (
	second = scenarios.Span(time.Second)
	minute = scenarios.Span(time.Minute)
)

func sabotages() []sabotage {
	return []sabotage{{
		name: "probes are swallowed", scenario: "calm",
		machine: func(_ node.ID, a *agent.Agent) node.Machine[wire.Message] { return &blind{a} },
		breaks:  []string{checkers.PropertyAtLeastOne},
	}, {
		name: "suspicions never end", scenario: "crash",
		config: func(c *agent.Config) { c.Swim.SuspicionMult = 1000 },
		breaks: []string{checkers.PropertyCompleteness, checkers.PropertyAtLeastOne},
	}, {
		name: "one server hears nothing that it has not asked for", scenario: "calm",
		machine: func(id node.ID, a *agent.Agent) node.Machine[wire.Message] {
			if id == 3 {
				return &deaf{a}
			}
			return a
		},
		breaks: []string{checkers.PropertyAccuracy},
	}, {
		name: "the claims of others go unread", scenario: "calm",
		config: storing(func(s agent.Store, self node.ID) agent.Store { return &vain{s, self} }),
		breaks: []string{
			checkers.PropertyDuplicates, checkers.PropertyOwnership, checkers.PropertyNoStampede,
			checkers.PropertyReadYourWrites, checkers.PropertyMonotonicReads,
		},
	}, {
		name: "an entry is dropped, and the versions that cover it kept", scenario: "calm",
		config: storing(func(s agent.Store, _ node.ID) agent.Store { return &forgetful{s} }),
		breaks: []string{
			checkers.PropertyStrong, checkers.PropertyConvergence, checkers.PropertyMapCoverage,
			checkers.PropertyCausalPast, checkers.PropertyFixedPoint,
		},
	}, {
		name: "a map is lost and its dots are used again", scenario: "calm",
		config: func(c *agent.Config) { c.NewStore = newAmnesiac },
		breaks: []string{checkers.PropertyVersionsGrow, checkers.PropertyDotUniqueness},
	}, {
		name: "what others write arrives changed", scenario: "calm",
		config: storing(func(s agent.Store, _ node.ID) agent.Store { return &forger{s} }),
		breaks: []string{checkers.PropertyNoThinAir, checkers.PropertyDotUniqueness},
	}, {
		name: "one server takes no news of another's", scenario: "calm",
		config: storing(func(s agent.Store, self node.ID) agent.Store {
			if self == 0 {
				return &selective{s}
			}
			return s
		}),
		breaks: []string{checkers.PropertyCausalClosure},
	}, {
		name: "nobody pulls", scenario: "calm",
		config: func(c *agent.Config) { c.Gossip.Period = time.Hour },
		breaks: []string{checkers.PropertyConvergence},
	}, {
		name: "results are inverted", scenario: "calm",
		machine: func(_ node.ID, a *agent.Agent) node.Machine[wire.Message] { return &liar{a} },
		breaks: []string{
			checkers.PropertyHealth, checkers.PropertyHealthKnown, checkers.PropertyNoFlip,
			checkers.PropertyGrounds,
		},
	}, {
		name: "nobody waits for who ranks higher", scenario: "calm",
		config: func(c *agent.Config) { c.Health.RankWait = time.Millisecond },
		breaks: []string{checkers.PropertyTakeoversWait},
	}, {
		name: "nobody waits to be let in", scenario: "calm",
		config: func(c *agent.Config) { c.JoinGrace = time.Millisecond },
		breaks: []string{checkers.PropertyJoinsFirst},
	}, {
		name: "servers believe the opposite of what they write", scenario: "calm",
		machine: func(_ node.ID, a *agent.Agent) node.Machine[wire.Message] { return &contrary{a} },
		breaks:  []string{checkers.PropertyLivingCount},
	}, {
		name: "a removal wins over a registration made at the same time", scenario: "calm",
		faults: []scenarios.Fault{
			{Kind: scenarios.Partition, At: minute, For: minute, Hosts: []node.ID{0}},
			{Kind: scenarios.Unregister, At: minute + 20*second, Hosts: []node.ID{0}, Origins: []uint32{0}},
			{Kind: scenarios.Register, At: minute + 30*second, Hosts: []node.ID{1}, Origins: []uint32{0}},
		},
		config: storing(func(s agent.Store, _ node.ID) agent.Store { return &grudging{s} }),
		breaks: []string{checkers.PropertyRegistrationsSurvive},
	}, {
		name: "a server retires what it alone has seen enough of", scenario: "missing",
		config: storing(func(s agent.Store, _ node.ID) agent.Store { return &hasty{s} }),
		breaks: []string{checkers.PropertyRetiredUnheld},
	}, {
		name: "every probe is made twice", scenario: "calm",
		machine: func(_ node.ID, a *agent.Agent) node.Machine[wire.Message] { return &eager{a} },
		breaks:  []string{checkers.PropertyProbeBudget, checkers.PropertyNoStampede},
	}, {
		name: "one server begins to check what others check, again and again", scenario: "calm",
		machine: func(id node.ID, a *agent.Agent) node.Machine[wire.Message] {
			if id == 3 {
				return &restless{a}
			}
			return a
		},
		breaks: []string{checkers.PropertyMinimalDisruption},
	}, {
		name: "servers that move say that they are where they were", scenario: "restart-moved",
		machine: func(_ node.ID, a *agent.Agent) node.Machine[wire.Message] { return &settled{a} },
		breaks:  []string{checkers.PropertyAccuracy, checkers.PropertyOwnership},
	}, {
		name: "servers think that they hear others", scenario: "isolation",
		machine: func(_ node.ID, a *agent.Agent) node.Machine[wire.Message] { return &deluded{a} },
		breaks:  []string{checkers.PropertyNoCondemnation},
	}, {
		name: "nothing is taken out of rotation", scenario: "calm",
		faults: []scenarios.Fault{{
			Kind: scenarios.OriginDown, At: scenarios.Span(30 * time.Second),
			For: scenarios.Span(4 * time.Minute), Origins: []uint32{7},
		}},
		machine: func(_ node.ID, a *agent.Agent) node.Machine[wire.Message] { return &loyal{a} },
		breaks:  []string{checkers.PropertyRoutesAround, checkers.PropertyRoutesAsBelieved},
	}}
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
	for _, property := range []string{
		checkers.PropertyAtLeastOne, checkers.PropertyCompleteness, checkers.PropertyAccuracy,
		checkers.PropertyDuplicates, checkers.PropertyOwnership, checkers.PropertyStrong,
		checkers.PropertyConvergence, checkers.PropertyHealth, checkers.PropertyMapCoverage,
		checkers.PropertyDotUniqueness, checkers.PropertyVersionsGrow, checkers.PropertyNoThinAir,
		checkers.PropertyCausalPast, checkers.PropertyCausalClosure, checkers.PropertyFixedPoint,
		checkers.PropertyReadYourWrites, checkers.PropertyMonotonicReads,
		checkers.PropertyProbeBudget, checkers.PropertyNoStampede, checkers.PropertyMinimalDisruption,
		checkers.PropertyHealthKnown, checkers.PropertyNoFlip, checkers.PropertyNoCondemnation,
		checkers.PropertyRoutesAround, checkers.PropertyRoutesAsBelieved,
		checkers.PropertyGrounds, checkers.PropertyTakeoversWait,
		checkers.PropertyJoinsFirst, checkers.PropertyLivingCount,
		checkers.PropertyRegistrationsSurvive, checkers.PropertyRetiredUnheld,
	} {
		require.True(t, seen[property], property)
	}
}

// At the size of the catalogue bounds are longer than at that of a test, and a fault that is over
// before its bound proves nothing. Whatever the seed, a cluster in which nobody takes over is found.
func TestPromisesCanBeSeenBrokenAtFullSize(t *testing.T) {
	for _, name := range []string{"talk", "crash", "partition"} {
		s := catalogued(t, name)
		require.NoError(t, s.Set("origins=320"))
		// Nobody probes. If nobody passed a verdict only, who restarts would not be told of suspects,
		// and would take over from them.
		nobodyTakesOver := sabotage{
			name:   name,
			config: func(c *agent.Config) { c.Swim.ProbeInterval = time.Hour },
		}
		for seed := range seeds(2, 20) {
			broken := nobodyTakesOver.play(plan(s, seed))
			require.Contains(t, broken, checkers.PropertyAtLeastOne, "%s, seed %d", name, seed)
			if name == "crash" { // in the others a partition sets the clock of completeness back
				require.Contains(t, broken, checkers.PropertyCompleteness, "seed %d", seed)
			}
		}
	}
}

// run plays the sabotaged scenario and returns the properties it broke. Unspoilt, it breaks none.
func (s *sabotage) run(t *testing.T) (broken []string) {
	of := small(t, s.scenario, "duration=8m")
	of.Faults = append(of.Faults, s.faults...)
	c := plan(of, 1)
	require.Equal(t, world.Pass, c.play(c.spec()).Verdict, s.name)
	return s.play(plan(of, 1))
}

// play plays a sabotaged plan and returns the properties it broke.
func (s *sabotage) play(c *cluster) (broken []string) {
	config := c.config
	if s.config != nil {
		s.config(&config)
	}
	spec := c.spec()
	spec.Machine = func(id node.ID, rand rng.Rand) node.Machine[wire.Message] {
		a := agent.New(config, id, rand)
		if s.machine == nil {
			return a
		}
		return s.machine(id, a)
	}
	for _, v := range c.play(spec).Violations {
		broken = append(broken, v.Property)
	}
	return broken
}

func (c *cluster) spec() world.Spec[wire.Message] { return specOf(c, ours(c), Options{}) }

func (c *cluster) play(spec world.Spec[wire.Message]) *world.Result {
	w := world.New(spec)
	attach(c, w)
	return w.Run()
}
