package checkers

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/rng"
)

// Origins 0 to 3 are a pool, with weights 1, 1, 2 and 4, and origin 4 is a pool of its own that is not
// configured. The bound is 10 s, and a side of seven servers takes 5 s to settle; a pool panics below half
// of its weight.
func traffic() Traffic {
	return Traffic{
		Origins: Origins{Count: 5, Configured: 4},
		Place: func(origin uint32) (pool uint32, weight uint16) {
			return origin / 4, []uint16{1, 1, 2, 4, 1}[origin]
		},
		Bound: 10 * second, Terms: "verdict 4s + spread 6s",
		Settle: func(servers int) (span time.Duration) {
			if servers == 7 {
				return 5 * second
			}
			return 0
		},
		PanicPPM: rng.Percent(50), Recovery: 20 * second,
	}
}

func playUsers(t testing.TB, hosts int) *script { return play(t, NewUsers(traffic()), hosts) }

func (s *script) routed(host node.ID, origin uint32, on bool) {
	s.emit(host, node.Routed, origin, uint64(oneIf(on)))
}

func (s *script) registered(host node.ID, origin uint32, up bool) {
	s.observe(Observation{Kind: OriginRegistered, Host: host, Origin: origin, Up: up})
}

func (s *script) happens(kind Kind, host node.ID, up bool) {
	s.observe(Observation{Kind: kind, Host: host, Up: up})
}

// One server of two sends a quarter of its requests, 2 of 8, to a dead origin for 4 of 20 s: 1 s of 40.
func TestUsersCountRequestsToTheDead(t *testing.T) {
	s := playUsers(t, 2)
	s.at(1*second).routed(1, 2, false)
	s.at(3*second).origin(2, false)
	s.at(7*second).routed(0, 2, false)
	s.at(20 * second).end()
	s.clean()
	s.metric("requests_dead_seconds", 1)
	s.metric("requests_dead_ppm", 1e6/40)
	s.metric("requests_refused_ppm", 0)
	// Server 1 avoided 2 of 8 from 1 to 3 s, when the origin died.
	s.metric("healthy_avoided_ppm", 1e6*(2*2./8)/40)
}

// Requests are by weight among those that are routed: 1 of 2 when the others are not.
func TestUsersSpreadRequestsOverTheRouted(t *testing.T) {
	s := playUsers(t, 1)
	s.routed(0, 2, false)
	s.routed(0, 3, false)
	s.origin(0, false)
	s.at(10 * second).end()
	s.metric("requests_dead_ppm", 500_000)
}

// Three quarters of a pool die at 10 s: nobody knows of it for 2 s, then of half, which is no panic yet,
// and after 4 s of all of it, so that the pool fails open until one comes back at 20 s. Those that are
// left wait to leave from then on.
func TestUsersTellFailingOpenFromIgnorance(t *testing.T) {
	s := playUsers(t, 1)
	s.at(10*second).origin(3, false)
	s.origin(2, false)
	s.at(12*second).emit(0, node.Believed, 3, believedUnhealthy)
	s.at(14*second).emit(0, node.Believed, 2, believedUnhealthy)
	s.at(20*second).origin(3, true)
	s.emit(0, node.Believed, 3, believedHealthy)
	s.routed(0, 1, false)
	s.at(22 * second).end()
	s.metric("requests_dead_seconds", 10*6./8+2*2./7)
	s.metric("requests_unaware_ppm", 1e6*(2*6./8+2*2./8)/22)
	s.metric("requests_failed_open_ppm", 1e6*6*6/8./22)
}

func TestUsersAreRefusedWhereNothingIsRouted(t *testing.T) {
	s := playUsers(t, 1)
	s.at(6 * second)
	for origin := range uint32(4) {
		s.routed(0, origin, false)
	}
	s.at(8 * second).end()
	s.metric("requests_refused_ppm", 250_000)
	s.metric("requests_dead_ppm", 0)
}

// A server without users is not counted: one that is down, stands still or has lost its uplink.
func TestUsersGoWhereTheyAreServed(t *testing.T) {
	s := playUsers(t, 1)
	s.at(1*second).happens(HostStalled, 0, false)
	s.origin(3, false)
	s.at(5*second).happens(UplinkChanged, 0, false)
	s.happens(HostResumed, 0, false)
	s.at(6*second).happens(UplinkChanged, 0, true)
	s.at(7 * second).down(0)
	s.at(9 * second).up(0)
	s.at(10 * second).end()
	s.metric("requests_dead_seconds", 1*4./8+1*4./8)
	s.metric("requests_dead_ppm", 1e6/3)
}

// "A new life begins like the first": it routes to all that is configured, and knows nothing else.
func TestUsersOfANewLifeAreSentToAll(t *testing.T) {
	s := playUsers(t, 1)
	s.registered(0, 4, true)
	s.emit(0, node.OriginLearned, 4)
	s.origin(3, false)
	s.origin(4, false)
	s.routed(0, 3, false)
	s.at(5 * second).down(0)
	s.up(0)
	s.at(10 * second).end()
	s.metric("requests_dead_seconds", 5*1+5*4./8)
	s.metric("requests_dead_ppm", 1e6*7.5/15)
}

// "Only what is registered counts", and only at a server that knows of it.
func TestUsersAskForWhatIsRegistered(t *testing.T) {
	s := playUsers(t, 1)
	s.origin(4, false)
	s.emit(0, node.OriginLearned, 4) // from elsewhere, before the operator's word is told here
	s.at(2*second).registered(0, 4, true)
	s.at(3*second).emit(0, node.OriginForgotten, 4)
	s.at(5*second).emit(0, node.OriginLearned, 4)
	s.at(7*second).registered(0, 4, false)
	s.at(10 * second).end()
	s.metric("requests_dead_seconds", 1+2)
	s.metric("requests_dead_ppm", 1e6*3/13)
}

func TestUsersAllocateNothing(t *testing.T) {
	s := playUsers(t, 3)
	s.origin(1, false)
	require.Zero(t, testing.AllocsPerRun(100, func() {
		s.routed(2, 1, false)
		s.emit(1, node.OriginForgotten, 2)
		s.emit(1, node.OriginLearned, 2)
		s.routed(2, 1, true)
	}))
}

func BenchmarkUsersRouted(b *testing.B) {
	const origins, pools, hosts = 10_000, 500, 64
	plan := traffic()
	plan.Origins = Origins{Count: origins}
	plan.Place = func(origin uint32) (pool uint32, weight uint16) { return origin % pools, 1 }
	s := play(b, NewUsers(plan), hosts)
	b.ReportAllocs()
	flip := uint32(0)
	for b.Loop() {
		s.routed(node.ID(flip/origins%hosts), flip%origins, flip/origins/hosts%2 == 1)
		flip++
	}
}
