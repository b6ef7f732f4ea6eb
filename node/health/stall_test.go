package health

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// "a paused server that wakes up does not publish stale results"
func TestResultsOfProbesFromBeforeAPauseAreNotTaken(t *testing.T) {
	p, now, probe := started()
	late := now.Add(10 * time.Second)
	_, taken := p.Probed(late, node.ProbeResult{Token: probe.Token, Outcome: node.Succeeded})
	require.False(t, taken, "the result comes first")
	require.Equal(t, Unknown, p.Status(0))

	p, now, probe = started()
	late = now.Add(10 * time.Second)
	next, ok := p.Due(late)
	require.True(t, ok, "the alarm comes first: there is nothing to wait for any more")
	require.NotEqual(t, probe.Token, next.Token)
	_, taken = p.Probed(late, node.ProbeResult{Token: probe.Token, Outcome: node.Succeeded})
	require.False(t, taken)
	_, taken = p.Probed(late, node.ProbeResult{Token: next.Token, Outcome: node.Succeeded})
	require.True(t, taken)
}

// The next probe of an origin that is rarely probed may be far off when the server runs again.
func TestALateResultIsNotTakenThoughNothingIsOverdue(t *testing.T) {
	d := DefaultDefinition()
	d.Interval = time.Hour
	for _, test := range []struct {
		late  time.Duration
		taken bool
	}{{d.Timeout, true}, {2 * d.Timeout, true}, {2*d.Timeout + 1, false}} {
		p := many(d, 1)
		now := p.Next()
		probe, _ := p.Due(now)
		_, taken := p.Probed(now.Add(test.late),
			node.ProbeResult{Token: probe.Token, Outcome: node.Succeeded})
		require.Equal(t, test.taken, taken, "%v after the probe", test.late)
	}
}

// A result may come first when the server runs again, and in time for its own long timeout: it is
// stale all the same if other probes have waited for longer than theirs.
func TestAResultThatComesBeforeOverdueProbesIsStale(t *testing.T) {
	patient := DefaultDefinition()
	patient.Interval, patient.Timeout = time.Minute, 10*time.Second
	p := NewProber([]Definition{DefaultDefinition(), patient}, 2, rng.New(7))
	p.Begin(0, 1, 1, Healthy)
	now := p.Next()
	probe, _ := p.Due(now)
	p.Begin(now, 0, 0, Healthy) // due within a second
	late := now.Add(5 * time.Second)
	_, taken := p.Probed(late, node.ProbeResult{Origin: 1, Token: probe.Token, Outcome: node.Failed})
	require.False(t, taken)
}

// "counting begins anew" (package documentation), that of failures by which the own network is
// doubted as well.
func TestAStallForgetsTheFailuresOfOthers(t *testing.T) {
	d := DefaultDefinition()
	d.Semantics = Immediate
	p := lonely(d, 10)
	rounds(p, 1, node.Failed)
	require.True(t, p.InDoubt())
	late := p.Next().Add(time.Minute)
	p.Heard(late)
	probe, _ := p.Due(late)
	for p.Status(probe.Origin) != Healthy { // one of those that failed before there was a doubt
		probe, _ = p.Due(late)
	}
	status, _ := p.Probed(late, node.ProbeResult{
		Origin: probe.Origin, Token: probe.Token, Outcome: node.Failed,
	})
	require.Equal(t, Unhealthy, status, "one failure, and a peer heard just now")
}

// "if the earliest probe is overdue by more than the shortest timeout" (noticeStall)
func TestAStallBeginsStreaksAnew(t *testing.T) {
	for _, test := range []struct {
		overdue time.Duration
		want    Status
	}{{500 * time.Millisecond, Unhealthy}, {500*time.Millisecond + 1, Healthy}} {
		p := many(DefaultDefinition(), 1)
		rounds(p, 2, node.Failed)
		now := p.Next().Add(test.overdue)
		probe, ok := p.Due(now)
		require.True(t, ok)
		p.Probed(now, node.ProbeResult{Token: probe.Token, Outcome: node.Failed})
		require.Equal(t, test.want, p.Status(0), "overdue by %v", test.overdue)
	}
}

// "Each time counts from the last one, so nothing is lost twice."
func TestAStallIsNoticedOnce(t *testing.T) {
	const origins = 100
	p := many(DefaultDefinition(), origins)
	late := clock.At(17 * time.Second)
	var tokens [origins]uint64
	for probe, ok := p.Due(late); ok; probe, ok = p.Due(late) {
		tokens[probe.Origin] = probe.Token
	}
	for origin, token := range tokens {
		_, taken := p.Probed(late, node.ProbeResult{
			Origin: uint32(origin), Token: token, Outcome: node.Succeeded,
		})
		require.True(t, taken, "the probes made when it runs again count")
	}
}

// "an interval of probing is lost at most"
func TestProbingGoesOnAtOnceAfterAStall(t *testing.T) {
	p := many(DefaultDefinition(), 1)
	first := p.Next()
	p.Due(first) // and no result
	late := first.Add(10*time.Second + 300*time.Millisecond)
	_, ok := p.Due(late)
	require.True(t, ok)
	require.Equal(t, first.Add(11*time.Second), p.Next())
}
