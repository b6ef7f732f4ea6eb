package broadcast

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/origin"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// alone is a server of three that hears nobody and so checks everything, after a while of probes
// which all succeed.
func alone(origins int, out *node.Out[Message]) (s *Server, now clock.Time) {
	s = New(newConfig(3, origins), 1, rng.New(1))
	s.Start(0, nil, out)
	for second := range 10 {
		now = clock.At(time.Duration(second) * time.Second)
		s.Wake(now, timerTell, out)
		answer(s, now, out)
	}
	return s, now
}

// answer has all probes of out succeed.
func answer(s *Server, now clock.Time, out *node.Out[Message]) {
	probes := append([]node.Probe{}, out.Probes...)
	out.Reset()
	for _, p := range probes {
		s.Probed(now, node.ProbeResult{Origin: p.Origin, Token: p.Token, Outcome: node.Succeeded}, out)
	}
	out.Reset()
}

// "As many as are needed, and one at least", and all results are in them.
func TestDatagramsAreFilledUpToTheMTU(t *testing.T) {
	var out node.Out[Message]
	s, now := alone(2002, &out)
	for number := range uint32(500) {
		s.Register(now, number, 0, &out)
	}
	out.Reset()
	s.tell(now, &out)
	told, registered, small := map[uint32]bool{}, 0, 0
	for i := range out.Sends {
		m := &out.Sends[i].Message
		size := len(Append(nil, m))
		require.LessOrEqual(t, size, MTU)
		if size < MTU-20 {
			small++
		}
		if out.Sends[i].To == 0 {
			registered += len(m.Registrations)
			for _, r := range m.Results {
				require.False(t, told[r.Origin])
				told[r.Origin] = true
			}
		}
	}
	require.Len(t, told, 2000)
	require.Equal(t, 500, registered)
	require.LessOrEqual(t, small, 2, "the last one to each of the two others")
}

func TestWhoHasNothingToTellShowsThatItLives(t *testing.T) {
	var out node.Out[Message]
	s := New(newConfig(3, 2), 1, rng.New(1))
	s.Start(0, nil, &out)
	now := clock.At(6 * time.Second)
	s.Wake(now, timerTell, &out)
	require.Len(t, out.Sends, 2)
	require.Len(t, Append(nil, &out.Sends[0].Message), 5, "1 and 2, and two counts")
}

// "Of two results of an origin the newer counts, and of two from the same millisecond the higher
// server's."
func TestTheNewestResultCounts(t *testing.T) {
	var out node.Out[Message]
	s := New(newConfig(3, 10), 1, rng.New(1))
	s.Start(0, nil, &out)
	hear := func(from node.ID, at uint64, status health.Status) health.Status {
		s.Receive(clock.At(time.Second), from, &Message{
			AtMillis: at + 5, Results: []Result{{Origin: 3, Status: status, AgeMillis: 5}},
		}, &out)
		return s.Status(3)
	}
	require.Equal(t, health.Unhealthy, hear(0, 500, health.Unhealthy))
	require.Equal(t, health.Unhealthy, hear(2, 499, health.Healthy), "older")
	require.Equal(t, health.Healthy, hear(2, 500, health.Healthy), "of a higher server")
	require.Equal(t, health.Healthy, hear(0, 500, health.Unhealthy), "of a lower one")
	require.Equal(t, health.Unhealthy, hear(0, 501, health.Unhealthy), "newer")
}

// What comes from outside may be anything.
func TestNewsOfOriginsThatThereAreNotMeanNothing(t *testing.T) {
	var out node.Out[Message]
	s := New(newConfig(3, 10), 1, rng.New(1))
	s.Start(0, nil, &out)
	s.Receive(0, 0, &Message{AtMillis: 1, Results: []Result{
		{Origin: 9, Status: health.Healthy},
		{Origin: 10, Status: health.Healthy},
		{Origin: origin.MaxOrigins - 1, Status: health.Healthy},
	}}, &out)
	require.Equal(t, health.Unknown, s.Status(9))
}

func TestARoundAllocatesNothing(t *testing.T) {
	var out node.Out[Message]
	s, now := alone(1000, &out)
	round := func() {
		now = now.Add(s.config.Interval)
		s.Wake(now, timerTell, &out)
		for _, p := range out.Probes {
			s.Probed(now, node.ProbeResult{Origin: p.Origin, Token: p.Token, Outcome: 2}, &out)
		}
		out.Reset()
	}
	for range 10 {
		round()
	}
	require.Zero(t, testing.AllocsPerRun(20, round))
}

func BenchmarkRound(b *testing.B) {
	var out node.Out[Message]
	s, now := alone(1000, &out)
	b.ReportAllocs()
	for b.Loop() {
		out.Reset()
		s.tell(now, &out)
	}
}
