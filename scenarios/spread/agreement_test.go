package spread

import (
	"fmt"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/gossip"
	"butterfly/sim/rng"
)

// The tests named TestAgreement lay what our servers do, with the gossip and the map they ship
// with, beside exact laws and simulations, and print both, as tables for the README:
//
//	go test ./scenarios/spread -run TestAgreement -v | grep '|'
//	BUTTERFLY_FULL=1 go test ./scenarios/spread -run TestAgreement -v -timeout 1h | grep '|'
//
// Every mean has to be within three standard errors of the difference of the two. Of 100 that agree
// 0.27 are outside by chance, but seeds are fixed: no test fails by chance from one day to the
// next.

// trialCount is how many trials are measured of a plan: as many as take some tens of milliseconds,
// or with BUTTERFLY_FULL=1 as many as take about eight minutes on two idle cores for all plans
// together. That leaves 195 of 1,024 servers, and of 65,536, at some 8 seconds each, only 6.
func trialCount(p *Plan) int {
	if os.Getenv("BUTTERFLY_FULL") == "1" {
		return min(max(200_000/p.Servers, 6), 5000)
	}
	return min(max(3000/p.Servers, 3), 100)
}

// manyServers rows are for the full measurement only.
func manyServers(p *Plan) bool {
	return p.Servers > 1024 && os.Getenv("BUTTERFLY_FULL") != "1"
}

// run plays so many trials of a plan, on all processors. Each plan has seeds of its own: with the
// same for all, what is luck in one of them would look like a rule.
func run(p Plan, count int) []Trial {
	luck := rng.Named(1, fmt.Sprint(p))
	trials, next := make([]Trial, count), atomic.Int64{}
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := next.Add(1) - 1; i < int64(count); i = next.Add(1) - 1 {
				seed := luck.At(uint64(i))
				trials[i] = Run(p, seed.Uint64())
			}
		})
	}
	workers.Wait()
	return trials
}

// measure returns the time until all are informed, with the deviation theirs has: few trials say
// little about it.
func measure(p Plan, theirs estimate) estimate {
	trials := run(p, trialCount(&p))
	return estimate{complete(trials).Mean, theirs.deviation, len(trials)}
}

// header prints the head of a table of agreements.
func header(t *testing.T) {
	fmt.Fprintln(t.Output(), "| mode | timer | servers | loss | fan-out | latency | theirs | ours |"+
		" trials | standard errors |")
	fmt.Fprintln(t.Output(), "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
}

// agree prints one agreement and demands it.
func agree(t *testing.T, p Plan, theirs, ours estimate) {
	t.Helper()
	fmt.Fprintf(t.Output(), "| %s | %s | %d | %v | %d | %v | %.3f | %.3f | %d | %+.1f |\n",
		nameOf(modes, p.Mode), nameOf(timers, p.Timer), p.Servers, p.Loss, p.FanOut, p.Latency,
		theirs.mean, ours.mean, ours.trials, standardErrors(theirs, ours))
	requireAgreement(t, theirs, ours, p)
}

func nameOf[V comparable](names map[string]V, value V) string {
	for name, v := range names {
		if v == value {
			return name
		}
	}
	return "?"
}

// Synchronous rounds, without loss and under loss, of one peer.
func TestAgreementOnSynchronousRounds(t *testing.T) {
	header(t)
	for _, s := range simulations(t, func(p *Plan) bool {
		return p.Timer == gossip.Aligned && p.FanOut == 1 && !manyServers(p)
	}) {
		agree(t, s.plan, s.estimate, measure(s.plan, s.estimate))
	}
}

func TestAgreementOnAsynchronousRounds(t *testing.T) {
	header(t)
	for _, s := range simulations(t, func(p *Plan) bool {
		return p.Timer != gossip.Aligned && !manyServers(p)
	}) {
		agree(t, s.plan, s.estimate, measure(s.plan, s.estimate))
	}
}

// Several peers a round, which the simulations, too, choose independently.
func TestAgreementOnFanOut(t *testing.T) {
	header(t)
	for _, s := range simulations(t, func(p *Plan) bool { return p.FanOut > 1 }) {
		agree(t, s.plan, s.estimate, measure(s.plan, s.estimate))
	}
}

// The exact law of pull and push for the servers of the exact tables.
func TestAgreementWithExactLaws(t *testing.T) {
	header(t)
	for _, r := range table(t, "exact.csv") {
		p := Plan{
			Mode: modes[r["mode"]], Servers: r.count(t, "n"), Loss: r.share(t, "loss"), FanOut: 1,
			Timer: gossip.Aligned,
		}
		law := NewChain(p).Completion()
		theirs := estimate{mean: law.Mean(), deviation: law.Deviation()}
		if p.Servers == 2 {
			require.Equal(t, 1.0, measure(p, theirs).mean, "two servers need one round")
			continue
		}
		agree(t, p, theirs, measure(p, theirs))
	}
}
