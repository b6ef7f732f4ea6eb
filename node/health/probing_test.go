package health

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// statuses feeds results ('+' up, '-' down) to an owner whose record has the given status, and
// returns the status after each as a letter.
func statuses(recorded Status, results string) string {
	d := newDriver(0)
	d.claimed(node.Nobody, 0, recorded)
	d.Activate(0)
	var after []byte
	for _, result := range results {
		d.up = result == '+'
		d.run(time.Second)
		after = append(after, "?hu"[d.Status(0)])
	}
	return string(after)
}

// "Rise successes turn an unhealthy origin healthy, Fall failures turn a healthy one unhealthy, and
// a result that agrees with the status starts the count anew." (package documentation; rise 2, fall
// 3)
func TestStatusChangesAfterConsecutiveResults(t *testing.T) {
	for _, test := range []struct {
		recorded       Status
		results, after string
		why            string
	}{
		{Unknown, "+", "h", "the first result decides"},
		{Unknown, "-", "u", "the first result decides"},
		{Healthy, "---", "hhu", "fall 3"},
		{Unhealthy, "++", "uh", "rise 2"},
		{Healthy, "--+--+--", "hhhhhhhh", "M38: failures that are not consecutive do not add up"},
		{Unhealthy, "+-+-+-", "uuuuuu", "successes that are not consecutive do not add up"},
		{Healthy, "---++---", "hhuuhhhu", "there and back"},
	} {
		require.Equal(t, test.after, statuses(test.recorded, test.results),
			"%v %s: %s", test.recorded, test.results, test.why)
	}
}

// Mutant M40: "zero value of Status is Healthy".
func TestZeroStatusIsUnknown(t *testing.T) {
	var zero Status
	require.Equal(t, Unknown, zero)
	d := activeAmong(0)
	require.Equal(t, Unknown, d.Status(0), "before the first result")
}

func TestStatusStrings(t *testing.T) {
	require.Equal(t, "unknown healthy unhealthy status?",
		Unknown.String()+" "+Healthy.String()+" "+Unhealthy.String()+" "+Status(3).String())
}

// "The status is taken over from the record together with the work, the counts are not."
func TestCountsAreNotTakenOver(t *testing.T) {
	d := activeAmong(1, 2)
	d.claimed(1, firstLife, Healthy)
	d.up = false
	d.run(2 * time.Second) // one failure short of fall
	d.MemberUp(d.now, 0, firstLife)
	d.claimed(0, firstLife, Healthy)
	d.MemberDown(d.now, 0)
	d.run(2 * time.Second)
	require.Equal(t, Healthy, d.Status(0), "two failures again, not four in all")
	d.run(time.Second)
	require.Equal(t, Unhealthy, d.Status(0))
}

func TestARecordHeardBeforeTheFirstResultCounts(t *testing.T) {
	d := activeAmong(0, 1)
	d.claimed(1, firstLife, Healthy)
	d.up = false
	d.run(2 * time.Second)
	require.Equal(t, Healthy, d.Status(0), "one failed probe does not overrule the record")
	require.Equal(t, []Claim{{Claimant: 0, Generation: firstLife, Status: Healthy}}, d.writes)
}

func TestWritesOnlyNews(t *testing.T) {
	d := activeAmong(0)
	d.run(time.Minute)
	d.up = false
	d.run(time.Minute)
	require.Equal(t, []Claim{
		{Claimant: 0, Generation: firstLife, Status: Healthy},
		{Claimant: 0, Generation: firstLife, Status: Unhealthy},
	}, d.writes)
	require.Equal(t, 2, d.count(node.HealthChanged))
	require.Equal(t, node.Event{Kind: node.HealthChanged, A: uint64(Unhealthy)}, d.events[2])
}

// started returns an owner with one probe outstanding.
func started() (*driver, node.Probe) {
	d := activeAmong(1)
	d.now = d.Next()
	probe, _ := d.Due(d.now)
	return d, probe
}

func TestResultsNobodyWaitsForAreIgnored(t *testing.T) {
	d, probe := started()
	require.Equal(t, 500*time.Millisecond, probe.Timeout)
	good := node.ProbeResult{Token: probe.Token, Outcome: node.Succeeded}
	status, write := d.Probed(d.now, node.ProbeResult{Token: probe.Token + 1, Outcome: node.Succeeded})
	require.Equal(t, Unknown, status, "another token")
	require.False(t, write, "another token")

	_, write = d.Probed(d.now, good)
	require.True(t, write)
	d.claimed(1, firstLife, Healthy)
	d.claimed(node.Nobody, 0, Unknown)
	_, write = d.Probed(d.now, good)
	require.False(t, write, "the same result again")
}

func TestAResultAfterTheChecksEndedIsIgnored(t *testing.T) {
	d, probe := started()
	d.MemberUp(d.now, 0, firstLife)
	d.claimed(0, firstLife, Unhealthy)
	for range 2 { // once while idle, once while checking again
		status, write := d.Probed(d.now, node.ProbeResult{Token: probe.Token, Outcome: node.Succeeded})
		require.Equal(t, Unhealthy, status)
		require.False(t, write)
		d.MemberDown(d.now, 0)
	}
	require.True(t, d.Checking(0))
}

// "at most one per origin" (invariant I5)
func TestATickIsSkippedWhileAProbeIsUnanswered(t *testing.T) {
	d, probe := started()
	d.now = d.Next()
	_, ok := d.Due(d.now)
	require.False(t, ok)
	d.Probed(d.now, node.ProbeResult{Token: probe.Token, Outcome: node.Succeeded})
	d.now = d.Next()
	next, ok := d.Due(d.now)
	require.True(t, ok)
	require.NotEqual(t, probe.Token, next.Token)
}

// "However late it is, it makes one probe and goes on in step: the ticks missed while the server
// was paused are lost." (tick)
func TestLateTimersDoNotBurst(t *testing.T) {
	const origins = 100
	c := New(DefaultConfig(), 0, firstLife, origins, byID, rng.New(7))
	d := &driver{Checks: c, up: true}
	d.Activate(0)
	step := make([]clock.Time, origins)
	for origin := range step {
		step[origin] = c.queue.at(uint32(origin))
	}
	late := clock.At(17*time.Second + 300*time.Millisecond)
	d.wake(late)
	require.Len(t, d.probes, origins, "one probe per origin for 17 missed ticks")
	for origin := range step {
		next := c.queue.at(uint32(origin))
		require.Greater(t, next, late)
		require.LessOrEqual(t, next, late.Add(time.Second))
		require.Zero(t, next.Sub(step[origin])%time.Second, "in step with the ticks before")
	}
}

func TestALateWakeDuringAWaitStillBeginsAtAnOffset(t *testing.T) {
	d := activeAmong(1, 0)
	d.wake(clock.At(time.Minute))
	require.True(t, d.Checking(0))
	require.GreaterOrEqual(t, d.Next(), clock.At(time.Minute))
	require.Less(t, d.Next(), clock.At(time.Minute+time.Second))
}
