package checkers

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// everySecond is the interval of all origins.
func everySecond(uint32) time.Duration { return second }

func playBudget(t testing.TB, hosts int) *script {
	return play(t, NewBudget(2, everySecond), hosts)
}

// "once per beginning and once per interval since"
func TestBudgetAllowsOneProbePerBeginningAndInterval(t *testing.T) {
	for early, broken := range map[time.Duration]int{0: 0, 1: 1} {
		s := playBudget(t, 2)
		s.at(3*second).emit(0, node.CheckBegan, 1)
		s.probe(0, 1)
		s.at(4*second).probe(0, 1)
		s.at(5*second-early).probe(0, 1)
		s.end()
		require.Equal(t, broken, s.report.Broken(PropertyProbeBudget), early)
	}
	s := playBudget(t, 2)
	s.at(3*second).emit(0, node.CheckBegan, 1)
	s.at(3500*time.Millisecond).probe(0, 1)
	s.at(3600*time.Millisecond).probe(0, 1)
	s.broke(PropertyProbeBudget, 3600*time.Millisecond, "host 0 probes origin 1 at 3.600s and has "+
		"used up one probe per beginning and 1s of its checks; the next is due at 4.000s")
}

func TestBudgetFiresOnWhoDoesNotSayThatItChecks(t *testing.T) {
	s := playBudget(t, 2)
	s.at(1*second).emit(1, node.CheckBegan, 0)
	s.at(2*second).probe(0, 0)
	s.broke(PropertyProbeBudget, 2*second,
		"host 0 probes origin 0 at 2.000s and does not say that it checks it")
}

func TestBudgetLastsForALife(t *testing.T) {
	s := playBudget(t, 1)
	s.at(1*second).emit(0, node.CheckBegan, 0)
	s.at(4*second).emit(0, node.CheckEnded, 0)
	for range 4 { // what hung in its sockets leaves late
		s.at(9*second).probe(0, 0)
	}
	s.clean()
	s.at(10*second).emit(0, node.CheckBegan, 0)
	s.emit(0, node.CheckBegan, 0, 1) // an announcement counts once
	s.down(0)
	s.up(0)
	s.probe(0, 0)
	require.Equal(t, 1, s.report.Broken(PropertyProbeBudget))
	s.end()
	s.metric("probe_budget_used_ratio", 5./6)
}

// "or OriginLearned for one that it checks already": a new definition has a new offset.
func TestBudgetAllowsOneProbePerDefinition(t *testing.T) {
	s := playBudget(t, 1)
	s.emit(0, node.OriginLearned, 0, 1)
	s.emit(0, node.CheckBegan, 0)
	s.probe(0, 0)
	s.emit(0, node.OriginLearned, 0, 2)
	s.probe(0, 0)
	s.clean()
	s.probe(0, 0)
	require.Equal(t, 1, s.report.Broken(PropertyProbeBudget))
}

func TestBudgetOfARunWithoutProbesIsNotMeasured(t *testing.T) {
	s := playBudget(t, 1)
	s.end()
	require.Empty(t, s.report.Metrics())
}
