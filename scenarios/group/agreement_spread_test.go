package group

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/sim/rng"
)

// x = n/(1+(n-1)e^-(2-1/n)t) members are infected after t periods (SWIM, section 4.1), if each
// meets two random ones a period: the one it pings and one that pings it. Ours do, and yet at first
// they grow by e^1.63 a period and not by e^2: who hears of an update by the ack to its own ping
// has just spent that ping, and has to wait a whole period for the next. (1.63 is the r of
// (1/r-1)^2 = 1/r/(e^r-1), by the equation of Euler and Lotka for the two ways to be infected.) In
// the end they are faster, for everybody asks somebody in every period, and the last one who does
// not know asks one that does. So a half is reached between the curve and 2/1.63 times its time,
// and 99 % before it.
func TestAgreementOnPiggybackSpread(t *testing.T) {
	header(t, "members", "part", "SWIM 4.1, periods", "measured, periods")
	for _, n := range []int{32, 64, 128} {
		half, most := sample{}, sample{}
		for seed := range seedCount(15, 400) {
			heard := piggybacked(t, n, seed)
			half = append(half, heard[n/2-2]) // the author is infected, too
			most = append(most, heard[int(math.Ceil(0.99*float64(n)))-2])
		}
		open := standardErrors99 * half.deviation() / math.Sqrt(float64(len(half)))
		row(t, n, "50%", logistic(n, 0.5), half.mean())
		require.Greater(t, half.mean(), logistic(n, 0.5)-open)
		require.Less(t, half.mean(), 2/1.63*logistic(n, 0.5)+open)
		if n > 100 {
			row(t, n, "99%", logistic(n, 0.99), most.mean())
			require.Less(t, most.mean(), logistic(n, 0.99))
		}
	}
}

// logistic is the time in periods at which the curve reaches a share of n.
func logistic(n int, share float64) float64 {
	return math.Log(float64(n-1)*share/(1-share)) / (2 - 1/float64(n))
}

// piggybacked are the times, in periods from the change, at which the others hear of it.
func piggybacked(t *testing.T, n int, seed uint64) (heard []float64) {
	s := catalogued(t, "swim-update", "preset=swim", "loss=0%", fmt.Sprint("servers=", n))
	s.Duration = s.Group.UpdateAt + scenarios.Span(30*time.Second)
	watch(s, seed, func(o *checkers.Observation) {
		if o.Event.Kind == node.MemberAlive && o.Event.Subject == 0 && o.Event.B != 0 {
			heard = append(heard, (o.At.Since()-s.Group.UpdateAt.Duration()).Seconds()/2)
		}
	})
	return heard
}

// Serf's simulator (hashicorp/serf 1619379, _simulator.js) has 1/(1+(N+1)e^(-rN i)) of N know after
// i rounds of 0.2 s, with r = fanout/N * 0.5. Ours take half of that time, and so does memberlist:
// the factor 0.5, for which the source gives no reason, is what makes it pessimistic. That the
// logistic form lets messages go to members that know already is in it without that factor, too. So
// the formula without it is held to 15 %, and it is not met with it.
func TestAgreementOnGossipSpread(t *testing.T) {
	header(t, "members", "part", "Serf's formula, s", "without its 0.5, s", "measured, s",
		"held to")
	for _, n := range []int{30, 128} {
		s := catalogued(t, "swim-update", "loss=0%", fmt.Sprint("servers=", n))
		s.Duration = scenarios.Span(39 * time.Second)
		ours := measure(s, seedCount(40, 400))
		for _, share := range []float64{0.5, 0.9} {
			metric := fmt.Sprintf("t%.0f_seconds", 100*share)
			formula := 0.2 / (3 * 0.5) * math.Log(float64(n+1)*share/(1-share))
			row(t, n, fmt.Sprint(100*share, "%"), formula, formula/2, ours[metric].mean(),
				percents(tolerance(formula/2, len(ours[metric]), 0.15, ours[metric])))
			requireMean(t, metric, formula/2, len(ours[metric]), 0.15, ours[metric])
			require.Less(t, ours[metric].mean(), 0.6*formula)
		}
	}
}

// memberlist's own figures, of 20 trials: the mean seconds until a half, 90 % and all of the others
// know of one update, the last of the trials in which all did; and how many of 20*(N-1) did not
// know within 8 s.
var memberlistUpdates = []struct {
	servers, lossPercent int
	t50, t90, t100       float64
	complete, missed     int
}{
	{30, 0, 0.260, 0.385, 0.462, 20, 0}, {30, 10, 0.267, 0.411, 0.526, 20, 0},
	{30, 30, 0.312, 0.520, 0.869, 19, 1}, {30, 50, 0.415, 0.926, 0.834, 15, 6},
	{64, 0, 0.275, 0.395, 0.544, 20, 0}, {64, 10, 0.312, 0.461, 0.612, 20, 0},
	{64, 30, 0.406, 0.571, 0.751, 14, 8}, {64, 50, 0.584, 0.858, 1.131, 9, 20},
}

// Loss begins with the update and strikes no streams, as it did with memberlist. That matters:
// where datagrams have been lost before, probes that failed have helpers send four times as many,
// and each carries the update; with a loss of 30 % from the start a half of 64 know after 0.30 s,
// not 0.39. The means are held to 15 %, and with what so few trials leave open to the tolerance
// printed: 27 to 45 % in 10 trials without much loss. With a loss of 50 % a member hears late in
// some run, and t100 spreads too widely for its mean to say anything: there it is the missed that
// are judged, which are a count of few, and held to be one of the same chance.
func TestAgreementOnUpdates(t *testing.T) {
	header(t, "members", "loss", "memberlist t50, t90, t100, s", "ours, s",
		"held to", "memberlist missed in 20 trials", "ours in 20")
	for _, theirs := range memberlistUpdates {
		const trials = 20
		ours := measure(updateUnder(t, theirs.servers, theirs.lossPercent), seedCount(10, 400),
			reliableStreams)
		t50, t90, t100 := ours["t50_seconds"], ours["t90_seconds"], ours["t100_seconds"]
		what := fmt.Sprintf("%d members, loss %d %%", theirs.servers, theirs.lossPercent)
		missed := ours["missed"].mean()
		row(t, theirs.servers, fmt.Sprint(theirs.lossPercent, "%"),
			fmt.Sprint(theirs.t50, " ", theirs.t90, " ", theirs.t100),
			fmt.Sprintf("%.3f %.3f %.3f", t50.mean(), t90.mean(), t100.mean()),
			percents(tolerance(theirs.t50, trials, 0.15, t50),
				tolerance(theirs.t90, trials, 0.15, t90),
				tolerance(theirs.t100, theirs.complete, 0.15, t100)),
			theirs.missed, trials*missed)
		requireMean(t, what, theirs.t50, trials, 0.15, t50)
		requireMean(t, what, theirs.t90, trials, 0.15, t90)
		requireMean(t, what, theirs.t100, theirs.complete, 0.15, t100)
		requireSameChance(t, what, total(ours["missed"]), len(ours["missed"])*(theirs.servers-1),
			theirs.missed, trials*(theirs.servers-1), 0.01/8)
	}
}

func updateUnder(t *testing.T, servers, lossPercent int) scenarios.Scenario {
	s := catalogued(t, "swim-update", "rules=memberlist", "loss=0%",
		fmt.Sprint("servers=", servers))
	s.Duration = s.Group.UpdateAt + scenarios.Span(9*time.Second)
	if lossPercent > 0 {
		s.Faults = []scenarios.Fault{{
			Kind: scenarios.Loss, At: s.Group.UpdateAt, For: scenarios.Span(9 * time.Second),
			LossPPM: rng.Percent(lossPercent),
		}}
	}
	return s
}

// requireSameChance demands that two series may be of one chance, but for so small a share of
// cases.
func requireSameChance(t *testing.T, what string, hits, trials, otherHits, otherTrials int,
	outside float64,
) {
	t.Helper()
	atMost, atLeast := fisherTails(hits, trials, otherHits, otherTrials)
	require.Greater(t, min(atMost, atLeast), outside/2, "%s: %d of %d, theirs %d of %d",
		what, hits, trials, otherHits, otherTrials)
}
