package checkers

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// The bound is of two servers on a side, 10 s, unless a test is about another one.

func TestUsersFireOnWhoNeverRoutesAround(t *testing.T) {
	s := playUsers(t, 2)
	s.at(20*second).origin(0, false)
	s.at(25*second).routed(1, 0, false)
	s.at(30*second + 1).end()
	s.broke(PropertyRoutesAround, 30*second, "at 30.000s host 0 sends requests to origin 0, which is dead "+
		"since 20.000s; with nothing else disturbed since 0.000s, and 0s to settle, the bound 10s = "+
		"verdict 4s + spread 6s + 0s leaving gave it until 30.000s")
}

func TestUsersFireOnWhoRoutesAroundTooLate(t *testing.T) {
	late := playUsers(t, 2)
	late.at(50*second).origin(0, false)
	late.at(60*second).routed(1, 0, false)
	late.at(60*second+1).routed(0, 0, false)
	late.at(70 * second).end()
	late.fires(1)

	inTime := playUsers(t, 2)
	inTime.at(50*second).origin(0, false)
	inTime.at(60*second).routed(1, 0, false)
	inTime.routed(0, 0, false)
	inTime.at(70 * second).end()
	inTime.clean()
}

// fires demands that the promise was broken so many times.
func (s *script) fires(times int) {
	s.t.Helper()
	require.Equal(s.t, times, s.report.Broken(PropertyRoutesAround))
}

// The end of a death, of a registration or of a server's knowledge does not hide that it was late.
func TestUsersFireOnWhoIsSavedTooLate(t *testing.T) {
	for name, save := range map[string]func(*script){
		"back":         func(s *script) { s.origin(0, true) },
		"unregistered": func(s *script) { s.registered(1, 0, false) },
		"forgotten":    func(s *script) { s.emit(0, node.OriginForgotten, 0) },
		"crash":        func(s *script) { s.down(0) },
		"cut":          func(s *script) { s.cut(1, 0) },
		"pause":        func(s *script) { s.happens(HostStalled, 0, false) },
		"uplink":       func(s *script) { s.happens(UplinkChanged, 0, false) },
	} {
		for _, early := range []time.Duration{0, 1} {
			s := playUsers(t, 2)
			s.at(50*second).origin(0, false)
			s.routed(1, 0, false)
			save(s.at(60*second + 1 - early))
			require.Equal(t, int(1-early), s.report.Broken(PropertyRoutesAround), name)
		}
	}
}

// The time starts again with whatever happens to a server of the same side, and with none of another.
func TestUsersStartAgainWithWhatHappens(t *testing.T) {
	for name, happen := range map[string]func(*script){
		"crash":   func(s *script) { s.down(1) },
		"start":   func(s *script) { s.up(3); s.routed(3, 0, false) },
		"cut":     func(s *script) { s.cut(2, 1) },
		"join":    func(s *script) { s.join() },
		"pause":   func(s *script) { s.happens(HostStalled, 1, false) },
		"resumed": func(s *script) { s.happens(HostResumed, 1, false) },
		"uplink":  func(s *script) { s.happens(UplinkChanged, 1, true) },
		"learned": func(s *script) { s.emit(1, node.OriginLearned, 0) },
		"told":    func(s *script) { s.registered(1, 0, true) },
	} {
		for _, over := range []time.Duration{0, 1} {
			s := playUsers(t, 6)
			s.at(10 * second).down(3)
			s.cut(1, 4, 5)
			s.routed(0, 1, false) // so that it does not look like a panic
			s.at(50*second).origin(0, false)
			for _, host := range []node.ID{1, 2, 4, 5} {
				s.routed(host, 0, false)
			}
			happen(s.at(57 * second))
			s.at(67*second + over).end()
			require.Equal(t, int(over), s.report.Broken(PropertyRoutesAround), name)
		}
	}
}

func TestUsersDoNotStartAgainWithWhatHappensElsewhere(t *testing.T) {
	s := playUsers(t, 5)
	s.at(10*second).cut(1, 2, 3, 4)
	s.routed(0, 1, false)
	s.at(50*second).origin(0, false)
	for host := range node.ID(4) {
		s.routed(host+1, 0, false)
	}
	s.at(55 * second).down(3)
	s.happens(HostStalled, 2, false)
	s.cut(2, 4)
	s.at(60*second + 1).end()
	s.fires(1)
}

// "Until all origins are checked there": 5 s on a side of seven, from when something last happened there.
func TestUsersGiveASideTheTimeToSettle(t *testing.T) {
	for died, due := range map[time.Duration]time.Duration{51 * second: 65 * second, 57 * second: 67 * second} {
		for _, over := range []time.Duration{0, 1} {
			s := playUsers(t, 8)
			s.at(50 * second).down(7)
			s.at(died).origin(0, false)
			for host := range node.ID(6) {
				s.routed(host, 0, false)
			}
			s.at(due + over).end()
			require.Equal(t, int(over), s.report.Broken(PropertyRoutesAround), died)
		}
	}
}

// What waits to leave, or may, puts off what has died since: 3 s for each.
func TestUsersGiveTimeToLeave(t *testing.T) {
	plan := traffic()
	plan.Leaving = func(unhealthy, known int) time.Duration {
		require.Equal(t, 4, known)
		return time.Duration(unhealthy) * 3 * second
	}
	for _, over := range []time.Duration{0, 1} {
		s := play(t, NewUsers(plan), 1)
		s.at(20*second).origin(2, false)
		s.at(25*second).origin(2, true) // which the server may not know yet when the next one dies
		s.routed(0, 2, false)
		s.at(30*second).origin(0, false)
		s.at(46*second + over).end()
		s.fires(int(over))
	}
}

// "alone on its side, says that its network is lost, and checks origins of which at least half are
// down": with one of these missing it owes what all owe, and what was late before is late.
func TestUsersExcuseWhoCannotTellWhatFails(t *testing.T) {
	for name, test := range map[string]struct {
		alongside, checks int
		lost              time.Duration
		broken            int
	}{
		"secluded":    {0, 2, 55 * second, 0},
		"in company":  {1, 2, 55 * second, 2}, // of both
		"most are up": {0, 3, 55 * second, 1},
		"late":        {0, 2, 60*second + 1, 1},
	} {
		s := playSecluded(t, NewUsers(traffic()), test.alongside, test.checks)
		s.at(50*second).origin(0, false)
		for host := range node.ID(3 - test.alongside) {
			s.routed(3-host, 0, false)
		}
		s.at(test.lost).emit(0, node.NetworkLost, 0)
		s.at(100 * second).end()
		require.Equal(t, test.broken, s.report.Broken(PropertyRoutesAround), name)
	}
}

// "until Bound is over after it"
func TestUsersExcuseNobodyForLong(t *testing.T) {
	for _, over := range []time.Duration{0, 1} {
		s := playSecluded(t, NewUsers(traffic()), 0, 2)
		s.at(50*second).origin(0, false)
		for host := range node.ID(3) {
			s.routed(host+1, 0, false)
		}
		s.emit(0, node.NetworkLost, 0)
		s.at(80*second).emit(0, node.NetworkFound, 0)
		s.at(90*second + over).end()
		s.fires(int(over))
	}
}

// A pool of which less than half of the weight is up may panic: requests go to all of it.
func TestUsersForgiveAPanic(t *testing.T) {
	s := playUsers(t, 2)
	s.at(50*second).origin(3, false)
	s.origin(0, false)
	s.at(100 * second).end()
	s.clean()
}

// With just half of it up, it may not.
func TestUsersForgiveNoPanicWithEnoughUp(t *testing.T) {
	s := playUsers(t, 1)
	s.at(50*second).origin(3, false)
	s.at(100 * second).end()
	s.fires(1)
}

// Who does not send requests to all of a pool does not panic, however much of it is down.
func TestUsersForgiveNoPanicToWhoDoesNotPanic(t *testing.T) {
	s := playUsers(t, 1)
	s.at(50*second).origin(3, false)
	s.origin(0, false)
	s.at(55*second).routed(0, 3, false)
	s.at(100 * second).end()
	s.fires(1)
}

// Until the moment in which a panic ends, all that it was about may get requests: even if it ends one
// origin at a time.
func TestUsersForgiveUntilThePanicEnds(t *testing.T) {
	s := playUsers(t, 2)
	s.at(50*second).origin(3, false)
	s.origin(0, false)
	s.origin(1, false)
	s.at(80*second).origin(3, true)
	s.at(90 * second)
	for _, origin := range []uint32{0, 1} {
		s.routed(0, origin, false)
		s.routed(1, origin, false)
	}
	s.at(100 * second).end()
	s.clean()
}

// "Nor at the instant in which that ends": a pool of which 3 of 8 are up panics, until the server forgets
// the dead 4 and stops within the same input. An instant later it is late.
func TestUsersForgiveAPanicUntilTheDeadAreForgotten(t *testing.T) {
	for _, over := range []time.Duration{0, 1} {
		s := playUsers(t, 1)
		s.at(50*second).origin(3, false)
		s.origin(0, false)
		s.at(90*second).registered(0, 3, false)
		s.at(91*second).emit(0, node.OriginForgotten, 3)
		s.at(91*second+over).routed(0, 0, false)
		s.at(100 * second).end()
		s.fires(int(over))
	}
}

// "How long an origin that has come back may be kept out of a pool": 20 s beyond the bound.
func TestUsersForgiveAPanicUntilTheLastHasRecovered(t *testing.T) {
	for _, over := range []time.Duration{0, 1} {
		s := playUsers(t, 2)
		s.at(50*second).origin(3, false)
		s.origin(0, false)
		s.at(80*second).origin(3, true)
		s.at(110*second - 1 + over).end()
		s.fires(2 * int(over)) // both servers
	}
}

// Origins that are not registered any more may still be in a pool, and out of rotation there.
func TestUsersCountAgainstAPanicWhatIsStillKnown(t *testing.T) {
	s := playUsers(t, 2)
	s.at(10*second).registered(0, 3, false)
	s.at(50*second).origin(0, false)
	s.at(100 * second).end()
	s.clean() // 3 of 8 are up, of what both know

	s = playUsers(t, 2)
	s.at(10*second).registered(0, 3, false)
	s.emit(0, node.OriginForgotten, 3)
	s.emit(1, node.OriginForgotten, 3)
	s.at(50*second).origin(0, false)
	s.at(100 * second).end()
	s.fires(2) // 3 of 4
}

func TestUsersWithoutABoundPromiseNothing(t *testing.T) {
	plan := traffic()
	plan.Bound = 0
	s := play(t, NewUsers(plan), 1)
	s.origin(0, false)
	s.at(900 * second).end()
	s.clean()
}
