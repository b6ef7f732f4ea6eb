package checkers

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// playDetection starts hosts that all hold each other alive. The bound is 5 s.
func playDetection(t *testing.T, hosts int) *script {
	s := play(t, NewDetection(5*second), hosts)
	for host := range node.ID(hosts) {
		s.emit(host, node.Founded, uint32(host), uint64(hosts))
	}
	return s
}

func TestDetectionMeasuresTheFirstAndTheLastToNotice(t *testing.T) {
	s := playDetection(t, 5)
	s.at(10 * second).down(4)
	s.at(12*second).emit(1, node.MemberDead, 4, 0)
	s.emit(1, node.MemberDead, 4, 1) // the same again is nothing new
	s.at(13*second).emit(0, node.MemberDead, 4, 0)
	s.at(14*second).emit(2, node.MemberDead, 4, 0)
	s.at(14 * second).down(3) // owes nothing any more
	for host := range node.ID(3) {
		s.at(15*second).emit(host, node.MemberDead, 3, 0)
	}
	s.at(60 * second).end()
	s.clean()
	// Host 4: 2 s and 4 s. Host 3: 1 s and 1 s.
	s.metric("first_detection_seconds", 1.5)
	s.metric("full_detection_seconds", 2.5)
	s.metric("undetected_crashes", 0)
	s.metric("false_deaths", 0)
	require.Equal(t, map[string]int{SituationDetected: 2, SituationDetectedByAll: 2},
		s.report.Sometimes())
}

func TestDetectionBoundFiresOnWhoNoticesLate(t *testing.T) {
	s := playDetection(t, 3)
	s.at(10 * second).down(2)
	s.at(11*second).emit(0, node.MemberDead, 2, 0)
	s.at(15*second+1).emit(1, node.MemberDead, 2, 0)
	s.end()
	s.broke(PropertyDetectionBound, 15*second, "host 1 holds host 2 as dead only at 15.000s, "+
		"5.000000001s after its crash at 10.000s; by the bound 5s it had until 15.000s")
}

func TestDetectionBoundAcceptsTheBound(t *testing.T) {
	s := playDetection(t, 3)
	s.at(10 * second).down(2)
	s.at(15*second).emit(0, node.MemberDead, 2, 0)
	s.emit(1, node.MemberDead, 2, 0)
	s.at(60 * second).end()
	s.clean()
	s.metric("full_detection_seconds", 5)
}

func TestDetectionBoundFiresOnWhoNeverNotices(t *testing.T) {
	s := playDetection(t, 4)
	s.at(10 * second).down(3)
	s.at(11*second).emit(0, node.MemberDead, 3, 0)
	s.at(12*second).emit(1, node.MemberSuspect, 3, 0)
	s.at(20 * second).end()
	s.broke(PropertyDetectionBound, 15*second, "hosts 1 and 2 still held host 3 to be a member at "+
		"20.000s, 10s after its crash at 10.000s; by the bound 5s there was time until 15.000s")
	s.metric("undetected_crashes", 1)
	require.NotContains(t, s.report.Metrics(), "full_detection_seconds")

	s = playDetection(t, 2)
	s.at(10 * second).down(1)
	s.at(15*second + 1).up(1) // coming back is too late
	require.Equal(t, 1, s.report.Broken(PropertyDetectionBound))
}

// "one that has noticed and takes the crashed host back is awaited again"
func TestDetectionAwaitsWhoTakesTheCrashedHostBack(t *testing.T) {
	s := playDetection(t, 3)
	s.at(10 * second).down(2)
	s.at(11*second).emit(0, node.MemberDead, 2, 0)
	s.emit(1, node.MemberDead, 2, 0)
	s.at(12*second).emit(0, node.MemberAlive, 2, 1)
	s.at(100 * second).end()
	s.broke(PropertyDetectionBound, 15*second, "host 0 still held host 2 to be a member at "+
		"100.000s, 1m30s after its crash at 10.000s; by the bound 5s there was time until 15.000s")
	s.metric("undetected_crashes", 1)
	require.NotContains(t, s.report.Metrics(), "full_detection_seconds")
}

func TestFullDetectionIsWhenTheCrashedHostIsLetGoForTheLastTime(t *testing.T) {
	for again, broken := range map[time.Duration]int{15 * second: 0, 15*second + 1: 1} {
		s := playDetection(t, 4)
		s.at(1*second).emit(2, node.MemberDead, 3, 0) // owes nothing
		s.at(10 * second).down(3)
		s.at(11*second).emit(0, node.MemberDead, 3, 0)
		s.emit(1, node.MemberDead, 3, 0)
		s.at(12*second).emit(0, node.MemberAlive, 3, 1)
		s.emit(0, node.MemberSuspect, 3, 1) // is awaited once
		s.emit(2, node.MemberAlive, 3, 1)
		s.at(again).emit(0, node.MemberDead, 3, 1)
		s.at(60 * second).end()
		require.Equal(t, broken, s.report.Broken(PropertyDetectionBound), again)
		s.metric("full_detection_seconds", (again - 10*second).Seconds())
		s.metric("undetected_crashes", 0)
	}
}

func TestDetectionBoundIsVoidWhereTimeWasTooShort(t *testing.T) {
	s := playDetection(t, 2)
	s.at(10 * second).down(1)
	s.at(15 * second).up(1)
	s.at(20 * second).down(0)
	s.at(25 * second).end()
	s.clean()
	s.metric("undetected_crashes", 1) // host 1 holds nobody in its new life
}

func TestDetectionWithoutABoundPromisesNothing(t *testing.T) {
	s := play(t, NewDetection(0), 2)
	s.emit(0, node.MemberAlive, 1, 1)
	s.at(10 * second).down(1)
	s.at(90*second).emit(0, node.MemberDead, 1, 1)
	s.end()
	s.clean()
	s.metric("first_detection_seconds", 80)
}

// "hosts that were on the crashed host's side", and of these who held it to be a member.
func TestDetectionAwaitsNobodyElse(t *testing.T) {
	s := playDetection(t, 5)
	s.at(1*second).cut(1, 3)
	s.emit(2, node.MemberDead, 4, 0) // falsely, before the crash
	s.at(10 * second).down(4)
	s.at(11*second).emit(0, node.MemberDead, 4, 0)
	s.at(12*second).emit(1, node.MemberDead, 4, 0)
	s.at(60 * second).end()
	s.clean()
	s.metric("full_detection_seconds", 2)
	s.metric("false_deaths", 1)
}

func TestALeaveIsNoCrash(t *testing.T) {
	for _, last := range []node.EventKind{node.MemberLeft, node.Yielded} {
		s := playDetection(t, 2)
		s.emit(1, last, 1, 1)
		s.at(10 * second).down(1)
		s.at(60 * second).end()
		s.clean()
		s.metric("undetected_crashes", 0)
	}
}

// "the times a host said dead of one that was up and on its side"
func TestDetectionCountsFalseDeaths(t *testing.T) {
	s := playDetection(t, 4)
	s.emit(0, node.MemberDead, 1, 0)
	s.emit(2, node.MemberDead, 1, 0)
	s.emit(1, node.MemberDead, 1, 0) // of itself
	s.cut(1, 3)
	s.emit(0, node.MemberDead, 3, 0) // on the other side
	s.emit(2, node.Yielded, 2, 0)
	s.emit(0, node.MemberDead, 2, 0) // gave up
	s.end()
	s.metric("false_deaths", 2)
}

func TestACrashIsSeenOnceByHoweverMany(t *testing.T) {
	s := play(t, both{NewDetection(5 * second), NewMembership(5 * second)}, 2)
	s.emit(0, node.MemberAlive, 1, 1)
	s.at(10 * second).down(1)
	s.at(11*second).emit(0, node.MemberDead, 1, 1)
	s.end()
	require.Equal(t, 1, s.report.Sometimes()[SituationDetected])
}
