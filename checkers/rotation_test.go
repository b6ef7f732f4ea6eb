package checkers

import (
	"testing"
	"time"
	"unsafe"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/rng"
)

// balancing is of a pool of ten origins, the last of them not configured, and one alone in a pool. Each
// unhealthy one takes 10 s to leave, as but one may in 10 s; less than half is a panic.
func balancing() Balancing {
	return Balancing{
		Origins:  Origins{Count: 11, Configured: 9},
		Place:    func(origin uint32) (pool uint32, weight uint16) { return origin / 10, 1 },
		PanicPPM: rng.Percent(50), ChurnPPM: rng.Percent(20), ChurnWindow: 10 * second,
		Leaving:  func(unhealthy, _ int) time.Duration { return time.Duration(unhealthy) * 10 * second },
		Debounce: 5 * second, LongestDebounce: 8 * second,
	}
}

func playRotation(t testing.TB) *script { return play(t, NewRotation(balancing()), 2) }

func (s *script) believes(origin uint32, status uint64) {
	s.emit(0, node.Believed, origin, status)
}

// brokeRotation demands that the promise was broken so many times.
func (s *script) brokeRotation(times int, why string, late time.Duration) {
	s.t.Helper()
	require.Equal(s.t, times, s.report.Broken(PropertyRoutesAsBelieved), "%s, %v late", why, late)
}

func TestRotationFiresOnWhatStays(t *testing.T) {
	s := playRotation(t)
	s.at(20*second).believes(3, believedUnhealthy)
	s.at(31 * second).end()
	s.broke(PropertyRoutesAsBelieved, 31*second, "on host 0 origin 3 of pool 0 is routed to, though "+
		"believed unhealthy since 20.000s at 31.000s; it was to be out of rotation at 30.000s")
}

func TestRotationAllowsTheTimeToLeaveAndToReturn(t *testing.T) {
	for _, late := range []time.Duration{0, 1} {
		s := playRotation(t)
		s.at(20*second).believes(3, believedUnhealthy)
		s.at(30*second+late).routed(0, 3, false)
		s.at(40*second).believes(3, believedHealthy)
		s.at(45*second).routed(0, 3, true)
		s.at(90 * second).end()
		s.brokeRotation(int(late), "leaving", late)

		s = playRotation(t)
		s.at(20*second).believes(3, believedUnhealthy)
		s.routed(0, 3, false)
		s.at(30*second).believes(3, 0)
		s.at(35*second+late).routed(0, 3, true)
		s.at(90 * second).end()
		s.brokeRotation(int(late), "returning", late)
	}
}

// "Before the Debounce": what left is not to return earlier, and the second time takes 8 s at most.
func TestRotationFiresOnWhatReturnsTooEarly(t *testing.T) {
	for _, early := range []time.Duration{0, 1} {
		s := playRotation(t)
		s.at(20*second).believes(3, believedUnhealthy)
		s.routed(0, 3, false)
		s.at(30*second).believes(3, believedHealthy)
		s.at(35*second-early).routed(0, 3, true)
		s.at(50*second).believes(3, believedUnhealthy)
		s.routed(0, 3, false)
		s.at(60*second).believes(3, believedHealthy)
		s.at(68*second).routed(0, 3, true)
		s.end()
		s.brokeRotation(int(early), "early", early)
	}
	s := playRotation(t)
	s.at(20*second).believes(3, believedUnhealthy)
	s.routed(0, 3, false)
	s.at(21*second).routed(0, 3, true)
	s.brokeRotation(1, "still unhealthy", 0)
}

// "By how much at most the clocks of the servers run wrong": by one that is 1,000 ppm fast 5 s are
// over after 4.995 s, and by one as slow after 5.005 s, to the nanosecond but for two.
func TestRotationAllowsForClocksThatRunWrong(t *testing.T) {
	for _, c := range []struct {
		returned time.Duration // since it was believed healthy again
		broken   int
	}{
		{4995004993, 1}, {4995004994, 0}, {5005005007, 0}, {5005005008, 1},
	} {
		promise := balancing()
		promise.Drift = 1000
		s := play(t, NewRotation(promise), 2)
		s.at(20*second).believes(3, believedUnhealthy)
		s.routed(0, 3, false)
		s.at(30*second).believes(3, believedHealthy)
		s.at(30*second+c.returned).routed(0, 3, true)
		s.at(90 * second).end()
		s.brokeRotation(c.broken, "5 s", c.returned)
	}
}

// "No more leaves within a ChurnWindow than ChurnPPM", which is less than two of nine, "though one
// origin always may".
func TestRotationFiresOnChurn(t *testing.T) {
	for early, broken := range []int{0, 1} {
		s := playRotation(t)
		s.at(30*second).believes(0, believedUnhealthy)
		s.routed(0, 0, false)
		s.believes(1, believedUnhealthy)
		s.at(40*second-time.Duration(early)).routed(0, 1, false)
		s.brokeRotation(broken, "two of nine", time.Duration(-early))
	}
}

// playAfterPanic has origins 0 to 3 wait to leave, in a pool that is sure not to panic from 40 s on.
func playAfterPanic(t testing.TB) *script {
	plan := balancing()
	plan.Leaving = func(_, _ int) time.Duration { return 60 * second }
	s := play(t, NewRotation(plan), 1)
	s.at(30 * second)
	for origin := range uint32(5) {
		s.believes(origin, believedUnhealthy)
	}
	s.at(32*second).believes(3, believedHealthy)
	s.believes(4, believedHealthy)
	s.at(40*second).believes(3, believedUnhealthy)
	return s
}

// A panic hides who leaves, and with it when the server's own window began: twice the share may be
// seen to leave within one window after that, until a whole one has gone by.
func TestRotationAllowsTwiceTheChurnAfterAPanic(t *testing.T) {
	for _, test := range []struct {
		from   time.Duration
		leave  uint32
		broken int
	}{
		{50*second - 1, 3, 0}, {50*second - 1, 4, 1}, {50 * second, 1, 0}, {50 * second, 2, 1},
	} {
		s := playAfterPanic(t)
		s.at(test.from)
		for origin := range test.leave {
			s.routed(0, origin, false)
		}
		s.brokeRotation(test.broken, "leaving after a panic", test.from)
	}
}

// What follows at once on a window that may not have been the server's own may not be either.
func TestRotationFindsTheWindowsAgain(t *testing.T) {
	for again, broken := range map[time.Duration]int{58 * second: 0, 62 * second: 1} {
		s := playAfterPanic(t)
		s.at(45*second).routed(0, 0, false)
		s.at(52*second).routed(0, 1, false)
		s.at(again).routed(0, 2, false)
		s.at(again+4*second).routed(0, 3, false)
		s.brokeRotation(broken, "windows", again)
	}
}

// A pool of nine panics when five are unhealthy, and not before.
func TestRotationDemandsThatItFailsOpen(t *testing.T) {
	for unhealthy, broken := range map[uint32]int{4: 0, 5: 1} {
		s := playRotation(t)
		s.at(30*second).believes(0, believedUnhealthy)
		s.routed(0, 0, false)
		for origin := range unhealthy {
			s.believes(origin, believedUnhealthy)
		}
		s.at(31 * second).end()
		s.brokeRotation(broken, "fail open", 0)
	}
}

func TestRotationAllowsAPanic(t *testing.T) {
	s := playRotation(t)
	s.at(30 * second)
	for origin := range uint32(5) {
		s.believes(origin, believedUnhealthy)
	}
	s.at(90*second).believes(0, believedHealthy)
	for origin := range uint32(4) {
		s.routed(0, origin+1, false)
	}
	s.end()
	s.clean()

	s = playRotation(t)
	s.at(30 * second)
	for origin := range uint32(4) {
		s.believes(origin, believedUnhealthy)
	}
	s.at(71 * second).end()
	s.brokeRotation(4, "no panic", 0)
}

// "No fault is an excuse but standing still": what is late then happens when the server runs again.
func TestRotationWaitsForWhoStandsStill(t *testing.T) {
	s := playRotation(t)
	s.at(20*second).believes(3, believedUnhealthy)
	s.at(22 * second).stall(0)
	s.at(40 * second).resume(0)
	s.routed(0, 3, false)
	s.at(50*second).believes(3, believedHealthy)
	s.at(52 * second).stall(0)
	s.at(70 * second).resume(0)
	s.routed(0, 3, true)
	s.at(90 * second).end()
	s.clean()

	s = playRotation(t)
	s.at(20*second).believes(3, believedUnhealthy)
	s.at(30*second + 1).stall(0)
	s.brokeRotation(1, "late before it stood still", 0)
}

// A slow server counts as standing still, and yet does things: in one input what is new, and what was
// due before, so that a pool panics in between for which nothing is left to see of that.
func TestRotationLeavesASlowServerItsPanics(t *testing.T) {
	play := func(slow bool) *script {
		s := playRotation(t)
		s.at(20*second).believes(3, believedUnhealthy)
		s.routed(0, 3, false)
		if s.at(22 * second); slow {
			s.stall(0)
		}
		s.routed(0, 3, true)
		s.routed(0, 3, false)
		return s
	}
	play(true).clean()
	play(false).brokeRotation(2, "routed to again, and then gone too soon", 0)
}

// What a server has not heard of it routes to no more than it is told; a new life routes to all it knows.
func TestRotationIsOfWhatIsKnown(t *testing.T) {
	s := playRotation(t)
	s.at(20*second).emit(0, node.OriginLearned, 9)
	s.believes(9, believedUnhealthy)
	s.routed(0, 9, false)
	s.at(30*second).emit(0, node.OriginForgotten, 9)
	s.at(40*second).believes(3, believedUnhealthy)
	s.routed(0, 3, false)
	s.at(41 * second).down(0)
	s.at(50 * second).up(0)
	s.at(90 * second).end()
	s.clean()
}

// What left in time may have left a pool that was larger than it is now: two of ten, and one of six.
func TestRotationRemembersThePoolAsItWas(t *testing.T) {
	for more, broken := range []int{0, 1} {
		plan := balancing()
		plan.PanicPPM = 0
		plan.Leaving = func(_, _ int) time.Duration { return 60 * second }
		s := play(t, NewRotation(plan), 1)
		s.at(30*second).emit(0, node.OriginLearned, 9, 0)
		for origin := range uint32(4) {
			s.believes(origin, believedUnhealthy)
		}
		s.at(31*second).routed(0, 0, false)
		s.routed(0, 1, false)
		for origin := uint32(4); origin < 8; origin++ {
			s.emit(0, node.OriginForgotten, origin, 0)
		}
		s.at(40*second).routed(0, 2, false)
		if more > 0 {
			s.routed(0, 3, false)
		}
		s.brokeRotation(broken, "leaving a pool that shrank", 0)
	}
}

// "It keeps 16 bytes per server and origin."
func TestRotationKeepsLittle(t *testing.T) {
	require.EqualValues(t, 16, unsafe.Sizeof(backend{}))
}
