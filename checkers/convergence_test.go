package checkers

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
)

// holds makes hosts report the given state of their replicas.
func holds(s *script, state uint64, hosts ...node.ID) {
	for _, host := range hosts {
		s.emit(host, node.MapChanged, 0, state, state)
	}
}

func TestConvergenceFiresOnReplicasThatStayDifferent(t *testing.T) {
	s := play(t, NewConvergence(5*second), 3)
	holds(s, 0xa, 0, 2)
	holds(s, 0xb, 1)
	s.at(10 * second).heal()
	s.at(15 * second).end()
	s.broke(PropertyConvergence, 15*second,
		"hosts 0 and 1 of one side hold different states 0x000000000000000a and "+
			"0x000000000000000b at 15.000s, though the last write, fault or change of sides was "+
			"at 10.000s and the bound is 5s")
	require.Zero(t, s.report.Sometimes()[SituationAgreed])
	require.NotContains(t, s.report.Metrics(), "converged_after_heal_seconds")
	require.NotContains(t, s.report.Metrics(), "settled_seconds")
}

func TestConvergenceFiresOnReplicasThatPartAgainWithoutAWrite(t *testing.T) {
	s := play(t, NewConvergence(5*second), 2)
	s.heal()
	s.at(7 * second)
	holds(s, 0xa, 0)
	s.at(8 * second)
	holds(s, 0xa, 1)
	s.at(9 * second).end()
	s.broke(PropertyConvergence, 8*second,
		"hosts 0 and 1 of one side hold different states 0x000000000000000a and "+
			"0x0000000000000000 at 8.000s, though the last write, fault or change of sides was at "+
			"0.000s and the bound is 5s")
}

func TestConvergenceAcceptsReplicasThatAgreeWithinTheBound(t *testing.T) {
	s := play(t, NewConvergence(5*second), 2)
	s.at(1 * second)
	holds(s, 0xa, 0)
	s.at(10 * second).heal()
	s.at(15 * second)
	holds(s, 0xa, 1)
	s.at(20 * second).end()
	s.broke(PropertyConvergence, 15*second,
		"hosts 0 and 1 of one side hold different states 0x000000000000000a and "+
			"0x0000000000000000 at 15.000s, though the last write, fault or change of sides was "+
			"at 10.000s and the bound is 5s")

	s = play(t, NewConvergence(5*second), 2)
	s.at(1 * second)
	holds(s, 0xa, 0)
	s.at(10 * second).heal()
	s.at(15*second - 1)
	holds(s, 0xa, 1)
	s.at(20 * second).end()
	s.clean()
	s.metric("converged_after_heal_seconds", 4.999999999)
	require.Equal(t, map[string]int{SituationDiffered: 1, SituationAgreed: 1}, s.report.Sometimes())
}

func TestConvergenceGivesEachWriteTheBound(t *testing.T) {
	s := play(t, NewConvergence(5*second), 2)
	s.heal()
	s.at(20*second).origin(3, false) // seen by the owner's probes half a second later
	s.at(20*second + second/2)
	holds(s, 0xa, 0) // the replica may report before the status does, at the same instant
	s.emit(0, node.HealthChanged, 3, 1)
	s.at(25*second + second/2 - 1)
	holds(s, 0xa, 1)
	s.at(40 * second).end()
	s.clean()
	s.metric("settled_seconds", 4.999999999)
	require.Equal(t, 1, s.report.Sometimes()[SituationAgreed])
}

func TestConvergenceCountsFromAWriteWithoutACause(t *testing.T) {
	for kind, want := range map[node.EventKind]int{node.Wrote: 0, node.MapChanged: 1} {
		s := play(t, NewConvergence(5*second), 2)
		s.heal()
		s.at(20*second).emit(0, kind, 3, 0xa, 0xa)
		holds(s, 0xa, 0)
		s.at(25*second - 1)
		holds(s, 0xa, 1)
		s.at(40 * second).end()
		require.Equal(t, want, s.report.Broken(PropertyConvergence), kind)
	}
}

func TestConvergenceIsNotJudgedWhileAWriteIsInFlight(t *testing.T) {
	s := play(t, NewConvergence(5*second), 2)
	s.heal()
	s.at(20 * second)
	holds(s, 0xa, 0) // before its cause is announced, at the same instant
	s.emit(0, node.HealthChanged, 3, 1)
	s.at(25*second - 1).end()
	s.clean()
	require.Zero(t, s.report.Sometimes()[SituationAgreed])
}

func TestConvergenceIsPerSideAndCountsOnlyHostsThatAreUp(t *testing.T) {
	s := play(t, NewConvergence(5*second), 5)
	s.at(1*second).cut(1, 2, 3)
	holds(s, 0xa, 0, 1)
	holds(s, 0xb, 2, 3)
	holds(s, 0xc, 4)
	s.at(2 * second).down(4)
	s.at(3 * second).heal()
	s.at(20 * second).end()
	s.clean()
	s.metric("converged_after_heal_seconds", 0)
	s.metric("settled_seconds", 0)
}

func TestConvergenceCountsFromTheJoinOfTheSides(t *testing.T) {
	s := play(t, NewConvergence(5*second), 2)
	s.at(1*second).cut(1, 1)
	holds(s, 0xa, 0)
	holds(s, 0xb, 1)
	s.at(10 * second).heal() // equal on each side, but the sides join at this very instant
	s.join()
	s.at(12 * second)
	holds(s, 0xc, 0, 1)
	s.at(20 * second).end()
	s.clean()
	s.metric("converged_after_heal_seconds", 2)
}

func TestConvergenceForgetsTheStateOfACrashedHost(t *testing.T) {
	s := play(t, NewConvergence(5*second), 2)
	holds(s, 0xa, 0, 1)
	s.at(1 * second).down(1)
	s.at(2 * second).up(1) // empty again
	s.heal()
	s.at(20 * second).end()
	require.Equal(t, 1, s.report.Broken(PropertyConvergence))
}

// Counting hosts per state is meant to be the same as comparing every two hosts.
func TestConvergenceAgreesWithItsDefinition(t *testing.T) {
	const hosts = 4
	rapid.Check(t, func(t2 *rapid.T) {
		plan := drawPlan(hosts, 2).Draw(t2, "plan")
		checker, state := NewConvergence(5*second), [hosts]uint64{}
		s := play(t, checker, hosts)
		for _, p := range plan {
			follow(s, []step{p}, func(p step) {
				state[p.host] = uint64(p.value)
				holds(s, uint64(p.value), p.host)
			})
			equal := true
			for a := range node.ID(hosts) {
				if !s.Up(a) {
					state[a] = 0
				}
				for b := range a {
					equal = equal && (s.Side(a) != s.Side(b) || !s.Up(a) || state[a] == state[b])
				}
			}
			require.Equal(t2, equal, checker.equal())
		}
	})
}
