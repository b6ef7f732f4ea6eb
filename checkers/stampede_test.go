package checkers

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// playRest heals at once: rest begins after 5 s.
func playRest(t testing.TB, hosts int) *script {
	s := play(t, NewStampede(5*second, 2, everySecond), hosts)
	s.heal()
	return s
}

// "what n checkers do": all in step, each at its own offset.
func probedByAll(s *script, hosts, from, to int) {
	for now := from; now < to; now++ {
		for host := range hosts {
			offset := time.Duration(host) * second / time.Duration(hosts)
			s.at(time.Duration(now)*second+offset).probe(node.ID(host), 1)
		}
	}
}

func TestStampedeFiresOnTwoCheckersAtRest(t *testing.T) {
	s := playRest(t, 3)
	probedByAll(s, 2, 5, 30)
	s.broke(PropertyNoStampede, 7500*time.Millisecond, "origin 1 is probed by host 1 at 7.500s, "+
		"2.5s before the next probe of it is due at an interval of 1s, at rest since 5.000s (5s "+
		"after 0.000s)")
}

func TestStampedeAcceptsOneCheckerPerSide(t *testing.T) {
	s := playRest(t, 2)
	probedByAll(s, 1, 5, 60)
	s.at(60*second+second/2).probe(0, 1) // late, and then in time again
	probedByAll(s, 1, 61, 90)
	s.clean()
	s.cut(1, 1)
	probedByAll(s, 2, 90, 120) // one on either side
	s.clean()
}

// "in any w intervals no more than w+3 probes"
func TestStampedeCountsExactly(t *testing.T) {
	for extra, broken := range map[int]int{2: 0, 3: 1} {
		s := playRest(t, 1)
		probedByAll(s, 1, 10, 20)
		for range 1 + extra {
			s.at(20*second).probe(0, 1)
		}
		require.Equal(t, broken, s.report.Broken(PropertyNoStampede), "%d at once", extra+1)
	}
}

func TestStampedeDemandsNothingBeforeRest(t *testing.T) {
	s := play(t, NewStampede(5*second, 2, everySecond), 3)
	probedByAll(s, 3, 0, 60) // never healed
	s.heal()
	probedByAll(s, 3, 60, 64)
	s.clean()
	s.register(0, 0)
	probedByAll(s, 3, 65, 69)
	s.clean()
	probedByAll(s, 3, 69, 80)
	require.Positive(t, s.report.Broken(PropertyNoStampede))
}
