package checkers

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// playHealing cuts hosts 2 and 3 off 0 and 1 from 10 s to 20 s, and all say dead of those they
// lose.
// The group counts as healed within 30 s, and the promise is 8 s.
func playHealing(t *testing.T) *script {
	s := play(t, NewHealing(30*second, 8*second), 4)
	for host := range node.ID(4) {
		s.emit(host, node.Founded, uint32(host), 4)
	}
	s.at(10*second).cut(1, 2, 3)
	for host := range node.ID(4) {
		for lost := range node.ID(4) {
			if host/2 != lost/2 {
				s.at(15*second).emit(host, node.MemberDead, uint32(lost), 1)
			}
		}
	}
	s.at(20 * second).join()
	return s
}

// unite makes all that lost each other hold each other again, but for one pair.
func unite(s *script) {
	s.emit(0, node.MemberAlive, 2, 2)
	s.emit(1, node.MemberAlive, 2, 2)
	s.emit(0, node.MemberAlive, 3, 2)
	s.emit(2, node.MemberAlive, 0, 2)
	s.emit(3, node.MemberAlive, 0, 2)
	s.emit(2, node.MemberAlive, 1, 2)
	s.emit(3, node.MemberAlive, 1, 2)
}

func TestHealingMeasuresUntilAllHoldAll(t *testing.T) {
	s := playHealing(t)
	unite(s.at(25 * second))
	s.at(28*second).emit(1, node.MemberAlive, 3, 2)
	s.at(29*second).emit(0, node.MemberDead, 3, 2) // once is enough
	s.at(90 * second).end()
	s.clean()
	s.metric("healed", 1)
	s.metric("heal_seconds", 8)
	s.metric("members_seen_at_heal", 2)
	require.Equal(t, map[string]int{SituationCutEnded: 1}, s.report.Sometimes())
}

func TestPartitionHealsFiresWhenTheGroupIsWholeTooLate(t *testing.T) {
	s := playHealing(t)
	unite(s.at(25 * second))
	s.at(28*second+1).emit(1, node.MemberAlive, 3, 2)
	s.at(90 * second).end()
	s.broke(PropertyPartitionHeals, 28*second,
		"the cut ended at 20.000s and until 28.000s the group was not whole; by the bound 8s it "+
			"had until 28.000s")
	s.metric("healed", 1)
}

func TestPartitionHealsFiresWhenThePartitionIsForEver(t *testing.T) {
	s := playHealing(t)
	unite(s.at(25 * second))
	s.at(29 * second).end()
	require.Equal(t, 1, s.report.Broken(PropertyPartitionHeals))
	s.metric("healed", 0)
	require.NotContains(t, s.report.Metrics(), "heal_seconds")

	s = playHealing(t)
	s.at(29*second).cut(1, 3)
	require.Equal(t, 1, s.report.Broken(PropertyPartitionHeals), "at the next cut")
}

func TestPartitionHealsIsVoidWhereTimeWasTooShort(t *testing.T) {
	playHealing(t).at(28 * second).end()
	s := playHealing(t)
	s.at(28*second).cut(1, 3)
	s.at(90 * second).end()
	s.clean()
	s.metric("healed", 0)

	s = play(t, NewHealing(30*second, 0), 2)
	s.cut(1, 1)
	s.join()
	s.at(90 * second).end()
	s.clean() // nothing was promised
	s.metric("healed", 0)
}

func TestHealedIsWithinItsTime(t *testing.T) {
	for late, healed := range map[bool]float64{false: 1, true: 0} {
		s := playHealing(t)
		unite(s.at(25 * second))
		if s.at(50 * second); late {
			s.now++
		}
		s.emit(1, node.MemberAlive, 3, 2)
		s.end()
		s.metric("healed", healed)
	}
}

// "One cut of 4 s: all members are still seen, and nothing has to heal" (memberlist, measured).
func TestAShortCutHealsAtOnce(t *testing.T) {
	s := play(t, NewHealing(30*second, 8*second), 2)
	s.emit(0, node.Founded, 0, 2)
	s.emit(1, node.Founded, 1, 2)
	s.cut(1, 1)
	s.emit(0, node.MemberSuspect, 1, 0) // is a member
	s.at(4 * second).join()
	s.end()
	s.metric("healed", 1)
	s.metric("heal_seconds", 0)
	s.metric("members_seen_at_heal", 2)
}

func TestHealingCountsWhoIsPresent(t *testing.T) {
	s := playHealing(t)
	s.at(21 * second).down(3)
	s.emit(2, node.MemberLeft, 2, 9)
	s.at(22*second).emit(0, node.MemberSuspect, 1, 0)
	s.end()
	s.clean()
	s.metric("heal_seconds", 1) // 0 and 1 hold each other
}

// A crash of all that were cut off leaves one side, too, but joins none.
func TestACrashEndsNoCut(t *testing.T) {
	s := play(t, NewHealing(30*second, 8*second), 3)
	s.cut(1, 2)
	s.down(2)
	s.at(90 * second).end()
	s.clean()
	require.Empty(t, s.report.Metrics())
}

func TestHealingMeasuresTheLastCutThatEnded(t *testing.T) {
	s := playHealing(t)
	unite(s.at(25 * second))
	s.emit(1, node.MemberAlive, 3, 2)
	s.at(30*second).cut(1, 0)
	s.emit(0, node.MemberDead, 1, 2)
	s.at(31 * second).join()
	s.at(33*second).emit(0, node.MemberAlive, 1, 3)
	s.at(40*second).cut(1, 0) // and this one never ends
	s.at(90 * second).end()
	s.clean()
	s.metric("heal_seconds", 2)
	s.metric("members_seen_at_heal", 3.75)
}
