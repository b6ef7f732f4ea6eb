package health

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
)

// lonely returns a prober of so many healthy origins that has peers and hears none of them.
func lonely(d Definition, origins int) *Prober {
	p := many(d, origins)
	p.Peers(1)
	return p
}

// rounds has every origin probed so many times with one outcome.
func rounds(p *Prober, times int, outcome node.Outcome) {
	for range times * p.Count() {
		answer(p, outcome)
	}
}

func unhealthy(p *Prober) (count int) {
	for origin := range p.targets {
		if p.Status(uint32(origin)) == Unhealthy {
			count++
		}
	}
	return count
}

func networkEvents(p *Prober) (kinds []node.EventKind) {
	for _, e := range p.TakeEvents() {
		if e.Kind == node.NetworkLost || e.Kind == node.NetworkFound {
			kinds = append(kinds, e.Kind)
		}
	}
	return kinds
}

// "a server that has lost its own network (most probes and peers fail at once) says so instead of
// condemning every origin"
func TestALostNetworkCondemnsNobody(t *testing.T) {
	p := lonely(DefaultDefinition(), 100)
	rounds(p, 5, node.Succeeded)
	rounds(p, 20, node.Failed)
	require.Zero(t, unhealthy(p))
	require.True(t, p.lost())
	require.Equal(t, []node.EventKind{node.NetworkLost}, networkEvents(p))

	p.Heard(p.Next())
	require.False(t, p.lost())
	require.Equal(t, []node.EventKind{node.NetworkFound}, networkEvents(p))
	rounds(p, 2, node.Failed)
	p.Heard(p.Next())
	require.Zero(t, unhealthy(p), "what failed before does not count")
	rounds(p, 1, node.Failed)
	require.Equal(t, 100, unhealthy(p), "a peer is heard, so it is they")
}

func TestProbesOfALostNetworkAreNotTaken(t *testing.T) {
	p := lonely(DefaultDefinition(), 1)
	rounds(p, 5, node.Failed)
	require.True(t, p.lost())
	now := p.Next()
	probe, _ := p.Due(now)
	p.Heard(now)
	_, taken := p.Probed(now, node.ProbeResult{Token: probe.Token, Outcome: node.Failed})
	require.False(t, taken)
}

func TestMostProbesSucceedingEndsALoss(t *testing.T) {
	p := lonely(DefaultDefinition(), 10)
	rounds(p, 5, node.Failed)
	require.True(t, p.lost())
	for range 5 {
		answer(p, node.Succeeded)
	}
	require.True(t, p.lost(), "half of the latest results are failures")
	answer(p, node.Succeeded)
	require.False(t, p.lost())
}

// "Most is at least half of the latest results of all origins" (count), whichever came last.
func TestHalfOfTheLatestResultsIsMost(t *testing.T) {
	for _, test := range []struct {
		origins int
		last    string // of some of the origins; the others have no result yet
		failing bool
	}{
		{1, "-", true},
		{1, "+", false},
		{2, "+-", true},
		{2, "-", true},
		{3, "++-", false},
		{3, "-", false},
		{3, "--", true},
		{200, strings.Repeat("+", 101) + strings.Repeat("-", 99), false},
		{200, strings.Repeat("-", 99) + strings.Repeat("+", 101), false},
		{200, strings.Repeat("-", 100) + strings.Repeat("+", 100), true},
	} {
		var n network
		targets := make([]target, test.origins)
		for range 3 {
			for i, result := range test.last {
				n.count(&targets[i], result == '+', test.origins)
			}
			require.Equal(t, test.failing, n.failing, "%v", test)
		}
	}
}

func TestWhoHearsPeersOrHasNoneTrustsItself(t *testing.T) {
	alone := many(DefaultDefinition(), 10)
	rounds(alone, 3, node.Failed)
	require.Equal(t, 10, unhealthy(alone), "nobody to ask")

	heard := lonely(DefaultDefinition(), 10)
	rounds(heard, 2, node.Failed)
	heard.Heard(heard.Next())
	rounds(heard, 1, node.Failed)
	require.Equal(t, 10, unhealthy(heard), "heard since the first failure")

	before := lonely(DefaultDefinition(), 10)
	before.Heard(0)
	rounds(before, 3, node.Failed)
	require.Zero(t, unhealthy(before), "heard before the first failure")
}

// "A later failure carries the verdict out if its probe began after a peer had been heard, and that
// after the first failure was known" (package documentation)
func TestAPutOffVerdictIsCarriedOutOnceAPeerIsHeard(t *testing.T) {
	for _, semantics := range []Semantics{Consecutive, Window, Immediate} {
		d := DefaultDefinition()
		d.Semantics, d.Window, d.Threshold = semantics, 5, 3
		p := lonely(d, 1)
		rounds(p, d.results(), node.Failed)
		require.True(t, p.InDoubt())
		require.Equal(t, Healthy, p.Status(0), semantics)
		p.Heard(p.Next())
		require.False(t, p.InDoubt())
		rounds(p, 1, node.Failed)
		require.Equal(t, Unhealthy, p.Status(0), semantics)
		require.Empty(t, networkEvents(p), "a doubt is not told")
	}
}

// A probe that began while the network was down may end when it is up again.
func TestAPeerVouchesForNoProbeThatBeganBefore(t *testing.T) {
	p := lonely(DefaultDefinition(), 1)
	rounds(p, 2, node.Failed)
	now := p.Next()
	probe, _ := p.Due(now)
	p.Heard(now.Add(100 * time.Millisecond))
	p.Probed(now.Add(500*time.Millisecond), node.ProbeResult{Token: probe.Token, Outcome: node.Failed})
	require.Equal(t, Healthy, p.Status(0))
}

// The same where others succeed meanwhile, so that most of the latest results are successes again.
func TestOthersVouchForNoProbeThatBeganWhileMostFailed(t *testing.T) {
	p := lonely(DefaultDefinition(), 10)
	rounds(p, 2, node.Failed)
	now := p.Next()
	late, _ := p.Due(now)
	for range 9 {
		answer(p, node.Succeeded)
	}
	require.False(t, p.network.failing)
	p.Probed(now.Add(500*time.Millisecond),
		node.ProbeResult{Origin: late.Origin, Token: late.Token, Outcome: node.Failed})
	require.Zero(t, unhealthy(p))
}

// "nothing good has been heard for so long that the latest failure may be the first sign of a loss"
// (quiet)
func TestTheFirstFailureInSilenceIsDoubted(t *testing.T) {
	d := DefaultDefinition()
	d.Semantics = Immediate
	for _, test := range []struct {
		silence time.Duration
		want    Status
	}{{249 * time.Millisecond, Unhealthy}, {250 * time.Millisecond, Healthy}} {
		p := lonely(d, 10)
		rounds(p, 2, node.Succeeded)
		now := p.Next()
		probe, _ := p.Due(now)
		ended := now.Add(d.Timeout)
		p.Heard(ended.Add(-test.silence))
		p.Probed(ended,
			node.ProbeResult{Origin: probe.Origin, Token: probe.Token, Outcome: node.Failed})
		require.Equal(t, test.want, p.Status(probe.Origin), "%v of silence", test.silence)
	}
}

// "a doubt that outlasts that is a loss" (putOff): Interval and Timeout, here.
func TestALastingDoubtIsALoss(t *testing.T) {
	d := DefaultDefinition()
	d.Semantics = Immediate
	p := lonely(d, 1)
	rounds(p, 2, node.Failed)
	require.True(t, p.InDoubt())
	require.False(t, p.lost(), "in doubt for 1 s")
	rounds(p, 1, node.Failed)
	require.True(t, p.lost(), "for 2 s, which is more than 1.5 s")
	rounds(p, 7, node.Failed)
	require.Equal(t, []node.EventKind{node.NetworkLost}, networkEvents(p), "once")
}

// The uplink of a server was lost from 65.373 s to 80.298 s and again from 80.877 s. It heard a
// peer in between, and took all that failed afterwards for unhealthy, at 83.380 s.
func TestALossRightAfterALossCondemnsNobody(t *testing.T) {
	p := lonely(DefaultDefinition(), 18)
	up := func(at clock.Time) bool {
		ms := at.Since() / time.Millisecond
		return ms < 65_373 || 80_298 <= ms && ms < 80_877
	}
	var late []node.ProbeResult // of probes that run into their timeouts
	var due []clock.Time        // when they do
	for p.Next() < clock.At(100*time.Second) {
		now := p.Next()
		for len(due) > 0 && due[0] <= now {
			p.Probed(due[0], late[0])
			due, late = due[1:], late[1:]
		}
		if up(now) {
			p.Heard(now)
		}
		probe, _ := p.Due(now)
		result := node.ProbeResult{Origin: probe.Origin, Token: probe.Token, Outcome: node.Succeeded}
		if up(now) {
			p.Probed(now, result)
		} else {
			result.Outcome = node.Failed
			due, late = append(due, now.Add(500*time.Millisecond)), append(late, result)
		}
		require.Zero(t, unhealthy(p), "at %v", now)
	}
	require.Equal(t, []node.EventKind{node.NetworkLost, node.NetworkFound, node.NetworkLost},
		networkEvents(p))
}

func TestNothingIsPublishedInDoubt(t *testing.T) {
	d := activeAmong(0, 1)
	d.run(10 * time.Second)
	d.finds = node.Failed
	d.run(3 * time.Second)
	require.True(t, d.prober.InDoubt())
	d.claimed(1, firstLife, Healthy) // to be claimed again, but not now
	d.run(time.Second)
	require.Len(t, d.writes, 1)
	require.Zero(t, d.count(node.NetworkLost))
	d.Heard(d.now)
	d.run(time.Second)
	require.Equal(t, claimBy(0, firstLife, Unhealthy), d.writes[1])
}

// Whoever hears peers is not kept in doubt for good by its origins, each of which gives it a new one before
// the next has its turn: what most of them have come to is said an interval and a timeout after a peer is
// heard (VerdictBound), whenever in the interval that is. Half of them are probed faster after a failure, so
// that a peer is heard while some are probed, again and again, and never between two probes of those. Found
// by a swarm of faults in which many origins went down at once.
func TestManyFailuresDoNotKeepEachOtherInDoubt(t *testing.T) {
	config := DefaultConfig()
	interval := config.Definitions[0].Interval
	hasty := DefaultDefinition()
	hasty.FastInterval = interval / 2
	config.Definitions = append(config.Definitions, hasty)
	down := func(origin uint32) bool { return origin%4 > 0 }
	for phase := range time.Duration(20) {
		d := drive(registered(config, 0, firstLife, 40, byID, 7))
		for origin := range uint32(20) {
			d.Register(0, origin, 1)
		}
		d.MemberUp(0, 1, firstLife)
		d.Activate(0)
		heard := clock.At(phase * interval / 20)
		d.runHearing(&heard, 10*time.Second, func(uint32) bool { return false })
		d.runHearing(&heard, VerdictBound(config)+2*interval+hasty.Timeout, down)
		for _, target := range d.prober.targets {
			require.Equal(t, down(target.origin), target.published == Unhealthy,
				"origin %d, a peer being heard after %v of each interval", target.origin, phase*interval/20)
		}
	}
}

// runHearing lets time pass in which a peer is heard once an interval, from heard on. A probe of an origin
// that is down has its result when it times out, others have theirs at once.
func (d *driver) runHearing(heard *clock.Time, span time.Duration, down func(origin uint32) bool) {
	definition := DefaultDefinition()
	type failure struct {
		at     clock.Time
		result node.ProbeResult
	}
	var failures []failure
	probed := func(result node.ProbeResult) {
		if status, write := d.Probed(d.now, result); write {
			d.Claimed(d.now, result.Origin, claimBy(d.self, d.generation, status))
		}
	}
	for end := d.now.Add(span); d.now < end; {
		d.now = min(end, d.Next(), *heard)
		if len(failures) > 0 {
			d.now = min(d.now, failures[0].at)
		}
		for len(failures) > 0 && failures[0].at <= d.now {
			probed(failures[0].result)
			failures = failures[1:]
		}
		if *heard <= d.now {
			d.Heard(d.now)
			*heard = heard.Add(definition.Interval)
		}
		for probe, ok := d.Due(d.now); ok; probe, ok = d.Due(d.now) {
			result := node.ProbeResult{Origin: probe.Origin, Token: probe.Token, Outcome: node.Succeeded}
			if down(probe.Origin) {
				result.Outcome = node.Failed
				failures = append(failures, failure{d.now.Add(definition.Timeout), result})
				continue
			}
			probed(result)
		}
	}
}

// A status that was taken over may be old. The first failure of a loss agrees with it, and is no
// reason to say it again; the second is, if a peer was heard in between.
func TestAnOldStatusIsNotConfirmedInDoubt(t *testing.T) {
	d := activeAmong(0, 1)
	d.claimed(1, firstLife, Unhealthy)
	d.finds = node.Failed
	d.run(time.Second)
	require.True(t, d.prober.InDoubt())
	require.Empty(t, d.writes)
	d.Heard(d.now)
	d.run(time.Second)
	require.Equal(t, []Claim{claimBy(0, firstLife, Unhealthy)}, d.writes)
	require.False(t, d.prober.InDoubt())
	d.run(time.Minute)
	require.False(t, d.prober.InDoubt(), "what has been said needs no confirmation")
}

// Neither does a peer vouch that was heard before that failure, or one before a stall.
func TestAnOldStatusIsConfirmedByTwoFailuresOfOneTime(t *testing.T) {
	d := activeAmong(0, 1)
	d.claimed(1, firstLife, Unhealthy)
	d.finds = node.Failed
	d.Heard(0)
	d.run(time.Second)
	require.Empty(t, d.writes)
	d.Heard(d.now)
	d.now = d.now.Add(time.Minute)
	d.run(time.Second)
	require.Empty(t, d.writes)
}

// Nor does one that was heard between a success and that failure: "since the first of the failures"
// (footing).
func TestAnOldStatusIsNotConfirmedForASuccess(t *testing.T) {
	d := activeAmong(0, 1)
	d.claimed(1, firstLife, Unhealthy)
	d.run(time.Second) // one success short of rise
	d.claimed(1, firstLife, Unhealthy)
	d.writes = nil
	d.Heard(d.now)
	d.finds = node.Failed
	d.run(time.Second)
	require.Equal(t, Unhealthy, d.Status(0))
	require.Empty(t, d.writes)
}

// Where others succeed and peers are heard, the first failure says so.
func TestAStatusIsConfirmedAtOnceWhereNothingIsInDoubt(t *testing.T) {
	d := drive(registered(DefaultConfig(), 0, firstLife, 3, byID, 7))
	d.MemberUp(0, 1, firstLife)
	d.claimed(1, firstLife, Unhealthy)
	d.Activate(0)
	for confirmed := false; !confirmed; {
		now := d.Next()
		d.Heard(now)
		probe, _ := d.Due(now)
		result := node.ProbeResult{Origin: probe.Origin, Token: probe.Token, Outcome: node.Succeeded}
		if confirmed = probe.Origin == 0; confirmed {
			result.Outcome = node.Failed
		}
		_, write := d.Probed(now, result)
		require.True(t, write, "origin %d", probe.Origin)
	}
	require.Equal(t, Unhealthy, d.Status(0))
}

func TestALostNetworkPublishesNothing(t *testing.T) {
	d := activeAmong(0, 1)
	d.run(10 * time.Second)
	require.Len(t, d.writes, 1)
	d.finds = node.Failed
	d.run(10 * time.Second)
	require.Equal(t, 1, d.count(node.NetworkLost))
	d.claimed(1, firstLife, Unhealthy) // to be claimed again, but not now
	d.run(10 * time.Second)
	require.Len(t, d.writes, 1)
	require.NotEqual(t, clock.Never, d.Next(), "goes on probing")
	d.finds = node.Succeeded
	d.run(2 * time.Second)
	require.Len(t, d.writes, 2)
	require.Equal(t, 1, d.count(node.NetworkFound))
}
