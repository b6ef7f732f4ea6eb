package checkers

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// playInnocence takes 3 s for a verdict, and 2 s for a first probe to end.
func playInnocence(t testing.TB) *script {
	promise := Innocence{Origins: 2, Verdict: 3 * second, After: 2 * second}
	return play(t, NewCondemnation(promise), 2)
}

func TestCondemnationFiresWhileTheUplinkIsDown(t *testing.T) {
	for kind, broken := range map[node.EventKind]int{
		node.HealthChanged: 1, node.Believed: 1, node.Routed: 0,
	} {
		s := playInnocence(t)
		s.at(10*second).uplink(0, false)
		s.at(13*second).emit(0, kind, 1, believedHealthy)
		s.emit(1, kind, 1, believedUnhealthy) // who has an uplink may be wrong in other ways
		s.clean()
		s.emit(0, kind, 1, believedUnhealthy)
		require.Equal(t, broken, s.report.Broken(PropertyNoCondemnation), kind)
	}
	s := playInnocence(t)
	s.at(10*second).uplink(0, false)
	s.at(13*second).emit(0, node.HealthChanged, 1, believedUnhealthy)
	s.broke(PropertyNoCondemnation, 13*second, "host 0 has no uplink and takes origin 1 for "+
		"unhealthy at 13.000s, which is up since 0.000s")
}

func TestCondemnationFiresUntilAProbeOfSinceHasEnded(t *testing.T) {
	for name, happen := range map[string]func(s *script){
		"uplink": func(s *script) { s.uplink(0, false); s.at(20*second).uplink(0, true) },
		"pause":  func(s *script) { s.stall(0); s.at(20 * second).resume(0) },
	} {
		for after, broken := range map[time.Duration]int{2 * second: 1, 2*second + 1: 0} {
			s := playInnocence(t)
			s.at(10 * second)
			happen(s)
			s.at(20*second+after).emit(0, node.HealthChanged, 1, believedUnhealthy)
			s.emit(0, node.Believed, 1, believedUnhealthy) // may be news, and old
			require.Equal(t, broken, s.report.Broken(PropertyNoCondemnation), "%s %v", name, after)
		}
	}
}

func TestCondemnationAcceptsWhatMayBeSo(t *testing.T) {
	s := playInnocence(t)
	s.at(10*second).origin(1, false)
	s.at(11*second).uplink(0, false)
	s.at(12*second).emit(0, node.HealthChanged, 1, believedUnhealthy)
	s.at(15*second).origin(1, true)
	s.at(18*second).emit(0, node.HealthChanged, 1, believedUnhealthy) // by failures from before
	s.clean()
	s.at(18*second+1).emit(0, node.HealthChanged, 1, believedUnhealthy)
	require.Equal(t, 1, s.report.Broken(PropertyNoCondemnation))
}

// "Unless it could not probe it until now and goes on from what it knew": once, in the same life.
func TestCondemnationAcceptsWhatWasKnownBefore(t *testing.T) {
	for name, c := range map[string]struct {
		between func(s *script)
		broken  int
	}{
		"nothing":        {func(*script) {}, 0},
		"a verdict":      {func(s *script) { s.emit(0, node.HealthChanged, 1, believedHealthy) }, 1},
		"another life":   {func(s *script) { s.down(0); s.up(0); s.stall(0) }, 1},
		"another host's": {func(s *script) { s.emit(1, node.HealthChanged, 1, believedHealthy) }, 0},
	} {
		s := playInnocence(t)
		s.at(10 * second).stall(0)
		s.at(13*second).emit(0, node.HealthChanged, 1, 3)
		c.between(s)
		s.emit(0, node.HealthChanged, 1, believedUnhealthy)
		require.Equal(t, c.broken, s.report.Broken(PropertyNoCondemnation), name)
	}
}

// "Or is told of the origin just then, and takes up what its replica has of it from before."
func TestCondemnationAcceptsOldNewsOfWhatIsRegisteredAgain(t *testing.T) {
	for name, c := range map[string]struct {
		host   node.ID
		origin uint32
		later  time.Duration
		broken int
	}{
		"told":           {0, 1, 0, 0},
		"of another":     {0, 0, 0, 1},
		"somebody else":  {1, 1, 0, 1},
		"told before it": {0, 1, 1, 1},
	} {
		s := playInnocence(t)
		s.at(10*second).uplink(0, false)
		s.at(20*second).emit(c.host, node.OriginLearned, c.origin)
		s.at(20*second+c.later).emit(0, node.Believed, 1, believedUnhealthy)
		require.Equal(t, c.broken, s.report.Broken(PropertyNoCondemnation), name)
	}
}

// "until then it may find unhealthy what takes a single failure"
func TestCondemnationGivesTimeToNotice(t *testing.T) {
	promise := Innocence{Origins: 2, Verdict: 3 * second, Notice: second, After: 2 * second}
	for _, kind := range []node.EventKind{node.HealthChanged, node.Believed} {
		s := play(t, NewCondemnation(promise), 2)
		s.at(10*second).uplink(0, false)
		s.at(11*second).emit(0, kind, 1, believedUnhealthy)
		s.clean()
		s.at(11*second+1).emit(0, kind, 1, believedUnhealthy)
		require.Equal(t, 1, s.report.Broken(PropertyNoCondemnation), kind)
	}
	s := play(t, NewCondemnation(promise), 2)
	s.at(10*second).uplink(0, false)
	s.at(10*second+second/2).uplink(0, true) // before it could notice
	s.at(11*second).emit(0, node.HealthChanged, 1, believedUnhealthy)
	s.clean()
}

// "A cluster of one server has nobody to tell by"; two of which one is down are no such cluster.
func TestCondemnationExcusesWhoWasAlwaysAlone(t *testing.T) {
	for hosts, broken := range map[int]int{1: 0, 2: 3} {
		promise := Innocence{Origins: 2, Verdict: 3 * second, After: 2 * second}
		s := play(t, NewCondemnation(promise), hosts)
		if hosts == 2 {
			s.at(5 * second).down(1)
		}
		s.at(10*second).uplink(0, false)
		s.at(13*second).emit(0, node.HealthChanged, 1, believedUnhealthy)
		s.emit(0, node.Believed, 1, believedUnhealthy)
		s.at(20*second).uplink(0, true)
		s.emit(0, node.HealthChanged, 1, believedUnhealthy)
		require.Equal(t, broken, s.report.Broken(PropertyNoCondemnation), "%d hosts", hosts)
		s.at(30 * second).stall(0)
		s.at(31 * second).resume(0)
		s.emit(0, node.HealthChanged, 1, believedUnhealthy)
		require.Equal(t, broken+1, s.report.Broken(PropertyNoCondemnation), "%d hosts", hosts)
	}
}

// "unless it stood still when it lost it or has since, and runs through what came before"
func TestCondemnationAcceptsNewsThatWaited(t *testing.T) {
	s := playInnocence(t)
	s.at(10 * second).stall(0)
	s.at(11*second).uplink(0, false)
	s.at(12 * second).resume(0)
	s.emit(0, node.Believed, 1, believedUnhealthy)
	s.clean()
}
