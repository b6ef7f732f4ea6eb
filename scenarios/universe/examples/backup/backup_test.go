package backup_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/universe"
	"butterfly/scenarios/universe/examples/backup"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// spec is three replicas, a controller and a client, in a storm of partitions with one crash.
func spec(leastInSync int) universe.Spec[backup.Message] {
	rules := backup.Rules{LeastInSync: leastInSync}
	return universe.Spec[backup.Message]{
		Scenario: scenarios.Scenario{
			Servers: 5, Duration: second(240),
			Latency: scenarios.Latency{
				Latency: netmodel.Uniform(20*time.Millisecond, 80*time.Millisecond),
			},
			Storm: &scenarios.Storm{
				From: second(10), To: second(200),
				Crashes: 1, Partitions: 1, Losses: 2, Duplications: 2, Reorderings: 1,
			},
		},
		Machine: func(self node.ID, servers int, luck rng.Rand) node.Machine[backup.Message] {
			return backup.New(rules, self, servers, luck)
		},
		Checkers: promises,
		Survives: onlyReplicasCrash,
		Seeds:    40,
	}
}

func second(s int) scenarios.Span { return scenarios.Span(time.Duration(s) * time.Second) }

// onlyReplicasCrash: the controller is taken to be reliable, and the client's crash would prove
// nothing.
func onlyReplicasCrash(f *scenarios.Fault) bool {
	return f.Kind != scenarios.Crash || f.Hosts[0] > 1
}

// longestSilence is within what time of the end there has to be an acknowledgement.
const longestSilence = 10 * time.Second

func promises(plan *scenarios.Scenario) []checkers.Checker {
	is := func(kind node.EventKind) func(*checkers.Observation, checkers.View) bool {
		return func(o *checkers.Observation, _ checkers.View) bool { return o.Event.Kind == kind }
	}
	all := []checkers.Checker{
		checkers.Sometimes("the in-sync set shrinks", checkers.Event, is(backup.Shrunk)),
		checkers.Sometimes("the leader changes", checkers.Event,
			func(o *checkers.Observation, _ checkers.View) bool {
				return o.Event.Kind == backup.Led && o.At.Since() > time.Second*5
			}),
	}
	return append(all, writesLast(plan.Duration)...)
}

// writesLast: what was acknowledged is in the log of every later leader, and in the end there are
// acknowledgements.
func writesLast(duration scenarios.Span) []checkers.Checker {
	var safe uint64
	var when clock.Time
	last := func(o *checkers.Observation, _ checkers.View) error {
		switch {
		case o.Event.Kind == backup.Acknowledged:
			safe, when = o.Event.A, o.At
		case o.Event.Kind == backup.Led && o.Event.A < safe:
			return fmt.Errorf("server %d leads with a log up to write %d, and write %d was acknowledged",
				o.Host, o.Event.A, safe)
		}
		return nil
	}
	goOn := func(checkers.View) error {
		if silence := clock.At(duration.Duration()).Sub(when); silence > longestSilence {
			return fmt.Errorf("nothing was acknowledged in the last %v of the run, bound %v",
				silence, longestSilence)
		}
		return nil
	}
	return []checkers.Checker{
		checkers.Always("acknowledged-writes-last", checkers.Event, last),
		checkers.Eventually("writes-go-on", goOn),
	}
}

// Both backups are cut off and leave the in-sync set, the leader acknowledges alone, and dies.
func TestAnAcknowledgedWriteIsLost(t *testing.T) {
	failure, err := universe.Hunt(spec(1), 200)
	require.NoError(t, err)
	require.NotNil(t, failure)
	t.Log(failure)
	require.Equal(t, "acknowledged-writes-last", failure.Property)
	require.Len(t, failure.Found.Faults, 7)
	require.Len(t, failure.Shrunk.Faults, 2)
	cut, crash := failure.Shrunk.Faults[0], failure.Shrunk.Faults[1]
	require.Equal(t, scenarios.Partition, cut.Kind)
	require.Equal(t, scenarios.Crash, crash.Kind)
	require.False(t, crash.Keep, "its disk is lost")
	require.Less(t, crash.At, cut.End(), "while nobody else is in sync")
	require.Equal(t, []node.ID{3, 4}, cut.Hosts, "both backups")
	require.Equal(t, []node.ID{2}, crash.Hosts, "the leader")
}

// With an in-sync set of two at least, the same storm loses nothing.
func TestWritesLast(t *testing.T) {
	universe.Test(t, spec(2))
}
