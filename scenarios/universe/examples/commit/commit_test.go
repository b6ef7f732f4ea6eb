package commit_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/checkers"
	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/universe"
	"butterfly/scenarios/universe/examples/commit"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// spec is servers that commit one transaction after the other, in a storm.
func spec(phases commit.Phases, storm scenarios.Storm) universe.Spec[commit.Message] {
	storm.From, storm.To = second(10), second(120)
	return universe.Spec[commit.Message]{
		Scenario: scenarios.Scenario{
			Servers: 4, Duration: second(180), Storm: &storm,
			Latency: scenarios.Latency{
				Latency: netmodel.Uniform(50*time.Millisecond, 100*time.Millisecond),
			},
		},
		Machine: func(self node.ID, servers int, luck rng.Rand) node.Machine[commit.Message] {
			return commit.New(phases, self, servers, luck)
		},
		Checkers: promises,
		Survives: disksLast,
	}
}

func second(s int) scenarios.Span { return scenarios.Span(time.Duration(s) * time.Second) }

// disksLast: all of these protocols rely on what they have written down.
func disksLast(f *scenarios.Fault) bool { return f.Kind != scenarios.Crash || f.Keep }

// longestDoubt is for how long a participant that is up may be in doubt: it asks every 2 s.
const longestDoubt = 10 * time.Second

// promises is what a commit protocol is judged by.
func promises(plan *scenarios.Scenario) []checkers.Checker {
	did := func(kind node.EventKind, a uint64) func(*checkers.Observation, checkers.View) bool {
		return func(o *checkers.Observation, _ checkers.View) bool {
			return o.Event.Kind == kind && o.Event.A == a
		}
	}
	return []checkers.Checker{
		allOrNothing(), nobodyBlocks(plan.Servers),
		checkers.Sometimes("a transaction commits", checkers.Event, did(commit.Decided, 1)),
		checkers.Sometimes("a transaction aborts", checkers.Event, did(commit.Decided, 0)),
		checkers.Sometimes("a participant is in doubt", checkers.Event, did(commit.Doubted, 0)),
	}
}

// allOrNothing: no two servers decide differently.
func allOrNothing() checkers.Checker {
	type decision struct {
		by        node.ID
		committed uint64
	}
	words := [...]string{"aborts", "commits"}
	first := map[uint32]decision{}
	return checkers.Always("all-or-nothing", checkers.Event,
		func(o *checkers.Observation, _ checkers.View) error {
			if o.Event.Kind != commit.Decided {
				return nil
			}
			before, known := first[o.Event.Subject]
			if !known {
				first[o.Event.Subject] = decision{o.Host, o.Event.A}
			} else if before.committed != o.Event.A {
				return fmt.Errorf("server %d %s transaction %d, which server %d %s", o.Host,
					words[o.Event.A], o.Event.Subject, before.by, words[before.committed])
			}
			return nil
		})
}

// nobodyBlocks: whoever is up, and has voted, gets to know the outcome in time.
func nobodyBlocks(servers int) checkers.Checker {
	type vote struct {
		transaction uint32
		at          clock.Time
	}
	since := make([]vote, servers)
	return checkers.Always("nobody-blocks", checkers.Event|checkers.HostUp,
		func(o *checkers.Observation, _ checkers.View) error {
			v := &since[o.Host]
			switch {
			case o.Kind == checkers.HostUp:
				v.at = o.At
			case o.Event.Kind == commit.Voted:
				*v = vote{o.Event.Subject, o.At}
			case o.Event.Kind == commit.Doubted && o.Event.Subject == v.transaction &&
				o.At.Sub(v.at) > longestDoubt:
				return fmt.Errorf("server %d has been in doubt about transaction %d for %v, bound %v",
					o.Host, v.transaction, o.At.Sub(v.at), longestDoubt)
			}
			return nil
		})
}

// The coordinator stops after the votes and before the outcome, and everybody waits until it is
// back.
func TestTwoPhasesBlock(t *testing.T) {
	failure, err := universe.Hunt(spec(commit.Two, scenarios.Storm{Crashes: 6, Losses: 2}), 100)
	require.NoError(t, err)
	require.NotNil(t, failure)
	t.Log(failure)
	require.Equal(t, "nobody-blocks", failure.Property)
	require.Len(t, failure.Found.Faults, 4)
	require.Len(t, failure.Shrunk.Faults, 1)
	fault := failure.Shrunk.Faults[0]
	require.Equal(t, scenarios.Crash, fault.Kind)
	require.Equal(t, []node.ID{0}, fault.Hosts, "the coordinator")
	require.Greater(t, fault.For.Duration(), longestDoubt)
}

// Two phases may block, and agree through all of this.
func agreement() universe.Spec[commit.Message] {
	s := spec(commit.Two, scenarios.Storm{Crashes: 3, Partitions: 3, Losses: 2, Pauses: 2})
	s.Checkers = func(*scenarios.Scenario) []checkers.Checker {
		return []checkers.Checker{allOrNothing()}
	}
	return s
}

func TestTwoPhasesNeverDisagree(t *testing.T) { universe.Test(t, agreement()) }

// The same promise, with plans that a generator draws, and with plans that a fuzzer makes up.
func TestTwoPhasesNeverDisagreeByRapid(t *testing.T) {
	plans := universe.Plans(agreement())
	rapid.Check(t, func(t *rapid.T) {
		universe.Hold(t, agreement(), plans.Draw(t, "plan"))
	})
}

func FuzzTwoPhasesNeverDisagree(f *testing.F) { universe.Fuzz(f, agreement()) }

// Skeen's protocol does not block where Gray's does: nobody is in doubt for long.
func TestThreePhasesSurviveACrash(t *testing.T) {
	universe.Test(t, spec(commit.Three, scenarios.Storm{Crashes: 1}))
}

// The network parts while the news that all have voted yes is under way. Those whom it has reached
// commit, those on the other side abort: each takes the silence of the others for their death.
func TestThreePhasesDisagreeAcrossAPartition(t *testing.T) {
	failure, err := universe.Hunt(spec(commit.Three, scenarios.Storm{Partitions: 3}), 200)
	require.NoError(t, err)
	require.NotNil(t, failure)
	t.Log(failure)
	require.Equal(t, "all-or-nothing", failure.Property)
	require.Len(t, failure.Found.Faults, 3)
	require.Len(t, failure.Shrunk.Faults, 1)
	require.Equal(t, scenarios.Partition, failure.Shrunk.Faults[0].Kind)
}
