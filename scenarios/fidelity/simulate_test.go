package fidelity

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/wire"
	"butterfly/sim/rng"
)

// few is a comparison that takes few milliseconds to simulate.
func few() Config {
	c := DefaultConfig()
	c.Servers, c.Origins = 5, 20
	return c
}

func simulated(c Config, trials uint64) (s Sample) {
	for seed := range trials {
		one := Simulate(c, seed)
		s.Add(&one)
	}
	return s
}

// "A simulated trial is a pure function of the configuration and the seed."
func TestSimulatedTrialIsAFunctionOfItsSeed(t *testing.T) {
	require.Equal(t, Simulate(few(), 7), Simulate(few(), 7))
	require.NotEqual(t, Simulate(few(), 7), Simulate(few(), 8))
}

// At rest a server sends a ping a period and answers one (SWIM, section 3.1), and makes a pull a
// period and an exchange of tables every 5: with periods of a second that is 2 datagrams a second
// and 1.2 calls.
func TestTrafficAtRestIsThatOfTheProtocol(t *testing.T) {
	s := simulated(few(), 5)
	for i := range s.Trials {
		require.InDelta(t, 2, s.Values(Datagrams)[i], 0.04)
		require.InDelta(t, 1.2, s.Values(Calls)[i], 0.04)
	}
}

func TestEverythingThereIsToSeeIsSeen(t *testing.T) {
	for _, loss := range []Loss{{}, {Share: rng.Percent(10)}, {Share: rng.Percent(10), Streams: true}} {
		c := few()
		c.Loss = loss
		s := simulated(c, 10)
		for _, q := range Quantities() {
			require.Zero(t, s.Missing(q), "%v %v", loss, q)
		}
		for i, all := range s.Values(SpreadAll) {
			require.GreaterOrEqual(t, all, s.Values(SpreadHalf)[i])
		}
		for i, full := range s.Values(FullDetection) {
			require.GreaterOrEqual(t, full, s.Values(FirstDetection)[i])
		}
	}
}

// Lost pings are asked for again through helpers: whether they are lost on the way or on arrival.
func TestLossCostsDatagrams(t *testing.T) {
	quiet, arriving, passing := few(), few(), few()
	arriving.Loss = Loss{Share: rng.Percent(10)}
	passing.Loss = Loss{Share: rng.Percent(10), Streams: true}
	none := Compare(&Sample{}, ptr(simulated(quiet, 10)))[Datagrams].Simulated.Median
	for _, c := range []Config{arriving, passing} {
		require.Greater(t, Compare(&Sample{}, ptr(simulated(c, 10)))[Datagrams].Simulated.Median, 1.3*none)
	}
}

func ptr[T any](value T) *T { return &value }

func TestBytesAreThoseOfTheEnvelope(t *testing.T) {
	plain, heavy := few(), few()
	heavy.Size = func(m *wire.Message, stream bool) int {
		if stream {
			return wire.Size(m) + 50
		}
		return wire.Size(m) + 100
	}
	a, b := Simulate(plain, 1), Simulate(heavy, 1)
	require.Equal(t, a.Values(Datagrams), b.Values(Datagrams), "it is the same run")
	added := 100 * a.Values(Datagrams)[0]
	require.InDelta(t, a.Values(DatagramBytes)[0]+added, b.Values(DatagramBytes)[0], 1e-6)
	added = 50 * 2 * a.Values(Calls)[0] // there and back
	require.InDelta(t, a.Values(CallBytes)[0]+added, b.Values(CallBytes)[0], 1e-6)
}

func TestServersSayWhoTheyAre(t *testing.T) {
	c := few()
	c.About = func(server node.ID) []byte { return []byte{'s', byte(server)} }
	trial := newTrial(c, 1)
	trial.play()
	require.NotEmpty(t, trial.log.Events)
	s := trial.log.Measure(&c, &trial.course)
	require.Zero(t, s.Missing(SpreadAll))
	c.About = func(node.ID) []byte { return make([]byte, 513) }
	require.Panics(t, func() { Simulate(c, 1) })
}

// With more servers everything takes longer: the medians of 20 trials with 4 and 32 servers.
func TestMoreServersTakeLonger(t *testing.T) {
	if os.Getenv("BUTTERFLY_FULL") == "" {
		return
	}
	small, large := few(), few()
	small.Servers, large.Servers = 4, 32
	rows := Compare(ptr(simulated(small, 20)), ptr(simulated(large, 20)))
	for _, q := range []Quantity{SpreadHalf, SpreadAll, FirstDetection, FullDetection} {
		require.Greater(t, rows[q].Difference, 0.2, q)
	}
}

func BenchmarkTrial(b *testing.B) {
	c := DefaultConfig()
	for seed := uint64(0); b.Loop(); seed++ {
		Simulate(c, seed)
	}
	b.ReportMetric(c.Course(0).End.Seconds(), "virtual-s/op")
}
