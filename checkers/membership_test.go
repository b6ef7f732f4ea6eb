package checkers

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
)

// playMembers starts hosts that all hold each other alive. The bound is 5 s.
func playMembers(t *testing.T, hosts int) *script {
	s := play(t, NewMembership(5*second), hosts)
	for observer := range hosts {
		meet(s, node.ID(observer))
	}
	return s
}

// meet makes observer hold all hosts alive at incarnation 1.
func meet(s *script, observer node.ID) {
	for subject := range s.Hosts() {
		s.emit(observer, node.MemberAlive, uint32(subject), 1)
	}
}

func TestCompletenessFiresOnACrashThatGoesUnnoticed(t *testing.T) {
	s := playMembers(t, 3)
	s.at(10 * second).down(2)
	s.at(12*second).emit(0, node.MemberDead, 2, 1)
	s.at(13*second).emit(1, node.MemberSuspect, 2, 1)
	s.at(20 * second).end()
	s.broke(PropertyCompleteness, 15*second,
		"host 1 still holds host 2 as suspect at 20.000s, 10s after its crash at 10.000s; "+
			"undisturbed since 0.000s it had until 15.000s by the bound 5s")
}

func TestCompletenessAcceptsDetectionUpToTheBound(t *testing.T) {
	for _, kind := range []node.EventKind{node.MemberDead, node.MemberLeft, node.MemberForgotten} {
		s := playMembers(t, 2)
		s.at(10 * second).down(1)
		s.at(15*second).emit(0, kind, 1, 1)
		s.at(30 * second).end()
		s.clean()

		s = playMembers(t, 2)
		s.at(10 * second).down(1)
		s.at(15*second+1).emit(0, kind, 1, 1) // a nanosecond late
		s.at(30 * second).end()
		require.Equal(t, 1, s.report.Broken(PropertyCompleteness), "%v", kind)
	}
}

func TestCompletenessAsksNothingOfWhoNeverHeldTheHost(t *testing.T) {
	s := play(t, NewMembership(5*second), 2)
	s.at(10 * second).down(1)
	s.at(30 * second).end()
	s.clean()
}

func TestCompletenessIsVoidWhenTheHostComesBack(t *testing.T) {
	s := playMembers(t, 2)
	s.at(10 * second).down(1)
	s.at(14 * second).up(1)
	s.at(30 * second).end()
	s.clean()
}

func TestCompletenessCountsFromTheObserversOwnStart(t *testing.T) {
	s := playMembers(t, 3)
	s.at(10 * second).down(2)
	s.at(11 * second).down(1)
	s.emit(0, node.MemberDead, 1, 1)
	s.emit(0, node.MemberDead, 2, 1)
	s.at(13 * second).up(1)
	meet(s, 1) // from a stale snapshot
	s.at(18*second).emit(1, node.MemberDead, 2, 1)
	s.at(30 * second).end()
	s.clean()

	s = playMembers(t, 3)
	s.at(10 * second).down(2)
	s.emit(0, node.MemberDead, 2, 1)
	s.at(11 * second).down(1)
	s.emit(0, node.MemberDead, 1, 1)
	s.at(13 * second).up(1)
	meet(s, 1)
	s.at(30 * second).end()
	s.broke(PropertyCompleteness, 18*second,
		"host 1 still holds host 2 as alive at 30.000s, 20s after its crash at 10.000s; "+
			"undisturbed since 13.000s it had until 18.000s by the bound 5s")
}

func TestCompletenessCountsFromTheLastCutOrJoin(t *testing.T) {
	s := playMembers(t, 4)
	s.at(10 * second).down(3)
	s.at(12*second).cut(1, 2)
	s.at(14 * second).join()
	for observer := range node.ID(3) {
		s.at(19*second).emit(observer, node.MemberDead, 3, 1)
	}
	s.at(30 * second).end()
	s.clean()

	s = playMembers(t, 4)
	s.at(10 * second).down(3)
	s.at(12*second).cut(1, 2)
	s.at(14 * second).join()
	s.at(30 * second).end()
	require.Equal(t, 3, s.report.Broken(PropertyCompleteness))
	require.Equal(t, clock.At(19*second), s.report.Violations()[0].At)
}

// A crash or start elsewhere changes no side in the sense of the bound: rolling crashes must not
// excuse anybody from noticing the first.
func TestCompletenessIsNotExcusedByOtherCrashes(t *testing.T) {
	s := playMembers(t, 5)
	s.at(10 * second).down(4)
	s.at(12 * second).down(3)
	s.at(14 * second).down(2)
	s.emit(0, node.MemberDead, 2, 1)
	s.emit(0, node.MemberDead, 3, 1)
	s.emit(1, node.MemberDead, 2, 1)
	s.emit(1, node.MemberDead, 3, 1)
	s.emit(1, node.MemberDead, 4, 1)
	s.at(20 * second).end()
	s.broke(PropertyCompleteness, 15*second,
		"host 0 still holds host 4 as alive at 20.000s, 10s after its crash at 10.000s; "+
			"undisturbed since 0.000s it had until 15.000s by the bound 5s")
}

// A refutation still on its way when the host crashed brings it back to life once, not for ever.
func TestCompletenessGivesAHigherIncarnationTheBoundOnce(t *testing.T) {
	s := playMembers(t, 2)
	s.at(10 * second).down(1)
	s.at(12*second).emit(0, node.MemberDead, 1, 1)
	s.at(14*second).emit(0, node.MemberAlive, 1, 2)
	s.at(19*second).emit(0, node.MemberDead, 1, 2)
	s.at(30 * second).end()
	s.clean()

	s = playMembers(t, 2)
	s.at(10 * second).down(1)
	s.at(12*second).emit(0, node.MemberDead, 1, 1)
	s.at(14*second).emit(0, node.MemberAlive, 1, 2)
	s.at(18*second).emit(0, node.MemberSuspect, 1, 2)
	s.at(18*second).emit(0, node.MemberAlive, 1, 2) // the same incarnation again
	s.at(30 * second).end()
	s.broke(PropertyCompleteness, 19*second,
		"host 0 still holds host 1 as alive at 30.000s, 20s after its crash at 10.000s; "+
			"undisturbed since 0.000s it had until 19.000s by the bound 5s")
}

func TestAccuracyFiresOnADeathAtRest(t *testing.T) {
	s := playMembers(t, 2)
	s.at(10 * second).heal()
	s.at(15*second).emit(0, node.MemberDead, 1, 7)
	s.at(16*second).emit(0, node.MemberAlive, 1, 8)
	s.at(30 * second).end()
	s.broke(PropertyAccuracy, 15*second,
		"host 0 says at 15.000s that host 1 is dead at incarnation 7, but it is up since 0.000s "+
			"and on the same side, at rest since 15.000s (5s after 10.000s)")
	s.metric("false_deaths", 1)
}

func TestAccuracyAcceptsAFalseDeathBeforeRestThatIsTakenBack(t *testing.T) {
	s := playMembers(t, 2)
	s.at(10 * second).heal()
	s.at(15*second-1).emit(0, node.MemberDead, 1, 7)
	s.at(16*second).emit(0, node.MemberAlive, 1, 8)
	s.at(30 * second).end()
	s.clean()
	s.metric("false_deaths", 1)
}

func TestAccuracyFiresOnWhatIsHeldAtTheEnd(t *testing.T) {
	for kind, as := range map[node.EventKind]string{
		node.MemberDead: "dead", node.MemberForgotten: "unknown", node.MemberLeft: "left",
		node.MemberSuspect: "suspect",
	} {
		s := playMembers(t, 2)
		s.at(10 * second).heal()
		s.at(14*second).emit(0, kind, 1, 1)
		s.at(20 * second).end()
		s.broke(PropertyAccuracy, 20*second,
			"host 0 holds host 1 as "+as+" when the run ends at 20.000s, but it is up since "+
				"0.000s and on the same side, at rest since 15.000s (5s after 10.000s)")
	}
}

func TestAccuracyAcceptsASuspicionThatMayStillBeRefuted(t *testing.T) {
	for late, broken := range map[bool]int{false: 0, true: 1} {
		s := playMembers(t, 2)
		s.heal()
		s.at(10*second).emit(0, node.MemberSuspect, 1, 1)
		s.at(12*second).emit(0, node.MemberSuspect, 1, 2) // still the same suspicion
		if s.at(15 * second); late {
			s.now++
		}
		s.end()
		require.Equal(t, broken, s.report.Broken(PropertyAccuracy),
			"later than the bound: %v", late)
	}
}

func TestAccuracyIsPerSideAndLeavesOutWhoIsDownOrLeft(t *testing.T) {
	s := playMembers(t, 5)
	s.at(1*second).cut(1, 3, 4)
	for _, far := range []uint32{3, 4} {
		s.at(4*second).emit(0, node.MemberDead, far, 1)
		s.emit(1, node.MemberDead, far, 1)
		s.emit(2, node.MemberDead, far, 1)
	}
	s.at(5 * second).down(2)
	s.emit(0, node.MemberDead, 2, 1)
	s.emit(1, node.MemberDead, 2, 1)
	s.emit(3, node.MemberDead, 2, 1)
	s.emit(4, node.MemberDead, 2, 1)
	s.at(6*second).emit(4, node.MemberLeft, 4, 1) // leaves on its own account, still running
	s.emit(3, node.MemberLeft, 4, 1)
	s.heal()
	s.at(30 * second).end()
	s.clean()
	s.metric("false_deaths", 0)
}

func TestMembershipMeasuresDetectionByTheCrashedHostsSide(t *testing.T) {
	s := playMembers(t, 6)
	s.at(1*second).cut(1, 5)
	s.at(10 * second).down(4)
	s.at(11*second).emit(2, node.MemberDead, 4, 1)
	s.at(12*second).emit(5, node.MemberDead, 4, 1) // was on the other side
	s.at(12*second).emit(0, node.MemberDead, 4, 1)
	s.at(13*second).emit(2, node.MemberDead, 4, 2) // said so already
	s.at(13 * second).down(3)
	s.at(13*second).emit(0, node.MemberDead, 3, 1)
	s.at(14 * second).up(3)
	s.at(14*second).emit(3, node.MemberDead, 4, 1) // has restarted since
	s.at(15*second).emit(1, node.MemberDead, 4, 1)
	s.end()
	s.clean()
	// Host 4: 1, 2 and 5 s by hosts 2, 0 and 1. Host 3: 0 s by host 0.
	s.metric("detection_p50_seconds", 1)
	s.metric("detection_p99_seconds", 5)
	s.metric("detection_max_seconds", 5)
	s.metric("first_detection_p50_seconds", 0)
	require.Equal(t, 2, s.report.Sometimes()[SituationDetected])
}

func TestMembershipCountsRefutations(t *testing.T) {
	s := playMembers(t, 2)
	s.emit(1, node.Refuted, 1, 2)
	s.end()
	s.clean()
	require.Equal(t, map[string]int{SituationRefuted: 1}, s.report.Sometimes())
	require.NotContains(t, s.report.Metrics(), "detection_p50_seconds")
}

// A member may be heard of for the first time through an accusation, when it is down already.
func TestCompletenessGivesASuspicionOfAnUnknownHostTheBound(t *testing.T) {
	s := play(t, NewMembership(5*second), 2)
	s.at(10 * second).down(1)
	s.at(14*second).emit(0, node.MemberSuspect, 1, 1)
	s.at(19*second).emit(0, node.MemberDead, 1, 1)
	s.at(30 * second).end()
	s.clean()
}

// A founder's word stands for a MemberAlive about each of the others.
func TestCompletenessKnowsTheFounders(t *testing.T) {
	s := play(t, NewMembership(5*second), 2)
	s.emit(0, node.Founded, 0, 2)
	s.at(10 * second).down(1)
	s.at(20 * second).end()
	s.broke(PropertyCompleteness, 15*second,
		"host 0 still holds host 1 as alive at 20.000s, 10s after its crash at 10.000s; "+
			"undisturbed since 0.000s it had until 15.000s by the bound 5s")
}

// Two lives cannot share an ID: the one that yields is out, rightly, though it runs.
func TestAccuracyLeavesOutWhoYielded(t *testing.T) {
	s := playMembers(t, 2)
	s.heal()
	s.at(10*second).emit(1, node.Yielded, 1, 1)
	s.at(12*second).emit(0, node.MemberDead, 1, 1)
	s.at(30 * second).end()
	s.clean()
	s.metric("false_deaths", 0)
}
