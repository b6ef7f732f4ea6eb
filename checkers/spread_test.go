package checkers

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// playSpread lets host 0 of some describe itself at 10 s, at incarnation 5. The figures are taken
// within 8 s, and the promise is 6 s.
func playSpread(t *testing.T, hosts int) *script {
	s := play(t, NewSpread(8*second, 6*second), hosts)
	s.at(10*second).emit(0, node.Described, 0, 5, 0xaa)
	return s
}

// "mean time to 50/90% of nodes, 100% (of complete runs), and nodes missed after 8 s", of N-1
// others.
func TestSpreadMeasuresWhenPartsOfTheOthersKnow(t *testing.T) {
	s := playSpread(t, 11)
	for host := range node.ID(10) {
		s.at(10*second+time.Duration(host+1)*second/2).emit(host+1, node.MemberAlive, 0, 5, 0xaa)
	}
	s.end()
	s.clean()
	s.metric("t50_seconds", 2.5)
	s.metric("t90_seconds", 4.5)
	s.metric("t100_seconds", 5)
	s.metric("missed", 0)
	require.Equal(t, map[string]int{SituationDescribed: 1}, s.report.Sometimes())
}

func TestKnowingTakesTheHashAtThatIncarnationOrALaterOne(t *testing.T) {
	for name, about := range map[string]struct {
		subject           uint32
		incarnation, hash uint64
		knows             bool
	}{
		"the change":              {0, 5, 0xaa, true},
		"a refutation of later":   {0, 6, 0xaa, true},
		"what was before":         {0, 4, 0xaa, false},
		"another of the author's": {0, 6, 0xbb, false},
		"another's":               {1, 5, 0xaa, false},
	} {
		s := playSpread(t, 3)
		s.emit(2, node.MemberAlive, about.subject, about.incarnation, about.hash)
		s.end()
		require.Equal(t, about.knows, s.report.Metrics()["missed"] == 1, name) // host 1 never knows
	}
}

func TestSpreadMissesWhoIsLate(t *testing.T) {
	for late, missed := range map[bool]float64{false: 0, true: 1} {
		s := playSpread(t, 3)
		s.at(11*second).emit(1, node.MemberAlive, 0, 5, 0xaa)
		if s.at(18 * second); late {
			s.now++
		}
		s.emit(2, node.MemberAlive, 0, 5, 0xaa)
		s.end()
		s.metric("missed", missed)
		s.metric("t50_seconds", 1)
		_, complete := s.report.Metrics()["t100_seconds"]
		require.Equal(t, !late, complete)
	}
}

func TestUpdateSpreadsFiresOnWhoLearnsLate(t *testing.T) {
	s := playSpread(t, 3)
	s.at(16*second).emit(1, node.MemberAlive, 0, 5, 0xaa)
	s.clean()
	s.at(16*second+1).emit(2, node.MemberAlive, 0, 5, 0xaa)
	s.end()
	s.broke(PropertyUpdateSpreads, 16*second,
		"host 2 learns only at 16.000s what host 0 said of itself at 10.000s, incarnation 5; by "+
			"the bound 6s it had until 16.000s")
}

func TestUpdateSpreadsFiresOnWhoNeverLearns(t *testing.T) {
	s := playSpread(t, 4)
	s.at(12*second).emit(1, node.MemberAlive, 0, 5, 0xaa)
	s.at(20 * second).end()
	s.broke(PropertyUpdateSpreads, 16*second,
		"at 20.000s what host 0 said of itself at 10.000s, incarnation 5, is not known to hosts 2 "+
			"and 3; by the bound 6s there was time until 16.000s")
	s.metric("missed", 2)
}

func TestUpdateSpreadsIsVoidWhereTimeWasTooShort(t *testing.T) {
	s := playSpread(t, 3)
	s.at(16 * second).end()
	s.clean()

	s = playSpread(t, 3)
	s.at(16*second).emit(0, node.Described, 0, 6, 0xbb)
	s.emit(1, node.MemberAlive, 0, 6, 0xbb)
	s.emit(2, node.MemberAlive, 0, 6, 0xbb)
	s.at(60 * second).end()
	s.clean()

	s = play(t, NewSpread(8*second, 0), 2)
	s.emit(0, node.Described, 0, 5, 0xaa)
	s.at(60 * second).end()
	s.clean() // nothing was promised
	s.metric("missed", 1)
}

// "that do not go down before they know", and were there from the start
func TestSpreadCountsWhoIsPresent(t *testing.T) {
	s := play(t, NewSpread(8*second, 6*second), 6)
	s.down(5)
	s.emit(4, node.MemberLeft, 4, 1)
	s.at(10*second).emit(0, node.Described, 0, 5, 0xaa)
	s.at(11*second).emit(1, node.MemberAlive, 0, 5, 0xaa)
	s.down(1) // knew in time
	s.down(2)
	s.up(2)
	s.up(5)
	s.at(12*second).emit(3, node.MemberAlive, 0, 5, 0xaa)
	s.at(60 * second).end()
	s.clean()
	s.metric("missed", 0)
	s.metric("t50_seconds", 1)
	s.metric("t100_seconds", 2)
}

func TestSpreadHasNothingToSayWithoutAChange(t *testing.T) {
	s := play(t, NewSpread(8*second, 6*second), 2)
	s.emit(1, node.MemberAlive, 0, 5, 0xaa)
	s.at(60 * second).end()
	s.clean()
	require.Empty(t, s.report.Metrics())
}
