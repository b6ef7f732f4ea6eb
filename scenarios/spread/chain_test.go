package spread

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/gossip"
)

// The chains reproduce the tables of exact ones to the last digit printed.
func TestChainsAreTheExactTables(t *testing.T) {
	for _, r := range table(t, "exact.csv") {
		p := Plan{
			Mode: modes[r["mode"]], Servers: r.count(t, "n"), Loss: r.share(t, "loss"), FanOut: 1,
		}
		law := NewChain(p).Completion()
		requireDigits(t, r["mean"], law.Mean(), r)
		requireDigits(t, r["sd"], law.Deviation(), r)
		for column, chance := range map[string]float64{
			"p50": 0.5, "p90": 0.9, "p99": 0.99, "p999": 0.999, "p9999": 0.9999,
		} {
			if r[column] != "" {
				require.Equal(t, r.count(t, column), law.Quantile(chance), "%s of %v", column, r)
			}
		}
	}
}

// requireDigits demands that a number, rounded, is what is printed.
func requireDigits(t *testing.T, printed string, exact float64, r row) {
	t.Helper()
	_, decimals, _ := strings.Cut(printed, ".")
	require.Equal(t, printed, fmt.Sprintf("%.*f", len(decimals), exact), "%v", r)
}

// E[informed] by round of pull among 64, by the exact chain of the same reference.
func TestInformedByRoundOfPull(t *testing.T) {
	c := NewChain(Plan{Mode: gossip.PullMode, Servers: 64, FanOut: 1})
	for round, want := range []float64{
		1, 2, 3.95, 7.63, 14.10, 24.14, 36.82, 48.78, 56.92, 61.10, 62.89, 63.59, 63.85, 63.94, 63.98,
		63.99,
	} {
		require.InDelta(t, want, c.Informed(), 0.005, "round %d", round)
		c.Step()
	}
}

// The simulations, 20,000 trials each, with any fan-out: their mean is within three standard errors
// of the chain's. One of nine such tables of 45 rows would fail by chance, and this one does not.
func TestChainsAreTheSimulations(t *testing.T) {
	rows := simulations(t, func(p *Plan) bool {
		return p.Timer == gossip.Aligned && p.Servers <= 512
	})
	require.Len(t, rows, 45)
	for _, s := range rows {
		law := NewChain(s.plan).Completion()
		requireAgreement(t, s.estimate, estimate{mean: law.Mean()}, s.plan)
	}
}

// With two servers a round of any mode informs the other with the chance that its contact does not
// fail; push-pull has two contacts.
func TestTwoServers(t *testing.T) {
	p := Plan{Servers: 2, FanOut: 1, Loss: 400_000}
	for mode, want := range map[gossip.Mode]float64{
		gossip.PullMode: 1 / 0.6, gossip.PushMode: 1 / 0.6, gossip.PushPullMode: 1 / (1 - 0.4*0.4),
	} {
		p.Mode = mode
		require.InDelta(t, want, NewChain(p).Completion().Mean(), 1e-9)
	}
}

// Four servers, of which one pushes twice: by hand. The first push of the first round informs one
// server, and the second the same with chance 1/3. Of three informed, each of six pushes misses the
// fourth with chance 2/3. Of two informed, each of four pushes misses both others with chance 1/3,
// and one of them with chance 2/3.
func TestPeersMayBeChosenTwice(t *testing.T) {
	c := NewChain(Plan{Mode: gossip.PushMode, Servers: 4, FanOut: 2})
	c.Step()
	require.InDelta(t, 2+2.0/3, c.Informed(), 1e-12)
	c.Step()
	fourth := math.Pow(2.0/3, 6)
	oneOfTwo, bothOfTwo := math.Pow(2.0/3, 4), math.Pow(1.0/3, 4)
	require.InDelta(t, 4-fourth*2/3-2*oneOfTwo/3, c.Informed(), 1e-12)
	require.InDelta(t, fourth*2/3+(2*oneOfTwo-bothOfTwo)/3, c.Lacking(), 1e-12)
}

// Two pulls from the same four servers: who knows nothing asks the one who knows with chance 1/3
// each, and is told at least once with chance 1 - (2/3)².
func TestPullsMayAskTheSamePeer(t *testing.T) {
	c := NewChain(Plan{Mode: gossip.PullMode, Servers: 4, FanOut: 2})
	c.Step()
	require.InDelta(t, 1+3*(1-4.0/9), c.Informed(), 1e-12)
}

func BenchmarkChain(b *testing.B) {
	for _, mode := range []gossip.Mode{gossip.PullMode, gossip.PushMode, gossip.PushPullMode} {
		b.Run(fmt.Sprintf("mode=%d", mode), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				NewChain(Plan{Mode: mode, Servers: 256, FanOut: 1})
			}
		})
	}
}
