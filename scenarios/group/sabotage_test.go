package group

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/node"
	"butterfly/node/swim"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// "a checker that has never fired proves nothing": a group whose parameters are worse than those
// its bounds were computed from breaks each of them.
func TestEveryBoundCanBeSeenBroken(t *testing.T) {
	for property, c := range map[string]struct {
		scenario, set string
		sabotage      func(*swim.Config)
	}{
		checkers.PropertyDetectionBound: {"swim-crash", "servers=8", func(c *swim.Config) {
			c.SuspicionMult = 60
		}},
		checkers.PropertyCompleteness: {"swim-crash", "servers=8", func(c *swim.Config) {
			c.SuspicionMult = 60
		}},
		checkers.PropertyAccuracy: {"swim-update", "loss=10%", func(c *swim.Config) {
			c.SuspicionMult, c.IndirectProbes, c.StreamProbe = 0, 0, false
		}},
		checkers.PropertyPartitionHeals: {"swim-partition", "cut=60s", func(c *swim.Config) {
			*c = c.MemberlistRules()
		}},
		checkers.PropertyFewAccusations: {"swim-loss", "servers=8", func(c *swim.Config) {
			c.IndirectProbes = 0
		}},
		checkers.PropertyGoneForgotten: {"swim-crash", "servers=8", func(c *swim.Config) {
			c.DeadRetention *= 2
		}},
		checkers.PropertyUpdateSpreads: {"swim-update", "loss=10%", func(c *swim.Config) {
			c.RetransmitMult, c.SyncInterval = 1, 0
		}},
	} {
		g := newGroup(catalogued(t, c.scenario, c.set), 1)
		c.sabotage(&g.config)
		r := world.New(g.spec(Options{})).Run()
		require.Contains(t, broken(r), property)
		require.Equal(t, world.Fail, r.Verdict, property)
	}
}

func broken(r *world.Result) (properties []string) {
	for _, v := range r.Violations {
		properties = append(properties, v.Property)
	}
	return properties
}

// liar is a member that says something else than it does.
type liar struct {
	*swim.Swim
	lies []node.Event
}

func (l *liar) Wake(now clock.Time, t node.TimerID, out *effects) {
	l.Swim.Wake(now, t, out)
	for _, lie := range l.lies {
		out.Emit(lie)
	}
}

// So do members whose steps are not those of the protocol.
func TestEveryInvariantCanBeSeenBroken(t *testing.T) {
	const early, late = 1 << 30, 1 << 31 // incarnations
	said := func(kind node.EventKind, subject uint32, incarnation, detail uint64) node.Event {
		return node.Event{Kind: kind, Subject: subject, A: incarnation, B: detail}
	}
	lies := map[string][]node.Event{
		checkers.PropertyIncarnationMonotone: {
			said(node.MemberSuspect, 1, late, 0), said(node.MemberSuspect, 1, early, 0),
		},
		checkers.PropertyNoResurrection: {
			said(node.MemberDead, 1, late, 0), said(node.MemberAlive, 1, late, 0),
		},
		checkers.PropertyLegalTransitions: {said(node.MemberForgotten, 1, late, 0)},
		checkers.PropertyOwnIncarnation: {
			said(node.Refuted, 0, late, 0), said(node.Refuted, 0, early, 0),
		},
		checkers.PropertyOneDescription: {
			said(node.MemberAlive, 1, late, 7), said(node.MemberAlive, 1, late, 8),
		},
		checkers.PropertyNeverSelfDead: {said(node.MemberDead, 0, late, 0)},
		checkers.PropertyProbeGap:      {said(node.MemberProbed, 1, 0, 0)},
	}
	g := newGroup(small(t, "swim-crash"), 1)
	for _, p := range g.always() {
		if p.Property == checkers.PropertyGoneForgotten {
			continue // it has a bound, which is seen broken above
		}
		spec := newGroup(small(t, "swim-crash"), 1).spec(Options{})
		honest := spec.Machine
		spec.Machine = func(id node.ID, rand rng.Rand) node.Machine[swim.Message] {
			member := honest(id, rand)
			if id == 0 {
				return &liar{member.(*swim.Swim), lies[p.Property]}
			}
			return member
		}
		require.Contains(t, broken(world.New(spec).Run()), p.Property)
	}
}
