package voter_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/rivals/raft/voter"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

func TestWithoutFaultsEveryCommandIsApplied(t *testing.T) {
	for _, voters := range []int{1, 2, 3, 5} {
		tr := trial{t: t, voters: voters, length: 20 * time.Second}
		w := tr.run()
		requireSame(t, w)
		require.Equal(t, 1, tr.safety.changes, "of leader, with %d voters", voters)
		require.Greater(t, tr.safety.commands, 50*voters)
		require.LessOrEqual(t, tr.safety.proposed-tr.safety.commands, voters, "still under way")
	}
}

// "An election after 1 s": the next leader is there 1 to 2 s after the last, but for an election
// that is split.
func TestTheNextLeaderTakesOver(t *testing.T) {
	tr := trial{t: t, voters: 5, length: 40 * time.Second}
	w := tr.build()
	w.Advance(clock.At(10 * time.Second))
	first := tr.safety.leader
	tr.faults = []scenarios.Fault{{
		Kind: scenarios.Crash, At: seconds(10), Hosts: []node.ID{first}, For: seconds(20), Keep: true,
	}}
	w = tr.build()
	w.Advance(clock.At(10*time.Second + 900*time.Millisecond))
	require.Equal(t, first, tr.safety.leader)
	w.Advance(clock.At(15 * time.Second))
	require.NotEqual(t, first, tr.safety.leader)
	require.Empty(t, w.Run().Violations)
	requireSame(t, w)
}

// The minority applies nothing, and its leader, if there is one, gives up in time.
func TestTheMinorityStops(t *testing.T) {
	for leader := range node.ID(5) { // that one of them leads at first is up to luck
		tr := trial{t: t, voters: 5, seed: uint64(leader), length: 40 * time.Second}
		tr.faults = []scenarios.Fault{{
			Kind: scenarios.Partition, At: seconds(10), For: seconds(20),
			Hosts: []node.ID{leader, (leader + 1) % 5},
		}}
		w := tr.build()
		w.Advance(clock.At(12 * time.Second))
		before, others := of(w, leader).Applied(), of(w, (leader+2)%5).Applied()
		require.False(t, of(w, leader).Leads(w.Now()))
		w.Advance(clock.At(29 * time.Second))
		require.Equal(t, before, of(w, leader).Applied())
		require.Greater(t, of(w, (leader+2)%5).Applied(), others+100)
		require.Empty(t, w.Run().Violations)
		requireSame(t, w)
	}
}

// "Everything that a majority has is still there", even after all have been down.
func TestTheLogOutlivesACrashOfAll(t *testing.T) {
	tr := trial{t: t, voters: 3, length: 30 * time.Second, faults: []scenarios.Fault{{
		Kind: scenarios.Crash, At: seconds(15), For: seconds(2), Hosts: []node.ID{0, 1, 2}, Keep: true,
	}}}
	w := tr.build()
	w.Advance(clock.At(14 * time.Second))
	before := len(of(w, 0).commands)
	require.Greater(t, before, 50)
	require.Empty(t, w.Run().Violations)
	requireSame(t, w)
	require.Greater(t, len(of(w, 0).commands), before+50)
}

// "Votes for nobody before that time is over": else a voter that restarts at once could give others
// the majority that its earlier life has just confirmed a leader with, who still leads. Without
// that rule two lead at a time in some of the runs.
func TestWhoRestartsElectsNobodyBesideALeader(t *testing.T) {
	for seed := range uint64(20) {
		tr := trial{t: t, voters: 5, seed: seed, length: 15 * time.Second, silent: true}
		tr.build().Advance(clock.At(9 * time.Second))
		leader := tr.safety.leader
		hosts := func(i, j node.ID) []node.ID { return []node.ID{(leader + i) % 5, (leader + j) % 5} }
		tr.faults = []scenarios.Fault{
			{Kind: scenarios.Partition, At: seconds(9), For: seconds(3), Hosts: hosts(1, 2)},
			{Kind: scenarios.Crash, At: seconds(11.9), For: seconds(0.1), Hosts: hosts(3, 3)[:1], Keep: true},
			{Kind: scenarios.Partition, At: seconds(12), For: seconds(3), Hosts: hosts(0, 4)},
		}
		tr.run()
	}
}

// The log is as short as configured, whatever was proposed.
func TestTheLogIsBounded(t *testing.T) {
	tr := trial{t: t, voters: 3, length: 60 * time.Second}
	w := tr.run()
	require.Greater(t, len(of(w, 0).commands), 400)
	for host := range node.ID(3) {
		require.LessOrEqual(t, of(w, host).LogLength(), 2*10+5)
	}
}

// Who has been away for longer than the log goes back is sent a snapshot.
func TestWhoIsFarBehindIsSentASnapshot(t *testing.T) {
	tr := trial{t: t, voters: 3, length: 40 * time.Second, faults: []scenarios.Fault{{
		Kind: scenarios.Partition, At: seconds(10), For: seconds(20), Hosts: []node.ID{0},
	}}}
	w := tr.run()
	requireSame(t, w)
	require.Equal(t, 1, of(w, 0).restored)
}

// "Comes back as somebody else": all voters lose their disks one after the other, and the log is
// still there.
func TestVotersThatLoseTheirDisksAreReplaced(t *testing.T) {
	tr := trial{t: t, voters: 3, length: 100 * time.Second}
	for host := range node.ID(3) {
		tr.faults = append(tr.faults, scenarios.Fault{
			Kind: scenarios.Crash, At: seconds(15 + 25*float64(host)), For: seconds(5),
			Hosts: []node.ID{host},
		})
	}
	w := tr.build()
	w.Advance(clock.At(14 * time.Second))
	first := of(w, 0).commands[:30]
	w.Advance(clock.At(20*time.Second + 100*time.Millisecond))
	require.False(t, of(w, 0).Votes(), "a newcomer has no vote")
	require.Empty(t, w.Run().Violations)
	requireSame(t, w)
	require.Equal(t, first, of(w, 0).commands[:30])
}

// A newcomer is told what was agreed on before it came, even if nothing happens any more.
func TestANewcomerCatchesUpWhenNobodyProposes(t *testing.T) {
	for host := range node.ID(3) {
		tr := trial{t: t, voters: 3, length: 40 * time.Second, silent: true}
		tr.faults = []scenarios.Fault{{
			Kind: scenarios.Crash, At: seconds(15), For: seconds(5), Hosts: []node.ID{host},
		}}
		requireSame(t, tr.run())
	}
}

// A majority that has lost its disks has lost the log: the rest waits, and no one makes up another.
func TestALostMajorityStaysLost(t *testing.T) {
	tr := trial{t: t, voters: 3, length: 60 * time.Second, faults: []scenarios.Fault{{
		Kind: scenarios.Crash, At: seconds(15), For: seconds(2), Hosts: []node.ID{0, 1},
	}}}
	w := tr.build()
	w.Advance(clock.At(17 * time.Second))
	before := of(w, 2).Applied()
	w.Advance(w.Ends())
	require.Equal(t, before, of(w, 2).Applied())
	require.Zero(t, of(w, 0).Applied())
}

// Raft draws from entropy that no seed decides; none of it may reach an effect.
func TestRunsAreEqualToTheBit(t *testing.T) {
	tr := trial{t: t, voters: 5, seed: 7, loss: rng.Percent(5), length: 60 * time.Second}
	tr.faults = []scenarios.Fault{
		{Kind: scenarios.Crash, At: seconds(12), For: seconds(5), Hosts: []node.ID{0, 1}, Keep: true},
		{Kind: scenarios.Partition, At: seconds(20), For: seconds(10), Hosts: []node.ID{2, 3}},
		{Kind: scenarios.Crash, At: seconds(35), For: seconds(5), Hosts: []node.ID{4}},
	}
	_, divergence := world.Verify(tr.build)
	require.Nil(t, divergence)
}

// fault is one thing that goes wrong in a plan, one after the other so that a majority keeps its
// disks.
type fault struct {
	kind   int
	host   node.ID
	length time.Duration
	disk   bool
}

func drawFault(t *rapid.T) fault {
	return fault{
		kind:   rapid.IntRange(0, 2).Draw(t, "kind"),
		host:   node.ID(rapid.IntRange(0, 2).Draw(t, "host")),
		length: time.Duration(rapid.IntRange(500, 5000).Draw(t, "ms")) * time.Millisecond,
		disk:   rapid.Bool().Draw(t, "disk"),
	}
}

func (f fault) at(moment time.Duration) scenarios.Fault {
	kinds := []scenarios.FaultKind{scenarios.Crash, scenarios.Pause, scenarios.Partition}
	planned := scenarios.Fault{
		Kind: kinds[f.kind], At: scenarios.Span(moment), For: scenarios.Span(f.length),
		Hosts: []node.ID{f.host},
	}
	planned.Keep = f.disk && planned.Kind == scenarios.Crash
	if planned.Kind == scenarios.Partition {
		planned.Hosts = append(planned.Hosts, (f.host+1)%3)
	}
	return planned
}

// Whatever goes wrong, one thing after the other, the logs are one and nobody leads beside another;
// and when it is over all go on.
func TestTheLogIsOneWhateverGoesWrong(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		tr := trial{t: r, voters: 3, seed: rapid.Uint64().Draw(r, "seed")}
		tr.loss = rng.Percent(rapid.IntRange(0, 10).Draw(r, "loss"))
		tr.config = func(c *voter.Config) { c.Founding = 2 * time.Second }
		moment := 5 * time.Second
		for _, f := range rapid.SliceOfN(rapid.Custom(drawFault), 1, 2).Draw(r, "faults") {
			tr.faults = append(tr.faults, f.at(moment))
			moment += f.length + 6*time.Second
		}
		tr.length = moment + 4*time.Second
		w := tr.run()
		requireSame(r, w)
	})
}
