package health

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
)

const rankWait = 20 * time.Second // DefaultConfig's

// "else, rank 0: this server is the owner -> check at once" (package documentation)
func TestOwnerChecksAtOnce(t *testing.T) {
	d := activeAmong(1, 2, 3)
	require.True(t, d.Checking(0))
	require.Equal(t, node.ID(1), d.Owner(0))
	require.Equal(t, []node.Event{{Kind: node.CheckBegan}}, d.TakeEvents())

	d.run(time.Second)
	require.Len(t, d.probes, 1, "the first probe is at a random offset within the interval")
	require.Equal(t, []Claim{{Claimant: 1, Generation: firstLife, Status: Healthy}}, d.writes)
}

func TestNothingIsCheckedBeforeActivation(t *testing.T) {
	d := newDriver(1)
	d.MemberUp(0, 0, firstLife)
	d.MemberDown(0, 0)
	d.claimed(0, firstLife, Healthy)
	require.Equal(t, clock.Never, d.Next())
	d.Activate(0)
	require.True(t, d.Checking(0))
	d.Activate(0)
	require.Equal(t, []node.EventKind{node.CheckBegan}, d.kinds())
}

// "lets an origin that nobody is seen to check go unchecked for k times RankWait" (Config.RankWait)
func TestLowerRankedWaitsByRankAndTakesOver(t *testing.T) {
	d := activeAmong(2, 0, 1, 3)
	require.Equal(t, clock.At(rankWait), d.Next(), "its rank need not be known before")
	d.run(rankWait)
	require.Equal(t, clock.At(2*rankWait), d.Next())
	d.run(rankWait - 1)
	require.False(t, d.Checking(0))
	d.run(1)
	require.True(t, d.Checking(0))
	require.Equal(t, []node.Event{{Kind: node.CheckBegan, A: 2}}, d.events)
}

// The same for any RankWait and rank, at the start and when the one that checks dies.
func TestWaitsAsLongAsConfigured(t *testing.T) {
	for _, wait := range []time.Duration{time.Millisecond, 7 * time.Second, time.Hour} {
		for rank := range node.ID(5) {
			d := waitingBehind(rank+1, wait)
			d.requireTakeover(t, time.Duration(rank+1)*wait)

			d = waitingBehind(rank+1, wait)
			d.claimed(0, firstLife, Healthy)
			require.Equal(t, clock.Never, d.Next())
			d.now = clock.At(time.Minute)
			d.MemberDown(d.now, 0)
			d.requireTakeover(t, time.Duration(rank)*wait)
		}
	}
}

// waitingBehind returns an active server outranked by so many others.
func waitingBehind(others node.ID, wait time.Duration) *driver {
	cfg := DefaultConfig()
	cfg.RankWait = wait
	d := drive(registered(cfg, others, firstLife, 1, byID, 7))
	for id := range others {
		d.MemberUp(0, id, firstLife)
	}
	d.Activate(0)
	return d
}

// requireTakeover checks that the server begins to check after the given time, and not before.
func (d *driver) requireTakeover(t *testing.T, after time.Duration) {
	if after > 0 {
		d.run(after - 1)
		require.False(t, d.Checking(0))
		d.run(1)
	}
	require.True(t, d.Checking(0))
}

func TestStopsWhenAHigherRankedClaimAppears(t *testing.T) {
	d := activeAmong(1)
	d.run(10 * time.Second)
	d.MemberUp(d.now, 0, firstLife)
	require.True(t, d.Checking(0), "goes on until the newcomer is seen to check")

	d.claimed(0, firstLife, Healthy)
	require.False(t, d.Checking(0))
	require.Zero(t, d.CheckingCount())
	want := []node.EventKind{node.CheckBegan, node.HealthChanged, node.CheckEnded}
	require.Equal(t, want, d.kinds())
}

// Mutant M27: "losing ownership does not stop the pending timer".
func TestLostOwnershipStopsProbing(t *testing.T) {
	d := activeAmong(1)
	d.run(10 * time.Second)
	d.MemberUp(d.now, 0, firstLife)
	d.claimed(0, firstLife, Healthy)
	before := len(d.probes)
	require.Equal(t, clock.Never, d.Next())
	d.run(time.Minute)
	require.Len(t, d.probes, before)
}

func TestALowerRankedClaimIsNoReasonToStop(t *testing.T) {
	d := activeAmong(1, 2)
	d.claimed(2, firstLife, Healthy)
	require.True(t, d.Checking(0))
}

// "A claim counts only for the life (the generation) it was made in." (package documentation)
func TestClaimByAnOldGenerationIsNoEvidence(t *testing.T) {
	d := activeAmong(1, 0)
	d.claimed(0, firstLife, Healthy)
	require.Equal(t, clock.Never, d.Next(), "idle while the claimant lives")

	d.run(time.Minute)
	d.MemberUp(d.now, 0, firstLife+1)
	require.Equal(t, d.now.Add(rankWait), d.Next(), "waits: the claimant restarted")
	d.claimed(0, firstLife+1, Healthy)
	require.Equal(t, clock.Never, d.Next(), "idle: the claimant took it up again")
}

// "Members and claims may become known in any order." (package documentation)
func TestClaimsAndMembersInEitherOrder(t *testing.T) {
	claimFirst := activeAmong(2, 1)
	claimFirst.claimed(0, firstLife, Healthy)
	require.Equal(t, clock.At(rankWait), claimFirst.Next(), "the claimant is not known to live")
	claimFirst.MemberUp(0, 0, firstLife)

	memberFirst := activeAmong(2, 1)
	memberFirst.MemberUp(0, 0, firstLife)
	memberFirst.claimed(0, firstLife, Healthy)

	require.Equal(t, clock.Never, claimFirst.Next())
	require.Equal(t, clock.Never, memberFirst.Next())
}

func TestTheNextInRankTakesOverWhenTheCheckerDies(t *testing.T) {
	next, last := activeAmong(1, 0, 2), activeAmong(2, 0, 1)
	for _, d := range []*driver{next, last} {
		d.claimed(0, firstLife, Unhealthy)
		d.run(time.Minute)
		d.MemberDown(d.now, 0)
	}
	require.True(t, next.Checking(0), "rank 0 now")
	require.Equal(t, last.now.Add(rankWait), last.Next(), "rank 1 now")
	require.Equal(t, Unhealthy, next.Status(0), "inherited from the record")
}

func TestAWaitGetsShorterWithTheRankAndNeverLonger(t *testing.T) {
	d := activeAmong(6, 0, 1, 2)
	d.run(rankWait)
	d.MemberUp(d.now, 3, firstLife)
	require.Equal(t, clock.At(3*rankWait), d.Next(), "a newcomer above does not put it off")

	d.run(5 * time.Second)
	d.MemberDown(d.now, 0)
	d.MemberDown(d.now, 1)
	require.Equal(t, clock.At(3*rankWait), d.Next(), "rank 2 from now would be later")
	d.MemberDown(d.now, 2)
	require.Equal(t, d.now.Add(rankWait), d.Next(), "rank 1 from now is sooner")
}

// "for k times RankWait", k as it is after the first of them.
func TestWhoComesInTheFirstRankWaitIsGivenTimeToo(t *testing.T) {
	d := activeAmong(3, 0, 1)
	d.run(rankWait - 1)
	d.MemberUp(d.now, 2, firstLife)
	d.run(1)
	require.Equal(t, clock.At(3*rankWait), d.Next())
}

// "the lower one stops on seeing it" (package documentation)
func TestReclaimsAfterALowerRankedServerOverwrote(t *testing.T) {
	d := activeAmong(0, 1)
	d.run(10 * time.Second)
	require.Len(t, d.writes, 1)

	d.claimed(1, firstLife, Healthy)
	require.True(t, d.Checking(0))
	d.run(10 * time.Second)
	require.Len(t, d.writes, 2, "once, with the next result")
}

func TestReclaimsTheRecordOfItsOwnEarlierLife(t *testing.T) {
	d := drive(registered(DefaultConfig(), 0, firstLife+1, 1, byID, 7))
	d.claimed(0, firstLife, Healthy)
	d.Activate(0)
	d.run(10 * time.Second)
	require.Equal(t, []Claim{{Claimant: 0, Generation: firstLife + 1, Status: Healthy}}, d.writes)
}

func TestEqualScoresRankByID(t *testing.T) {
	same := func(uint32, node.ID) uint64 { return 42 }
	c := registered(DefaultConfig(), 5, firstLife, 1, same, 7)
	c.MemberUp(0, 9, firstLife)
	require.Equal(t, node.ID(5), c.Owner(0))
	c.MemberUp(0, 3, firstLife)
	require.Equal(t, node.ID(3), c.Owner(0))
	c.Activate(0)
	require.Equal(t, clock.At(rankWait), c.Next(), "outranked by one")
}

// "Two servers with the same view never take turns." (package documentation)
func TestNoPingPong(t *testing.T) {
	c := newCluster(2, 20, 30*time.Second) // claims are often slower than the rank wait
	c.activate()
	c.run(clock.At(10 * time.Minute))
	for origin := range uint32(20) {
		require.Equal(t, []node.ID{c.servers[0].Owner(origin)}, c.checkers(origin))
	}
	began := 0
	for _, s := range c.servers {
		for _, e := range s.TakeEvents() {
			if e.Kind == node.CheckBegan {
				began++
			}
		}
	}
	require.Greater(t, began, 20, "some origins were taken over early")
	require.LessOrEqual(t, began, 2*20, "nobody begins twice")
}
