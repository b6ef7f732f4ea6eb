package checkers

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAlwaysFiresWithTheErrorOfTheUsersFunction(t *testing.T) {
	odd := Always("even-origins", ProbeStarted, func(o *Observation, v View) error {
		if o.Origin%2 == 0 {
			return nil
		}
		return fmt.Errorf("host %d of %d probed origin %d", o.Host, v.Hosts(), o.Origin)
	})
	s := play(t, odd, 3)
	s.at(1*second).probe(1, 4)
	s.clean()
	s.at(2*second).probe(1, 5)
	s.end()
	s.broke("even-origins", 2*second, "host 1 of 3 probed origin 5")
}

func TestAlwaysPrintsAnErrorWithPercentSignsAsItIs(t *testing.T) {
	s := play(t, Always("full", Ended, func(*Observation, View) error {
		return errors.New("at 100% of %d")
	}), 1)
	s.end()
	s.broke("full", 0, "at 100% of %d")
}

func TestEventuallyIsJudgedWhenTheRunEndsAndNotBefore(t *testing.T) {
	allUp := func(v View) error {
		if !v.Up(0) {
			return errors.New("host 0 is down")
		}
		return nil
	}
	s := play(t, Eventually("all-up", allUp), 2)
	s.at(1 * second).down(0)
	s.at(2 * second).up(0)
	s.at(3 * second).end()
	s.clean()

	s = play(t, Eventually("all-up", allUp), 2)
	s.at(1 * second).down(0)
	s.clean()
	s.at(3 * second).end()
	s.broke("all-up", 3*second, "host 0 is down")
}

func TestSometimesDeclaresItsSituationAndCounts(t *testing.T) {
	probed := Sometimes("origin 7 was probed", ProbeStarted, func(o *Observation, _ View) bool {
		return o.Origin == 7
	})
	s := play(t, probed, 1)
	s.probe(0, 6)
	s.end()
	require.Equal(t, map[string]int{"origin 7 was probed": 0}, s.report.Sometimes())

	s = play(t, probed, 1)
	s.probe(0, 7)
	s.probe(0, 7)
	s.end()
	require.Equal(t, map[string]int{"origin 7 was probed": 2}, s.report.Sometimes())
}
