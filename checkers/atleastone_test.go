package checkers

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
)

// oneOrigin promises a probe of one origin every 10 s, with 2 s of grace for a new owner; the live
// server with the lowest number owns it.
var oneOrigin = Coverage{Origins: 1, Bound: 10 * second, Terms: "detection 7s + interval 3s",
	Grace: 2 * second, Owner: lowest}

func TestAtLeastOneFiresOnAnOriginNobodyProbesAnyMore(t *testing.T) {
	s := play(t, NewAtLeastOne(oneOrigin), 3)
	s.at(4*second).probe(0, 0)
	s.at(20 * second).end()
	s.broke(PropertyAtLeastOne, 14*second,
		"origin 0 went unprobed for 16s, from 4.000s to 20.000s, on a side of 3 live servers "+
			"where host 0 owns it (last probe at 4.000s by host 0); the bound is 10s = detection "+
			"7s + interval 3s")
	s.metric("longest_gap_seconds", 16)
}

func TestAtLeastOneFiresOnAnOriginThatWasNeverProbed(t *testing.T) {
	s := play(t, NewAtLeastOne(oneOrigin), 2)
	s.at(12 * second).end()
	s.clean()
	s = play(t, NewAtLeastOne(oneOrigin), 2)
	s.at(12*second + 1).end()
	s.broke(PropertyAtLeastOne, 12*second,
		"origin 0 went unprobed for 10.000000001s, from 2.000s to 12.000s, on a side of 2 live "+
			"servers where host 0 owns it (never probed); the bound is 10s = detection 7s + "+
			"interval 3s")
}

func TestAtLeastOneAcceptsAGapOfTheBound(t *testing.T) {
	for late, broken := range map[time.Duration]int{0: 0, 1: 1} {
		s := play(t, NewAtLeastOne(oneOrigin), 2)
		s.at(4*second).probe(0, 0)
		s.at(14*second+late).probe(1, 0) // whoever probes
		s.end()
		require.Equal(t, broken, s.report.Broken(PropertyAtLeastOne), "%v over the bound", late)
	}
}

// An origin that is not probed is found while others are, and each further bound counts.
func TestAtLeastOneFindsASilentOriginWhileOthersAreProbed(t *testing.T) {
	promise := oneOrigin
	promise.Origins = 2
	s := play(t, NewAtLeastOne(promise), 1)
	for now := range 36 {
		s.at(time.Duration(now)*second).probe(0, 0)
	}
	require.Equal(t, 2, s.report.Broken(PropertyAtLeastOne)) // from 2 to 14 s, and on to 26 s
	first := s.report.Violations()[0]
	require.Equal(t, clock.At(12*second), first.At)
	require.Contains(t, first.Detail, "origin 1 went unprobed for 12s, from 2.000s to 14.000s")
}

func TestAtLeastOneStartsTheClockAgainWhenTheOwnerCrashes(t *testing.T) {
	s := play(t, NewAtLeastOne(oneOrigin), 2)
	s.at(4*second).probe(0, 0)
	s.at(8 * second).down(0)
	s.at(18*second).probe(1, 0) // 14 s after the last probe, 10 s after the crash
	s.end()
	s.clean()
	s.metric("longest_gap_seconds", 14)
	require.Equal(t, map[string]int{SituationTakeover: 1}, s.report.Sometimes())

	s = play(t, NewAtLeastOne(oneOrigin), 2)
	s.at(4*second).probe(0, 0)
	s.at(8 * second).down(0)
	s.at(18*second+1).probe(1, 0)
	s.end()
	s.broke(PropertyAtLeastOne, 18*second,
		"origin 0 went unprobed for 10.000000001s, from 8.000s to 18.000s, on a side of 1 live "+
			"server where host 1 owns it (last probe at 4.000s by host 0); the bound is 10s = "+
			"detection 7s + interval 3s")
}

func TestAtLeastOneIsNotExcusedByTheCrashOfAnother(t *testing.T) {
	s := play(t, NewAtLeastOne(oneOrigin), 3)
	s.at(4*second).probe(0, 0)
	s.at(8 * second).down(2)
	s.at(15*second).probe(0, 0)
	require.Equal(t, 1, s.report.Broken(PropertyAtLeastOne))
	require.Empty(t, s.report.Sometimes())
}

func TestAtLeastOneGivesAStartedOwnerTheGrace(t *testing.T) {
	start := func() *script {
		s := play(t, NewAtLeastOne(oneOrigin), 2)
		s.down(0)
		s.at(4*second).probe(1, 0)
		s.at(8 * second).up(0)
		return s
	}
	s := start()
	s.at(20*second).probe(0, 0) // started at 8, ready by 10, owes a probe by 20
	s.clean()
	s = start()
	s.at(20*second+1).probe(0, 0)
	require.Equal(t, 1, s.report.Broken(PropertyAtLeastOne))
}

func TestAtLeastOneNoticesARestartWithinOneInstant(t *testing.T) {
	for hosts := 1; hosts <= 2; hosts++ { // alone, and with one that stays up
		s := play(t, NewAtLeastOne(oneOrigin), hosts)
		s.at(4*second).probe(0, 0)
		s.at(8 * second).down(0)
		s.up(0)
		s.at(20*second).probe(0, 0) // started at 8, ready by 10, owes a probe by 20
		s.clean()
	}
}

func TestAtLeastOneAProbeDuringTheGraceDoesNotShortenIt(t *testing.T) {
	s := play(t, NewAtLeastOne(oneOrigin), 2)
	s.at(1*second).probe(1, 0)
	s.at(12*second).probe(0, 0)
	s.clean()
}

func TestAtLeastOneHalvesInheritWhatTheWholeHad(t *testing.T) {
	s := play(t, NewAtLeastOne(oneOrigin), 4)
	s.at(4*second).probe(0, 0)
	s.at(5*second).cut(1, 2, 3)
	s.at(14*second).probe(0, 0) // the half with the old owner: no new clock
	s.at(15*second).probe(2, 0) // the other half: 11 s after the probe, 10 s after the cut
	s.end()
	s.clean()
	s.metric("longest_gap_seconds", 11)

	s = play(t, NewAtLeastOne(oneOrigin), 4)
	s.at(4*second).probe(0, 0)
	s.at(5*second).cut(1, 2, 3)
	s.at(14*second).probe(0, 0)
	s.at(15*second + 1).end()
	s.broke(PropertyAtLeastOne, 15*second,
		"origin 0 went unprobed for 10.000000001s, from 5.000s to 15.000s, on a side of 2 live "+
			"servers where host 2 owns it (last probe at 4.000s by host 0); the bound is 10s = "+
			"detection 7s + interval 3s")
}

func TestAtLeastOneAWholeInheritsTheLaterOfItsParts(t *testing.T) {
	s := play(t, NewAtLeastOne(oneOrigin), 4)
	s.at(1*second).cut(1, 2, 3)
	s.at(4*second).probe(0, 0)
	s.at(9*second).probe(2, 0)
	s.at(10 * second).join()
	s.at(19*second).probe(1, 0)
	s.clean()
	s.at(29*second + 1).end()
	require.Equal(t, 1, s.report.Broken(PropertyAtLeastOne))
	require.Empty(t, s.report.Sometimes(), "nobody crashed")
}

func TestAtLeastOneASideWithoutALiveServerOwesNothing(t *testing.T) {
	s := play(t, NewAtLeastOne(oneOrigin), 2)
	s.at(1*second).cut(1, 1)
	s.at(4*second).probe(0, 0)
	s.probe(1, 0)
	s.at(5 * second).down(0)
	for _, now := range []time.Duration{14, 24, 34, 44} {
		s.at(now*second).probe(1, 0)
	}
	s.at(45 * second).up(0)
	s.at(47*second).probe(0, 0)
	s.end()
	s.clean()
	s.metric("longest_gap_seconds", 10)
}

func TestAtLeastOneJudgesASideThatDiesUnprobed(t *testing.T) {
	s := play(t, NewAtLeastOne(oneOrigin), 1)
	s.at(4*second).probe(0, 0)
	s.at(15 * second).down(0)
	s.at(90 * second).end()
	s.broke(PropertyAtLeastOne, 14*second,
		"origin 0 went unprobed for 11s, from 4.000s to 15.000s, on a side of 1 live server where "+
			"host 0 owns it (last probe at 4.000s by host 0); the bound is 10s = detection 7s + "+
			"interval 3s")
	s.metric("longest_gap_seconds", 11)
}

func TestAtLeastOneOwesNothingForAnOriginThatBelongsToNobody(t *testing.T) {
	promise := oneOrigin
	promise.Owner = func(_ uint32, live []node.ID) node.ID {
		if live[0] != 0 {
			return node.Nobody // only host 0 may check it
		}
		return 0
	}
	s := play(t, NewAtLeastOne(promise), 3)
	s.at(4*second).probe(0, 0)
	s.at(5 * second).down(0)
	s.at(6*second).cut(1, 2)
	s.at(50 * second).up(0)
	s.at(51 * second).join()
	s.at(62*second).probe(0, 0)
	s.clean()
	s.at(72*second + 1).end()
	require.Equal(t, 1, s.report.Broken(PropertyAtLeastOne))
}

func TestAtLeastOneTellsWhoseTheLongestGapWas(t *testing.T) {
	promise := oneOrigin
	promise.Origins = 8
	checker := NewAtLeastOne(promise)
	s := play(t, checker, 2)
	s.at(1*second).probe(0, 7)
	s.at(9*second).probe(1, 7)
	s.at(10 * second).end()
	require.Equal(t,
		"origin 7 for 8s, from 1.000s (host 0) to 9.000s (host 1), on a side of 2 live servers",
		checker.Longest().String())
}
