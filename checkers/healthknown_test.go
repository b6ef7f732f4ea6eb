package checkers

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// playKnowing starts hosts that believe the truth of origin 0, which all know of, within 10 s.
// Origin 1 is not registered.
func playKnowing(t testing.TB, hosts int) *script {
	s := play(t, NewHealthKnown(Knowing{
		Origins: Origins{Count: 2, Configured: 1}, Bound: 10 * second,
		Terms: "verdict 4s + spread 6s",
	}), hosts)
	s.at(1 * second)
	believe(s, 0, believedHealthy)
	return s
}

// believe has every host that is up come to believe something of an origin.
func believe(s *script, origin uint32, status uint64) {
	for host := range node.ID(s.Hosts()) {
		if s.Up(host) {
			s.emit(host, node.Believed, origin, status)
		}
	}
}

func TestHealthKnownFiresOnWhoDoesNotHear(t *testing.T) {
	s := playKnowing(t, 3)
	s.at(20*second).origin(0, false)
	s.at(25*second).emit(0, node.Believed, 0, believedUnhealthy)
	s.emit(2, node.Believed, 0, believedUnhealthy)
	s.at(40 * second).end()
	s.broke(PropertyHealthKnown, 30*second, "host 1 believes origin 0 is healthy at 40.000s, but it "+
		"is unhealthy since 20.000s; with nothing else disturbed since 0.000s, and 0s to settle, "+
		"the bound is 10s = verdict 4s + spread 6s")
}

func TestHealthKnownAllowsTheBound(t *testing.T) {
	for late, broken := range map[time.Duration]int{0: 0, 1: 3} {
		s := playKnowing(t, 3)
		s.at(20*second).origin(0, false)
		s.at(30*second + late)
		believe(s, 0, believedUnhealthy)
		s.at(60 * second).end()
		require.Equal(t, broken, s.report.Broken(PropertyHealthKnown), late)
		s.metric("known_count", 1)
		s.metric("known_max_seconds", (10*second + late).Seconds())
	}
}

// "the bound after the latest of": whatever disturbs anybody starts it again, for everything.
func TestHealthKnownStartsAgainWithADisturbance(t *testing.T) {
	for name, disturb := range map[string]func(s *script){
		"crash":   func(s *script) { s.down(2) },
		"pause":   func(s *script) { s.stall(2); s.resume(2) },
		"cut":     func(s *script) { s.cut(1, 2) },
		"uplink":  func(s *script) { s.uplink(2, false) },
		"another": func(s *script) { s.origin(0, true); s.origin(0, false) },
		"order":   func(s *script) { s.unregister(1, 0); s.register(1, 0) },
	} {
		for late, broken := range map[time.Duration]int{0: 0, 1: 1} {
			s := playKnowing(t, 3)
			s.at(20*second).origin(0, false)
			s.at(29 * second)
			disturb(s)
			s.at(35*second).emit(0, node.Believed, 0, believedUnhealthy)
			s.emit(2, node.Believed, 0, believedUnhealthy)
			s.at(39*second+late).emit(1, node.Believed, 0, believedUnhealthy)
			s.at(60 * second).end()
			require.Equal(t, broken, s.report.Broken(PropertyHealthKnown), "%s, %v late", name, late)
		}
	}
}

// "Settle after": 15 s to settle and 10 s to know, from a disturbance at 20 s.
func TestHealthKnownGivesTimeToSettle(t *testing.T) {
	for turned, due := range map[time.Duration]time.Duration{
		21 * second: 45 * second, 34 * second: 45 * second, 36 * second: 46 * second,
	} {
		for late, broken := range map[time.Duration]int{0: 0, 1: 1} {
			s := play(t, NewHealthKnown(Knowing{
				Origins: Origins{Count: 1}, Settle: 15 * second, Bound: 10 * second,
			}), 3)
			believe(s, 0, believedHealthy)
			s.at(20 * second).down(2)
			s.at(turned).origin(0, false)
			s.emit(0, node.Believed, 0, believedUnhealthy)
			s.at(due+late).emit(1, node.Believed, 0, believedUnhealthy)
			s.at(90 * second).end()
			require.Equal(t, broken, s.report.Broken(PropertyHealthKnown), "%v, %v late", turned, late)
		}
	}
}

// "alone on its side, says that its network is lost, and checks origins of which at least half are
// down": with one of these missing it owes what all owe, 10 s after the origin's death.
func TestHealthKnownExcusesWhoCannotTellWhatFails(t *testing.T) {
	for name, test := range map[string]struct {
		alongside, checks, lost int
		broken                  int
	}{
		"secluded":    {0, 2, 1, 0},
		"in company":  {1, 2, 1, 2}, // of both
		"most are up": {0, 3, 1, 1},
		"silent":      {0, 2, 0, 1},
	} {
		s := playSecluded(t, NewHealthKnown(Knowing{
			Origins: Origins{Count: 3}, Bound: 10 * second,
		}), test.alongside, test.checks)
		s.at(20*second).origin(0, false)
		s.emit(2, node.Believed, 0, believedUnhealthy)
		s.emit(3, node.Believed, 0, believedUnhealthy)
		if test.alongside == 0 {
			s.emit(1, node.Believed, 0, believedUnhealthy)
		}
		s.at(25 * second)
		for range test.lost {
			s.emit(0, node.NetworkLost, 0)
		}
		s.at(60 * second).end()
		require.Equal(t, test.broken, s.report.Broken(PropertyHealthKnown), name)
	}
}

// playSecluded starts four hosts that know all origins to be healthy. Host 0 is on a side of its own
// from 2 s on, but for so many others, and checks the first so many origins.
func playSecluded(t testing.TB, checker Checker, alongside, checks int) *script {
	s := play(t, checker, 4)
	s.at(1 * second)
	for origin := range uint32(3) {
		believe(s, origin, believedHealthy)
	}
	s.at(2 * second)
	for host := range node.ID(alongside + 1) {
		s.part[host] = 1
	}
	s.cut(1)
	for origin := range uint32(checks) {
		s.emit(0, node.CheckBegan, origin)
	}
	return s
}

// "until the bound is over after it": once it hears of its network, or most of its origins are up.
func TestHealthKnownExcusesNobodyForLong(t *testing.T) {
	for name, free := range map[string]func(s *script){
		"found": func(s *script) { s.emit(0, node.NetworkFound, 0) },
		"up":    func(s *script) { s.origin(1, true); believe(s, 1, believedHealthy) },
	} {
		for late, broken := range map[time.Duration]int{0: 0, 1: 1} {
			s := playSecluded(t, NewHealthKnown(Knowing{
				Origins: Origins{Count: 3}, Bound: 10 * second,
			}), 0, 3)
			s.at(20*second).origin(0, false)
			s.believed(0, believedUnhealthy)
			s.origin(1, false)
			believe(s, 1, believedUnhealthy)
			s.emit(0, node.NetworkLost, 0)
			free(s.at(50 * second))
			s.at(60*second+late).emit(0, node.Believed, 0, believedUnhealthy)
			s.end()
			require.Equal(t, broken, s.report.Broken(PropertyHealthKnown), "%s, %v late", name, late)
		}
	}
}

// believed has all but host 0 come to believe something of an origin.
func (s *script) believed(origin uint32, status uint64) {
	for host := range node.ID(s.Hosts() - 1) {
		s.emit(host+1, node.Believed, origin, status)
	}
}

// What was late before is late.
func TestHealthKnownExcusesNothingFromBefore(t *testing.T) {
	s := playSecluded(t, NewHealthKnown(Knowing{Origins: Origins{Count: 3}, Bound: 10 * second}), 0, 2)
	s.at(20*second).origin(0, false)
	s.believed(0, believedUnhealthy)
	s.at(30*second+1).emit(0, node.NetworkLost, 0)
	require.Equal(t, 1, s.report.Broken(PropertyHealthKnown))
}

func TestHealthKnownFiresOnWhoComesToBelieveWrongly(t *testing.T) {
	s := playKnowing(t, 2)
	s.at(11*second).emit(1, node.Believed, 0, believedHealthy)
	s.at(50*second).emit(1, node.Believed, 0, believedUnhealthy)
	s.at(60 * second).end()
	require.Equal(t, 1, s.report.Broken(PropertyHealthKnown))
}

// An operator's word that a server acts upon is told after what comes of it, at the same instant.
func TestHealthKnownDemandsNothingOfWhoIsToldToForget(t *testing.T) {
	s := playKnowing(t, 2)
	s.at(11*second).emit(1, node.Believed, 0, believedHealthy)
	s.at(50*second).emit(1, node.Believed, 0, 0)
	s.unregister(1, 0)
	s.at(60 * second).end()
	require.Zero(t, s.report.Broken(PropertyHealthKnown))
}

// "The new life of a host begins knowing nothing", and has the bound to learn all.
func TestHealthKnownDemandsThatANewLifeLearns(t *testing.T) {
	for late, broken := range map[time.Duration]int{0: 0, 1: 1} {
		s := playKnowing(t, 2)
		s.at(20 * second).down(1)
		s.at(30 * second).up(1)
		s.at(40*second+late).emit(1, node.Believed, 0, believedHealthy)
		s.end()
		require.Equal(t, broken, s.report.Broken(PropertyHealthKnown), late)
	}
}

func TestHealthKnownDemandsNothingOfWhoCannotKnow(t *testing.T) {
	s := playKnowing(t, 4)
	s.at(2 * second).stall(1)
	s.at(3*second).uplink(2, false)
	s.at(4*second).cut(1, 3)
	s.at(20*second).origin(0, false)
	s.at(21*second).register(0, 1)
	s.emit(0, node.Believed, 0, believedUnhealthy)
	s.emit(3, node.Believed, 0, believedUnhealthy)
	s.at(22*second).emit(0, node.Believed, 1, believedHealthy) // host 3 has not heard of it
	s.at(60 * second).end()
	s.clean()
}

func TestHealthKnownDemandsWhatIsRegistered(t *testing.T) {
	s := playKnowing(t, 2)
	s.at(20*second).register(0, 1)
	s.at(30*second+1).unregister(1, 0)
	s.at(31 * second).end()
	require.Equal(t, 2, s.report.Broken(PropertyHealthKnown))
	require.Contains(t, s.report.Violations()[0].Detail, "host 0 believes origin 1 is unknown")
}

func TestHealthKnownMeasuresHowLongNewsTakes(t *testing.T) {
	s := playKnowing(t, 3)
	s.at(10*second).origin(0, false)
	s.at(11*second).origin(0, true) // nobody has noticed
	s.at(20*second).origin(0, false)
	s.at(22*second).emit(0, node.Believed, 0, believedUnhealthy)
	s.at(23*second).emit(1, node.Believed, 0, believedUnhealthy)
	s.at(27 * second).down(2) // the last that did not know
	s.at(40*second).origin(0, true)
	s.at(41 * second)
	believe(s, 0, believedHealthy)
	s.at(60 * second).end()
	s.clean()
	s.metric("known_count", 2)
	s.metric("known_p50_seconds", 1)
	s.metric("known_p99_seconds", 7)
	s.metric("known_max_seconds", 7)
}

func TestHealthKnownMeasuresWhenAllBelieveAlike(t *testing.T) {
	s := playKnowing(t, 2)
	s.at(10*second).cut(1, 1)
	s.at(12*second).origin(0, false)
	s.register(1, 1)
	s.at(20 * second).heal()
	s.join()
	s.at(22 * second)
	believe(s, 0, believedUnhealthy)
	s.at(23 * second)
	believe(s, 1, believedHealthy)
	s.at(25 * second).end()
	s.metric("believed_alike_seconds", 3)

	s = playKnowing(t, 2)
	s.at(2 * second).heal()
	s.at(9 * second).down(0)
	s.end()
	s.metric("believed_alike_seconds", 7) // after the last change of sides

	s = playKnowing(t, 2)
	s.at(2*second).origin(0, false)
	s.heal()
	s.end()
	require.NotContains(t, s.report.Metrics(), "believed_alike_seconds")
}
