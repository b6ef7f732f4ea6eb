package group

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/node"
	"butterfly/node/swim"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
)

// watch plays a scenario with one more checker, which is told of every event.
func watch(s scenarios.Scenario, seed uint64, event func(o *checkers.Observation)) *world.Result {
	spec := newGroup(s, seed).spec(Options{})
	spec.Checkers = append(spec.Checkers, checkers.Always("watched", checkers.Event,
		func(o *checkers.Observation, _ checkers.View) error {
			event(o)
			return nil
		}))
	return world.New(spec).Run()
}

// "Until then it is a host where nobody listens": nobody hears from a newcomer before its time, and
// soon after it everybody knows it, for nothing is lost here.
func TestNewcomersJoinOneByOne(t *testing.T) {
	s := catalogued(t, "swim-join", "loss=0", "preset=lan")
	every := s.Group.JoinEvery.Duration()
	first := map[uint32]clock.Time{} // when somebody else first held it alive
	result := watch(s, 1, func(o *checkers.Observation) {
		joins := clock.At(every * time.Duration(o.Host))
		require.GreaterOrEqual(t, o.At, joins, "host %d: %v", o.Host, o.Event)
		id := o.Event.Subject
		ofAnother := o.Event.Kind == node.MemberAlive && id != uint32(o.Host)
		if _, known := first[id]; ofAnother && !known {
			first[id] = o.At
		}
	})
	require.Len(t, first, 17)
	for id, at := range first {
		joins := clock.At(every * time.Duration(max(id, 1))) // host 0 is alone until host 1 comes
		require.Less(t, at.Sub(joins), time.Second, "host %d", id)
	}
	require.InDelta(t, 17, result.Metrics["stable_members"], 0)
	require.Zero(t, result.Metrics["failed_probes"])
}

func TestServerZeroDescribesItselfOnce(t *testing.T) {
	s := small(t, "swim-update")
	described := 0
	watch(s, 1, func(o *checkers.Observation) {
		if o.Event.Kind == node.Described {
			described++
			require.Equal(t, node.ID(0), o.Host)
			require.Equal(t, clock.At(s.Group.UpdateAt.Duration()), o.At)
		}
	})
	require.Equal(t, 1, described)
	w := Build(s, 1, Options{})
	w.Run()
	for id := range node.ID(8) {
		member, plain := w.Machine(id).(*swim.Swim)
		if !plain {
			member = w.Machine(id).(*describer).Swim
		}
		require.Equal(t, description, string(member.Metadata(0)), "at host %d", id)
	}
}

// "A life that begins after the moment describes itself no more."
func TestARestartedServerDoesNotDescribeItselfAgain(t *testing.T) {
	s := small(t, "swim-update")
	s.Faults = []scenarios.Fault{{
		Kind: scenarios.Crash, At: 2 * s.Group.UpdateAt, For: scenarios.Span(time.Second),
		Hosts: []node.ID{0},
	}}
	described := 0
	watch(s, 1, func(o *checkers.Observation) {
		if o.Event.Kind == node.Described {
			described++
		}
	})
	require.Equal(t, 1, described)
}
