package spread

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/gossip"
)

// Not the mean alone: of every number of rounds, the share of trials that need no more is off by no
// more than the inequality of Dvoretzky, Kiefer and Wolfowitz leaves open with 99.9 % confidence,
// 2·e^(-2·trials·off²) being the chance of more.
func TestAgreementOfWholeLaws(t *testing.T) {
	for _, mode := range modes {
		p := Plan{Mode: mode, Servers: 32, FanOut: 2, Loss: 200_000, Timer: gossip.Aligned}
		law := NewChain(p).Completion()
		trials := run(p, 5*trialCount(&p))
		rounds := make([]int, len(law.beyond)) // how many trials took so many
		for _, trial := range trials {
			rounds[int(trial.Completed()/Period)]++
		}
		off := math.Sqrt(math.Log(2/0.001) / (2 * float64(len(trials))))
		beyond := len(trials)
		for r, exact := range law.beyond {
			beyond -= rounds[r]
			require.InDelta(t, exact, float64(beyond)/float64(len(trials)), off, "round %d", r)
		}
	}
}

// What the recurrence says about each single round: from the number of servers that were informed
// when it began, how many were when it ended. Over all rounds of all trials the sum of what is over
// or under the mean is within three of its standard deviations, which the chain knows.
func TestAgreementOfSingleRounds(t *testing.T) {
	for _, mode := range modes {
		for _, p := range []Plan{
			{Mode: mode, Servers: 64, FanOut: 1, Timer: gossip.Aligned},
			{Mode: mode, Servers: 64, FanOut: 3, Loss: 300_000, Timer: gossip.Aligned},
		} {
			c := NewChain(p)
			over, variance := 0.0, 0.0
			for _, trial := range run(p, 2*trialCount(&p)) {
				for _, step := range trial.steps() {
					mean, spread := c.nextFrom(step.from)
					over += float64(step.more) - mean
					variance += spread
				}
			}
			require.Greater(t, variance, 100.0)
			require.Less(t, math.Abs(over), 3*math.Sqrt(variance), "%+v", p)
		}
	}
}

// step is one round: how many servers were informed when it began, and how many more it informed.
type step struct{ from, more int }

func (t Trial) steps() (steps []step) {
	from := 1
	for round := Period; from < len(t.Informed); round += Period {
		after, _ := slices.BinarySearch(t.Informed, round+1)
		steps = append(steps, step{from, after - from})
		from = after
	}
	return steps
}

// nextFrom is how many more servers are informed by a round that i begin: mean and variance.
func (c *Chain) nextFrom(i int) (mean, variance float64) {
	squares := 0.0
	for k, chance := range c.next[i] {
		mean += float64(k) * chance
		squares += float64(k) * float64(k) * chance
	}
	return mean, squares - mean*mean
}

// The mean curve is that of the chain: at each round of each mode within four standard errors, for
// there are 40 of them. 0.003 of 40 are outside by chance. A thousandth more is for the last rounds,
// in which hardly any trial lacks anything and a standard error says little.
func TestAgreementOfCurves(t *testing.T) {
	for _, mode := range modes {
		p := Plan{Mode: mode, Servers: 128, FanOut: 1, Loss: 100_000, Timer: gossip.Aligned}
		trials := run(p, 4*trialCount(&p))
		exact := NewChain(p)
		for _, point := range Summarise(p, trials).Points {
			mean, off := exact.share()
			off /= math.Sqrt(float64(len(trials)))
			require.InDelta(t, mean, point.Mean, 4*off+1e-3, "%+v: round %v", p, point.Time)
			exact.Step()
		}
	}
}

// share is the share informed, its mean and its standard deviation.
func (c *Chain) share() (mean, deviation float64) {
	n, squares := float64(len(c.now)-1), 0.0
	for i, chance := range c.now {
		squares += float64(i) * float64(i) * chance / (n * n)
	}
	mean = c.Informed() / n
	return mean, math.Sqrt(max(0, squares-mean*mean))
}

// The recurrence runs ahead of the mean, as luck in the first rounds costs more than it gains: it
// has half of the servers informed up to a round earlier.
func TestRecurrenceRunsUpToARoundAhead(t *testing.T) {
	for _, mode := range modes {
		p := Plan{Mode: mode, Servers: 256, FanOut: 1}
		exact, shares := NewChain(p), []float64{}
		recurrence := Recurrence(p, 30)
		for round := range recurrence {
			share, _ := exact.share()
			require.GreaterOrEqual(t, recurrence[round], share-1e-9, "round %d of %+v", round, p)
			shares = append(shares, share)
			exact.Step()
		}
		ahead := halfway(shares) - halfway(recurrence)
		require.Positive(t, ahead, "%+v", p)
		require.Less(t, ahead, 1.0, "%+v", p)
	}
}

// halfway is the round in which half of the servers are informed, with its fraction.
func halfway(shares []float64) float64 {
	for r := range shares {
		if shares[r+1] >= 0.5 {
			return float64(r) + (0.5-shares[r])/(shares[r+1]-shares[r])
		}
	}
	return math.Inf(1)
}
