package raft_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
)

var all = []node.ID{0, 1, 2, 3, 4, 5}

func TestTheLogSharesTheOriginsOut(t *testing.T) {
	for _, servers := range []int{1, 2, 3, 6} {
		tr := calm(20 * time.Second)
		tr.servers = servers
		w := tr.build(t)
		w.Run()
		requireShared(t, tr.watch, all[:servers]...)
		for origin := range uint32(tr.origins) {
			requireBelieved(t, w, origin, health.Healthy, all[:servers]...)
		}
		require.Len(t, tr.watch.ready, servers)
	}
}

// After a crash the origins stay without a checker until the session is over, 10 s, and somebody
// has been told.
func TestTheOriginsOfTheDeadAreTakenOver(t *testing.T) {
	for dead := range node.ID(6) { // one of them leads, and one does not vote
		tr := calm(60 * time.Second)
		tr.faults = []scenarios.Fault{{
			Kind: scenarios.Crash, At: seconds(20), Hosts: []node.ID{dead}, For: seconds(25),
		}}
		w := tr.build(t)
		w.Advance(after(28))
		for origin, by := range tr.watch.by {
			require.Equal(t, owner(origin, all...) == dead, len(by) == 0, "origin %d", origin)
		}
		w.Advance(after(20 + 10 + 5))
		others := append(append([]node.ID{}, all[:dead]...), all[dead+1:]...)
		requireShared(t, tr.watch, others...)
		w.Run()
		requireShared(t, tr.watch, all...)
	}
}

// The minority side stops: it checks nothing once its lease of 7 s is over, and nobody takes over
// what somebody may still be checking.
func TestTheMinorityStops(t *testing.T) {
	tr := calm(70 * time.Second)
	tr.faults = []scenarios.Fault{{
		Kind: scenarios.Partition, At: seconds(20), For: seconds(30), Hosts: []node.ID{0, 1},
	}}
	w := tr.build(t)
	w.Advance(after(19))
	before := tr.watch.overlap
	w.Advance(after(20 + 7 + 0.5))
	for origin, by := range tr.watch.by {
		require.Equal(t, owner(origin, all...) < 2, len(by) == 0, "origin %d", origin)
	}
	w.Advance(after(20 + 10 + 5))
	requireShared(t, tr.watch, 2, 3, 4, 5)
	require.Equal(t, before, tr.watch.overlap, "nobody checks beside another")
	w.Run()
	requireShared(t, tr.watch, all...)
	require.LessOrEqual(t, tr.watch.overlap, 2*time.Second, "a poll, and one that is lost")
}

// "It goes on being believed by the minority, true or not."
func TestWhatIsFoundIsKnownToAllThatReachTheLeader(t *testing.T) {
	tr := calm(60 * time.Second)
	tr.faults = []scenarios.Fault{
		{Kind: scenarios.OriginDown, At: seconds(15), For: seconds(10), Origins: []uint32{7}},
		{Kind: scenarios.Partition, At: seconds(30), For: seconds(20), Hosts: []node.ID{4, 5}},
		{Kind: scenarios.OriginDown, At: seconds(45), For: seconds(15), Origins: []uint32{8}},
	}
	w := tr.build(t)
	w.Advance(after(24))
	requireBelieved(t, w, 7, health.Unhealthy, all...)
	w.Advance(after(34))
	requireBelieved(t, w, 7, health.Healthy, all...)
	w.Advance(after(49.9))
	requireBelieved(t, w, 8, health.Unhealthy, 0, 1, 2, 3)
	requireBelieved(t, w, 8, health.Healthy, 4, 5)
	w.Advance(after(59))
	requireBelieved(t, w, 8, health.Unhealthy, all...)
}

// A server polls on after an answer that came late, when its next poll was due already.
func TestWhoHadItsSocketsBlockedTakesPartAgain(t *testing.T) {
	for seed := range uint64(10) {
		tr := calm(45 * time.Second)
		tr.seed = seed
		for i, host := range []node.ID{1, 3, 5} {
			tr.faults = append(tr.faults, scenarios.Fault{
				Kind: scenarios.Block, At: seconds(15 + 0.1*float64(i)), For: seconds(3),
				Hosts: []node.ID{host},
			})
		}
		tr.build(t).Run()
		requireShared(t, tr.watch, all...)
	}
}

// What two operators want counts once: it is not wanted again when a third has said otherwise.
func TestAnOrderIsOverWhenTheLogHasIt(t *testing.T) {
	tr := trial{servers: 6, origins: 11, configured: 10, length: 60 * time.Second}
	for i, f := range []scenarios.Fault{
		{Kind: scenarios.Register, Hosts: []node.ID{5}},
		{Kind: scenarios.Register, Hosts: []node.ID{2}}, // which the log has already
		{Kind: scenarios.Unregister, Hosts: []node.ID{1}},
	} {
		f.At, f.Origins = seconds(15+5*float64(i)), []uint32{10}
		tr.faults = append(tr.faults, f)
	}
	w := tr.build(t)
	w.Advance(after(24.9))
	requireBelieved(t, w, 10, health.Healthy, all...)
	w.Run()
	requireBelieved(t, w, 10, health.Unknown, all...)
	require.Empty(t, tr.watch.by[10])
}

// "What it believes it goes on believing": what a server has found while it was cut off, too, when
// its lease is over.
func TestWhatWasFoundOutlivesTheLease(t *testing.T) {
	mine := uint32(0)
	for owner(int(mine), all...) != 4 {
		mine++
	}
	tr := calm(60 * time.Second)
	tr.faults = []scenarios.Fault{
		{Kind: scenarios.OriginDown, At: seconds(22), For: seconds(9), Origins: []uint32{mine}},
		{Kind: scenarios.Partition, At: seconds(30), For: seconds(20), Hosts: []node.ID{4, 5}},
	}
	w := tr.build(t)
	w.Advance(after(29.9))
	requireBelieved(t, w, mine, health.Unhealthy, all...)
	for _, at := range []float64{30 + 5, 30 + 7 + 1} {
		w.Advance(after(at))
		require.Equal(t, at < 30+7, len(tr.watch.by[mine]) == 1, "checked at %v s", at)
		requireBelieved(t, w, mine, health.Healthy, 4)
		requireBelieved(t, w, mine, health.Unhealthy, 5)
	}
	w.Run()
	requireBelieved(t, w, mine, health.Healthy, all...)
}

// What an operator says counts everywhere when it is in the log, and nowhere before.
func TestOriginsAreRegisteredByTheLog(t *testing.T) {
	tr := trial{servers: 6, origins: 12, configured: 10, length: 80 * time.Second}
	tr.faults = []scenarios.Fault{
		{
			Kind: scenarios.Register, At: seconds(15), Hosts: []node.ID{5}, Origins: []uint32{10},
			Definition: 1,
		},
		{Kind: scenarios.Unregister, At: seconds(15), Hosts: []node.ID{2}, Origins: []uint32{3}},
		{Kind: scenarios.Partition, At: seconds(30), For: seconds(20), Hosts: []node.ID{1, 5}},
		{Kind: scenarios.Register, At: seconds(40), Hosts: []node.ID{1}, Origins: []uint32{11}},
	}
	w := tr.build(t)
	w.Advance(after(25))
	requireBelieved(t, w, 10, health.Healthy, all...)
	requireBelieved(t, w, 3, health.Unknown, all...)
	require.Empty(t, tr.watch.by[3])
	w.Advance(after(49.9))
	requireBelieved(t, w, 11, health.Unknown, all...)
	w.Run()
	requireBelieved(t, w, 11, health.Healthy, all...)
}

func TestRunsAreEqualToTheBitWithBytesOrWithout(t *testing.T) {
	tr := calm(60 * time.Second)
	tr.faults = []scenarios.Fault{
		{Kind: scenarios.Crash, At: seconds(15), For: seconds(12), Hosts: []node.ID{0}},
		{Kind: scenarios.Partition, At: seconds(30), For: seconds(15), Hosts: []node.ID{1, 2}},
	}
	plain, divergence := world.Verify(func() *cluster { return tr.build(t) })
	require.Nil(t, divergence)
	tr.codec = true
	require.Equal(t, plain.Fingerprint, tr.build(t).Run().Fingerprint)
}
