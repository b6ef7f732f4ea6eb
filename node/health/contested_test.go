package health

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// "So whoever goes on checking writes again over a contested claim", once.
func TestAContestedClaimIsWrittenAgain(t *testing.T) {
	d := activeAmong(0, 1)
	d.run(10 * time.Second)
	require.Len(t, d.writes, 1)
	d.Claimed(d.now, 0, Claim{
		Claimant: 0, Generation: firstLife, Status: Healthy, Contested: true,
	})
	d.run(time.Minute)
	require.Len(t, d.writes, 2)
}

// "It takes its time: ten results come between two claims that say the same."
func TestClaimsThatSayTheSameRest(t *testing.T) {
	for _, lost := range []Claim{
		{Claimant: 0, Generation: firstLife, Status: Healthy, Contested: true},
		claimBy(2, firstLife, Healthy), // taken for dead
	} {
		d := activeAmong(0, 1)
		d.run(10 * time.Second)
		d.Claimed(d.now, 0, lost)
		d.run((claimRest - 1) * time.Second)
		require.Len(t, d.writes, 1, "%v", lost)
		d.run(time.Second)
		require.Len(t, d.writes, 2, "%v", lost)
	}
}

// "A claimant known to live is to learn that somebody who ranks higher checks." (rests)
func TestNoRestForWhoIsToGiveWay(t *testing.T) {
	d := activeAmong(0, 1)
	d.run(10 * time.Second)
	d.claimed(1, firstLife, Healthy)
	d.run(time.Second)
	require.Len(t, d.writes, 2)
}

// What differs from the record is news, and news does not wait.
func TestNoRestWhenTheRecordSaysSomethingElse(t *testing.T) {
	for _, recorded := range []Status{Unhealthy, Unable} {
		d := activeAmong(0, 1)
		d.run(10 * time.Second)
		d.claimed(2, firstLife, recorded)
		d.run(time.Second)
		require.Len(t, d.writes, 2, "%v", recorded)
	}
}

// "A server that is unable withdraws its claim, once": a contested one as well, or the others would
// take it for one that covers the origin.
func TestAContestedClaimIsWithdrawn(t *testing.T) {
	d := activeAmong(0, 1)
	d.run(10 * time.Second)
	contested := Claim{Claimant: 0, Generation: firstLife, Status: Healthy, Contested: true}
	d.Claimed(d.now, 0, contested)
	d.finds = node.Unable
	d.run(10 * time.Second)
	require.Equal(t, []Claim{claimBy(0, firstLife, Unable)}, d.writes[1:])

	contested.Status = Unable
	d.Claimed(d.now, 0, contested)
	d.run(10 * time.Second)
	require.Len(t, d.writes, 2, "it is withdrawn, whatever stands beside it")
}

// The claim of an earlier life covers nothing, so there is nothing to withdraw.
func TestTheClaimOfAnEarlierLifeIsNotWithdrawn(t *testing.T) {
	d := drive(registered(DefaultConfig(), 0, firstLife+1, 1, byID, 7))
	d.claimed(0, firstLife, Healthy)
	d.Activate(0)
	d.finds = node.Unable
	d.run(10 * time.Second)
	require.Equal(t, Unable, d.Status(0))
	require.Empty(t, d.writes)
}
