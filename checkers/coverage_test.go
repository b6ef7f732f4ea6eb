package checkers

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// playRegistered promises what oneOrigin does of origin 1 too, from when it is registered, with 5 s
// for the news.
func playRegistered(t testing.TB, hosts int) *script {
	promise := oneOrigin
	promise.Origins, promise.Configured, promise.Registration = 2, 1, 5*second
	return play(t, NewAtLeastOne(promise), hosts)
}

// probing probes origin 0 from now on to the given second, so that nothing is missing of it.
func probing(s *script, host node.ID, until int) {
	for now := s.now.Since() + second; now <= time.Duration(until)*second; now += second {
		s.at(now).probe(host, 0)
	}
}

func TestAtLeastOneOwesNothingForWhatIsNotRegistered(t *testing.T) {
	s := playRegistered(t, 2)
	probing(s, 0, 90)
	s.end()
	s.clean()
}

// "The gap of a registered origin runs from its registration, plus the time news takes."
func TestAtLeastOneOwesWhatIsRegistered(t *testing.T) {
	for late, broken := range map[time.Duration]int{0: 0, 1: 1} {
		s := playRegistered(t, 2)
		probing(s, 0, 20)
		s.register(1, 1)
		probing(s, 0, 35)
		s.at(35*second+late).probe(0, 1)
		s.end()
		require.Equal(t, broken, s.report.Broken(PropertyAtLeastOne), late)
	}
	s := playRegistered(t, 1)
	probing(s, 0, 20)
	s.register(0, 1)
	probing(s, 0, 40)
	s.broke(PropertyAtLeastOne, 35*second, "origin 1 went unprobed for 11s, from 25.000s to "+
		"36.000s, on a side of 1 live server where host 0 owns it (never probed); the bound is 10s = "+
		"detection 7s + interval 3s")
}

func TestAtLeastOneOwesNothingAnyMoreForWhatIsRemoved(t *testing.T) {
	s := playRegistered(t, 2)
	s.at(4*second).probe(0, 0)
	s.at(9*second).unregister(1, 0)
	s.at(60 * second).end()
	s.clean()
	s.metric("longest_gap_seconds", 5)
}

func TestAtLeastOneGivesNoTimeForANewDefinition(t *testing.T) {
	s := playRegistered(t, 1)
	s.at(4*second).probe(0, 0)
	s.at(9*second).register(0, 0)
	s.at(14*second+1).probe(0, 0)
	require.Equal(t, 1, s.report.Broken(PropertyAtLeastOne))
}

// "on other sides from the joining of the sides on"
func TestAtLeastOneOwesNothingWhereNewsCannotCome(t *testing.T) {
	join := func() *script {
		s := playRegistered(t, 4)
		s.at(1*second).cut(1, 0, 1)
		s.at(2*second).register(3, 1)
		for now := 3; now <= 60; now++ {
			s.at(time.Duration(now)*second).probe(0, 0)
			s.probe(2, 0)
			s.probe(3, 1)
		}
		s.join() // host 0 owns it now, and has to hear of it first
		return s
	}
	s := join()
	probing(s, 0, 75)
	s.probe(0, 1)
	s.end()
	s.clean()
	s = join()
	probing(s, 0, 77)
	require.Equal(t, 1, s.report.Broken(PropertyAtLeastOne))
}

func TestAtLeastOneOwesNothingForAWordThatDiedWithWhoWasTold(t *testing.T) {
	s := playRegistered(t, 2)
	probing(s, 0, 20)
	s.register(1, 1)
	s.down(1)
	probing(s, 0, 90)
	s.end()
	s.clean()
}
