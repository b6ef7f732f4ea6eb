package health

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
)

func TestWritesOnlyNews(t *testing.T) {
	d := activeAmong(0)
	d.run(time.Minute)
	d.finds = node.Failed
	d.run(time.Minute)
	require.Equal(t, []Claim{
		{Claimant: 0, Generation: firstLife, Status: Healthy},
		{Claimant: 0, Generation: firstLife, Status: Unhealthy},
	}, d.writes)
	require.Equal(t, 2, d.count(node.HealthChanged))
	require.Equal(t, node.Event{Kind: node.HealthChanged, A: uint64(Unhealthy)}, d.events[2])
}

// "The status is taken over from the record together with the work, the counts are not."
func TestCountsAreNotTakenOver(t *testing.T) {
	d := activeAmong(1, 2)
	d.claimed(1, firstLife, Healthy)
	d.finds = node.Failed
	d.run(2 * time.Second) // one failure short of fall
	d.MemberUp(d.now, 0, firstLife)
	d.claimed(0, firstLife, Healthy)
	d.MemberDown(d.now, 0)
	d.Heard(d.now)
	d.run(2 * time.Second)
	d.Heard(d.now)
	require.Equal(t, Healthy, d.Status(0), "two failures again, not four in all")
	d.run(time.Second)
	require.Equal(t, Unhealthy, d.Status(0))
}

func TestARecordHeardBeforeTheFirstResultCounts(t *testing.T) {
	d := activeAmong(0, 1)
	d.claimed(1, firstLife, Healthy)
	d.finds = node.Failed
	d.run(2 * time.Second)
	require.Equal(t, Healthy, d.Status(0), "one failed probe does not overrule the record")
	require.Equal(t, []Claim{{Claimant: 0, Generation: firstLife, Status: Healthy}}, d.writes)
}

// "could not probe is never published as healthy or failed"
func TestWhatCouldNotBeProbedIsNotClaimed(t *testing.T) {
	d := activeAmong(0, 1)
	d.claimed(node.Nobody, 0, Healthy)
	d.finds = node.Unable
	d.run(time.Minute)
	require.Empty(t, d.writes)
	require.Equal(t, Unable, d.Status(0))
	require.True(t, d.Checking(0), "goes on probing")
}

// "A server [...] writes Unable once", over its own claim only: it has no other to withdraw.
func TestAClaimIsWithdrawnOnce(t *testing.T) {
	d := activeAmong(0, 1)
	d.run(5 * time.Second)
	d.finds = node.Unable
	d.run(time.Minute)
	require.Equal(t, []Claim{claimBy(0, firstLife, Healthy), claimBy(0, firstLife, Unable)}, d.writes)

	d.claimed(1, firstLife, Unhealthy)
	d.run(time.Minute)
	require.Len(t, d.writes, 2, "the claim of whoever stepped in stands")
	d.finds = node.Succeeded
	d.run(time.Second)
	require.Equal(t, claimBy(0, firstLife, Unhealthy), d.writes[2], "again, as the other left it")
	d.run(time.Second)
	require.Equal(t, claimBy(0, firstLife, Healthy), d.writes[3], "rise 2")
}

// "A claim with status Unable covers nothing: others step in by rank."
func TestAnUnableClaimCoversNothing(t *testing.T) {
	d := activeAmong(1, 0)
	d.claimed(0, firstLife, Healthy)
	require.Equal(t, clock.Never, d.Next())
	d.claimed(0, firstLife, Unable)
	d.run(rankWait - 1)
	require.False(t, d.Checking(0))
	d.run(time.Second + 1)
	require.Equal(t, []Claim{claimBy(1, firstLife, Healthy)}, d.writes)
	d.claimed(0, firstLife, Healthy)
	require.False(t, d.Checking(0), "it can probe again")
}

// "a server that learns that a higher-ranked one is checking stops within one round" :
// at once, and what it has under way is not published.
func TestStopsWithinOneRound(t *testing.T) {
	d := activeAmong(1)
	d.MemberUp(0, 0, firstLife)
	d.run(rankWait)
	require.True(t, d.Checking(0))
	now := d.Next()
	probe, _ := d.Due(now)
	d.claimed(0, firstLife, Unhealthy)
	_, write := d.Probed(now, node.ProbeResult{Token: probe.Token, Outcome: node.Succeeded})
	require.False(t, write)
	require.Equal(t, Unhealthy, d.Status(0))
	require.Equal(t, clock.Never, d.Next())
}

// "a paused server that wakes up does not publish stale results"
func TestAPausedServerPublishesNothingStale(t *testing.T) {
	d := activeAmong(1, 0)
	d.run(rankWait)
	now := d.Next()
	probe, _ := d.Due(now)
	d.now = now.Add(time.Minute)
	_, write := d.Probed(d.now, node.ProbeResult{Token: probe.Token, Outcome: node.Succeeded})
	require.False(t, write)
	d.claimed(0, firstLife, Unhealthy) // what happened meanwhile
	d.run(time.Minute)
	require.Empty(t, d.writes)
}
