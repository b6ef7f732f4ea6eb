package swim

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// groupSizes are all small ones and 200 up to 2^20, spread over the orders of magnitude.
func groupSizes() (sizes []int) {
	for n := 1; n <= 40; n++ {
		sizes = append(sizes, n)
	}
	rand := rng.New(2)
	for range 200 {
		sizes = append(sizes, 1+rand.Intn(1<<(5+rand.Intn(16))))
	}
	return append(sizes, 1<<20)
}

// Lifeguard, section IV.B: "SuspicionTimeout = max(Min, Max - (Max - Min) * log(C+1)/log(K+1))",
// which memberlist computes in floating point and cuts to milliseconds (v0.7.0 suspicion.go,
// remainingSuspicionTime). Where the exact value is a whole millisecond, to a thousandth, either
// neighbour may come out.
func TestSuspicionIsTheFormula(t *testing.T) {
	for mult := range 11 {
		for maxMult := 1; maxMult <= 8; maxMult++ {
			config := Lan()
			config.SuspicionMult, config.SuspicionMaxMult = mult, maxMult
			for _, n := range groupSizes() {
				requireFormula(t, config, n)
			}
		}
	}
}

func requireFormula(t *testing.T, config Config, n int) {
	shortest, k := config.SuspicionTimeout(n), config.Confirmations(n)
	least := shortest.Seconds()
	most := least * float64(config.SuspicionMaxMult)
	for c := range k + 2 {
		got, raw := config.suspicion(n, c), least
		if c < k {
			share := math.Log(float64(c)+1) / math.Log(float64(k)+1)
			raw = max(least, most-share*(most-least))
		}
		millis := 1000 * raw
		want := time.Duration(math.Floor(millis)) * time.Millisecond
		if whole := math.Round(millis); math.Abs(millis-whole) < 1e-3 {
			want = time.Duration(whole) * time.Millisecond
			if got == want-time.Millisecond {
				want = got
			}
		}
		if got != want {
			t.Fatalf("mult %d, max mult %d, n %d, C %d of K %d: %v, want %v",
				config.SuspicionMult, config.SuspicionMaxMult, n, c, k, got, want)
		}
	}
}

// The time-outs at n = 128 of memberlist's presets and of the paper's alpha 5, beta 6, after 0 to K
// confirmations, computed in floating point and printed to the millisecond.
func TestSuspicionDecaysAsPrinted(t *testing.T) {
	paper := Lan()
	paper.SuspicionMult = 5
	for _, row := range []struct {
		name    string
		config  Config
		seconds []float64
	}{
		{"LAN: alpha 4, beta 6, T 1 s", Lan(), []float64{50.568, 23.980, 8.428}},
		{"paper: alpha 5, beta 6, T 1 s", paper, []float64{63.210, 36.872, 21.466, 10.535}},
		{"WAN: alpha 6, beta 6, T 5 s", Wan(), []float64{379.260, 243.144, 163.522, 107.029, 63.210}},
	} {
		require.Equal(t, len(row.seconds)-1, row.config.Confirmations(128), row.name)
		for c, want := range row.seconds {
			require.InDelta(t, want, row.config.suspicion(128, c).Seconds(), 0.00101,
				"%s after %d", row.name, c)
		}
	}
}

// The share of Max - Min that C confirmations remove, log(C+1)/log(K+1), to four decimals.
func TestDecayFractions(t *testing.T) {
	for k, fractions := range map[int][]float64{
		1: {0, 1},
		2: {0, 0.6309, 1},
		3: {0, 0.5, 0.7925, 1},
		4: {0, 0.4307, 0.6826, 0.8614, 1},
	} {
		config := Lan()
		config.SuspicionMult = k + 2
		shortest, longest := config.SuspicionTimeout(1000), config.LongestSuspicion(1000)
		for c, want := range fractions {
			removed := float64(longest - config.suspicion(1000, c))
			require.InDelta(t, want, removed/float64(longest-shortest), 0.0001, "K %d, C %d", k, c)
		}
	}
}

// memberlist v0.7.0, suspectNode: "k := SuspicionMult - 2", and "If there aren't enough nodes to give
// the expected confirmations, just set k to 0 to say that we don't expect any": n-2 < k.
func TestConfirmationsToBeHad(t *testing.T) {
	for _, row := range []struct{ mult, maxMult, n, k int }{
		{4, 6, 1, 0}, {4, 6, 3, 0}, {4, 6, 4, 2}, {4, 6, 1000, 2}, {6, 6, 5, 0}, {6, 6, 6, 4},
		{3, 6, 2, 0}, {3, 6, 3, 1}, {2, 6, 100, 0}, {1, 6, 100, 0}, {0, 6, 100, 0},
		{4, 1, 100, 0}, {1000, 6, 100, maxConfirmations},
	} {
		config := Lan()
		config.SuspicionMult, config.SuspicionMaxMult = row.mult, row.maxMult
		require.Equal(t, row.k, config.Confirmations(row.n), "%+v", row)
	}
}

// accuse lets s hear that accuser suspects member 1 at incarnation 1.
func accuse(s *Swim, now clock.Time, accuser node.ID, out *effects) {
	out.Reset()
	s.hear(now, Update{Member: 1, State: Suspect, From: accuser, Incarnation: 1}, nil, out)
}

// Lifeguard, section IV.B: C is the number of independent suspicions received since the timer
// started, each from another member; the first K of them are gossiped on.
func TestOnlyNewAccusersConfirm(t *testing.T) {
	s, out := grouped(Lan(), 10)
	shortest, k := s.config.SuspicionTimeout(10), s.config.Confirmations(10)
	require.Equal(t, 2, k)
	accuse(s, 0, 2, out)
	require.Len(t, out.Events, 1)
	due := func() time.Duration { return s.members.concernAbout(1).deadline.Since() }
	require.Equal(t, 6*shortest, due())

	now := clock.At(time.Second)
	s.queue.drop(1)
	accuse(s, now, 2, out)
	require.True(t, s.queue.empty() || s.members.at(1).queued == 0, "known, and not passed on")
	require.Equal(t, 6*shortest, due())

	accuse(s, now, 3, out)
	require.Positive(t, s.members.at(1).queued, "independent: passed on")
	require.Equal(t, node.ID(3), s.members.update(1).From, "as the last accuser's")
	require.Equal(t, s.config.suspicion(10, 1), due(), "counted from the first accusation")
	accuse(s, now, 4, out)
	require.Equal(t, shortest, due())

	s.queue.drop(1)
	accuse(s, now, 5, out)
	require.Zero(t, s.members.at(1).queued, "one more than K is of no use")
	require.Empty(t, out.Events, "a confirmation is no transition")
	s.Wake(clock.At(shortest), DeadlineTimer, out)
	require.Equal(t, Suspect, s.State(1), "nobody has spoken to us for long")
}

// An accusation of a new incarnation is a new suspicion, with a clock and accusers of its own.
func TestSuspicionOfANewIncarnationBeginsAnew(t *testing.T) {
	s, out := grouped(Lan(), 10)
	for accuser := node.ID(2); accuser <= 4; accuser++ {
		accuse(s, 0, accuser, out)
	}
	s.hear(clock.At(time.Second), claim(1, Suspect, 2), nil, out)
	c := s.members.concernAbout(1)
	require.Equal(t, clock.At(time.Second).Add(s.config.LongestSuspicion(10)), c.deadline)
	require.Zero(t, c.confirmations())
}
