package checkers

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// deathsAre demands how many deaths were and were not routed around, and met no requests.
func (s *script) deathsAre(around, not, unrouted int) {
	s.t.Helper()
	s.metric("deaths_routed_around", float64(around))
	s.metric("deaths_not_routed_around", float64(not))
	s.metric("deaths_unrouted", float64(unrouted))
	require.Equal(s.t, around, s.report.Sometimes()[SituationRoutedAround])
}

// "From an origin's death until the last of the servers that sent it requests sent it none."
func TestUsersMeasureTheTimeToRouteAround(t *testing.T) {
	s := playUsers(t, 3)
	s.at(1*second).origin(0, false)
	s.routed(2, 0, false)
	s.at(4*second).routed(0, 0, false)
	s.at(6*second).routed(1, 0, false)
	s.at(7*second).routed(1, 0, true) // of no account any more
	s.origin(1, false)
	for host := range node.ID(3) {
		s.routed(host, 1, false)
	}
	s.at(8 * second).end()
	s.deathsAre(2, 0, 0)
	s.metric("routed_around_seconds_p50", 0)
	s.metric("routed_around_seconds_p99", 5)
	s.metric("routed_around_seconds_max", 5)
}

// "Those that were over, or the run was, before then": they are no zeros and no samples.
func TestUsersCountDeathsThatAreOverSooner(t *testing.T) {
	s := playUsers(t, 2)
	s.origin(0, false)
	s.origin(1, false)
	s.origin(2, false)
	s.routed(0, 0, false)
	s.at(2*second).origin(0, true)
	s.routed(1, 0, false)
	s.at(3*second).registered(0, 1, false)
	s.routed(0, 1, false)
	s.routed(1, 1, false)
	s.at(9 * second).end()
	s.deathsAre(0, 3, 0)
	require.NotContains(t, s.report.Metrics(), "routed_around_seconds_p50")
}

// "And deaths_unrouted, those of origins to which no requests went in the first place."
func TestUsersCountDeathsNobodyMet(t *testing.T) {
	s := playUsers(t, 1)
	s.routed(0, 0, false)
	s.origin(0, false)
	s.origin(4, false) // not registered: no death at all
	s.at(2 * second).end()
	s.deathsAre(0, 0, 1)
}

// Nor do any go to an origin that is drained.
func TestUsersDoNotMeetTheDrained(t *testing.T) {
	plan := traffic()
	plan.Place = func(origin uint32) (pool uint32, weight uint16) { return 0, uint16(origin) }
	s := play(t, NewUsers(plan), 2)
	s.origin(0, false)
	s.at(100 * second).end()
	s.clean()
	s.deathsAre(0, 0, 1)
}

// "And have been there for their users since": who is down, stands still, is cut off or does not know
// the origin any more is not awaited, nor is who comes later.
func TestUsersAwaitOnlyWhoIsThere(t *testing.T) {
	s := playUsers(t, 6)
	s.at(1*second).origin(0, false)
	s.at(2*second).routed(0, 0, false)
	s.at(3 * second).down(1)
	s.up(1)
	s.happens(HostStalled, 2, false)
	s.happens(HostResumed, 2, false)
	s.happens(UplinkChanged, 3, false)
	s.happens(UplinkChanged, 3, true)
	s.emit(4, node.OriginForgotten, 0)
	s.at(4*second).routed(5, 0, false)
	s.at(9 * second).end()
	s.deathsAre(1, 0, 0)
	s.metric("routed_around_seconds_max", 3)
}

// A death that no server is left to route around is not one that was routed around.
func TestUsersNeedAServerToRouteAround(t *testing.T) {
	s := playUsers(t, 1)
	s.origin(0, false)
	s.at(3 * second).down(0)
	s.at(9 * second).end()
	s.deathsAre(0, 1, 0)
}
