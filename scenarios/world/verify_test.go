package world_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// leaky is a talker that does something depending on what all worlds of the process share.
type leaky struct {
	talker
	shared *int
	leak   func(shared int, out *node.Out[word])
}

func (l *leaky) Wake(now clock.Time, t node.TimerID, out *node.Out[word]) {
	l.talker.Wake(now, t, out)
	*l.shared++
	l.leak(*l.shared, out)
}

// verifyLeaky verifies a world whose machines share a counter with those of the other one.
func verifyLeaky(leak func(shared int, out *node.Out[word])) *world.Divergence {
	shared, s := 0, talkers(2)
	s.Machine = func(self node.ID, rand rng.Rand) node.Machine[word] {
		return &leaky{talker{self: self, hosts: 2, rand: rand}, &shared, leak}
	}
	_, divergence := world.Verify(func() *world.World[word] { return world.New(s) })
	return divergence
}

// "A machine that breaks the rule is found there": here by what it says about itself.
func TestVerifyFindsAMachineThatSaysSomethingElse(t *testing.T) {
	d := verifyLeaky(func(shared int, out *node.Out[word]) {
		if shared == 101 {
			out.Emit(node.Event{Kind: node.UserEvents})
		}
	})
	require.Equal(t, d.First, d.Second)
	require.Regexp(t, `^event \d+ has different effects in two runs of the same seed: `+
		`0\.\d+s #\d+<-#\d+ wake at server [01]$`, d.Error())
}

// Here by what it does, which shows when the message arrives in one of the two runs.
func TestVerifyFindsAMachineThatDoesSomethingElse(t *testing.T) {
	d := verifyLeaky(func(shared int, out *node.Out[word]) {
		if shared == 101 {
			out.Alarm(1, 0)
		}
	})
	require.NotEqual(t, d.First, d.Second)
	require.Regexp(t, `^event \d+ differs between two runs of the same seed
  first run:  0\.\d+s #\d+<-#\d+ .*
  second run: 0\.\d+s #\d+<-#\d+ .*$`, d.Error())
}

// A shared counter that reaches no effect is no divergence.
func TestVerifyPassesWhatIsDeterministic(t *testing.T) {
	require.Nil(t, verifyLeaky(func(int, *node.Out[word]) {}))
}

func TestVerifyComparesTheFinalStates(t *testing.T) {
	shared, s := 0, talkers(1)
	s.Machine = func(self node.ID, rand rng.Rand) node.Machine[word] {
		shared++
		return &talker{self: self, hosts: 1, rand: rand, hash: uint64(shared)}
	}
	s.Duration = 20 * ms // before anything is heard
	s.StartSpread = 0
	_, d := world.Verify(func() *world.World[word] { return world.New(s) })
	require.ErrorContains(t, d, "has different effects in two runs of the same seed: the final states")
}

func TestVerifyReportsAWorldThatEndsEarlier(t *testing.T) {
	s := talkers(2)
	_, d := world.Verify(func() *world.World[word] {
		s.Duration -= 100 * ms
		return world.New(s)
	})
	require.Equal(t, "the run ended", d.Second)
	require.Contains(t, d.First, "2.80")
}
