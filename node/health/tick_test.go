package health

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// probesWithin counts the probes of a prober from its next one on, all of which succeed.
func probesWithin(p *Prober, span time.Duration) string {
	n := 0
	for end := p.Next().Add(span); p.Next() < end; n++ {
		answer(p, node.Succeeded)
	}
	return fmt.Sprint(n, " probes")
}

// "Interval is the time between two probes" ([Definition]), whatever they find, and whatever
// the server makes of its own network.
func TestProbesKeepTheirRate(t *testing.T) {
	for _, interval := range []time.Duration{time.Second, 100 * time.Millisecond, 10 * time.Second} {
		for _, outcome := range []node.Outcome{node.Succeeded, node.Failed, node.Unable} {
			for peers := range 2 { // with a peer that is not heard, failures are a loss
				d := DefaultDefinition()
				d.Interval, d.Timeout = interval, interval/2
				p := many(d, 1)
				p.Peers(peers)
				first := p.Next()
				for tick := range 100 {
					require.Equal(t, first.Add(time.Duration(tick)*interval), p.Next())
					answer(p, outcome)
				}
				require.Equal(t, peers == 1 && outcome == node.Failed, p.lost())
			}
		}
	}
}

// "at most one per origin" (invariant I5)
func TestATickIsSkippedWhileAProbeIsUnanswered(t *testing.T) {
	p, _, probe := started()
	now := p.Next()
	_, ok := p.Due(now)
	require.False(t, ok)
	p.Probed(now, node.ProbeResult{Token: probe.Token, Outcome: node.Succeeded})
	next, ok := p.Due(p.Next())
	require.True(t, ok)
	require.NotEqual(t, probe.Token, next.Token)
}

// many returns a prober of many origins, all of them to be probed.
func many(d Definition, origins int) *Prober {
	p := NewProber([]Definition{d}, origins, rng.New(7))
	for origin := range uint32(origins) {
		p.Begin(0, origin, 0, Healthy)
	}
	return p
}

func TestFirstProbesAreSpreadOverTheInterval(t *testing.T) {
	const origins, parts = 1000, 10
	p := many(DefaultDefinition(), origins)
	var probes [parts]int
	for part := range parts {
		end := clock.At(time.Second * time.Duration(part+1) / parts)
		for _, ok := p.Due(end - 1); ok; _, ok = p.Due(end - 1) {
			probes[part]++
		}
	}
	for part, n := range probes { // binomial(1000, 1/10): 100 with deviation 9.5; 5 deviations
		require.InDelta(t, origins/parts, n, 48, "tenth %d of the interval", part)
	}
}

// "The luck of one does not depend on the others." (NewProber)
func TestOffsetsDoNotDependOnEachOther(t *testing.T) {
	all, one := many(DefaultDefinition(), 10), NewProber([]Definition{DefaultDefinition()}, 10, rng.New(7))
	one.Begin(0, 6, 0, Healthy)
	for all.queue.first.number != 6 {
		all.Due(all.Next())
	}
	require.Equal(t, one.Next(), all.Next())
}

// "However late it is, it makes one probe and goes on in step: the ticks missed while the server
// stood still are lost." (tick)
func TestLateTimersDoNotBurst(t *testing.T) {
	const origins = 100
	p := many(DefaultDefinition(), origins)
	step := make([]clock.Time, origins)
	for _, item := range p.queue.appendTo(nil) {
		step[item.number] = item.at
	}
	late := clock.At(17*time.Second + 300*time.Millisecond)
	probes := 0
	for _, ok := p.Due(late); ok; _, ok = p.Due(late) {
		probes++
	}
	require.Equal(t, origins, probes, "one probe per origin for 17 missed ticks")
	for _, item := range p.queue.appendTo(nil) {
		require.Greater(t, item.at, late)
		require.LessOrEqual(t, item.at, late.Add(time.Second))
		require.Zero(t, item.at.Sub(step[item.number])%time.Second, "in step with the ticks before")
	}
}

// "Jitter is by how much, at most, each interval is longer than Interval, at random."
func TestJitter(t *testing.T) {
	d := DefaultDefinition()
	d.Jitter = 100 * time.Millisecond
	p := many(d, 1)
	const probes = 1000
	var least, most, sum time.Duration = d.Jitter, 0, 0
	for range probes {
		before := p.Next()
		answer(p, node.Succeeded)
		later := p.Next().Sub(before) - d.Interval
		least, most, sum = min(least, later), max(most, later), sum+later
	}
	require.GreaterOrEqual(t, least, time.Duration(0))
	require.LessOrEqual(t, most, d.Jitter)
	// Uniform on 0 to 100 ms: the mean of 1,000 is 50 ms with deviation 0.91 ms; 5 deviations. All
	// miss the outer 2 ms on one side with a probability of 2e-9.
	require.InDelta(t, 50*time.Millisecond, sum/probes, float64(4600*time.Microsecond))
	require.Less(t, least, 2*time.Millisecond)
	require.Greater(t, most, 98*time.Millisecond)
}

// "FastInterval takes the place of Interval [...] from a result that contradicts the status until
// one that agrees with it."
func TestFastInterval(t *testing.T) {
	d := DefaultDefinition()
	d.FastInterval = 200 * time.Millisecond
	p := many(d, 1)
	var gaps []time.Duration
	last := p.Next()
	for _, outcome := range []node.Outcome{
		node.Succeeded, node.Failed, node.Failed, node.Succeeded, node.Succeeded,
		node.Failed, node.Failed, node.Failed, node.Failed, node.Failed,
	} {
		answer(p, outcome)
		gaps = append(gaps, p.Next().Sub(last)/time.Millisecond)
		last = p.Next()
	}
	require.Equal(t, []time.Duration{1000, 200, 200, 200, 1000, 200, 200, 200, 1000, 1000}, gaps)
}

// "It stays in step with the probe it comes after." (hasten)
func TestAFastProbeWaitsForTheResultThatCallsForIt(t *testing.T) {
	d := DefaultDefinition()
	d.FastInterval = 200 * time.Millisecond
	p := many(d, 1)
	start := p.Next()
	probe, _ := p.Due(start)
	p.Probed(start.Add(d.Timeout), node.ProbeResult{Token: probe.Token, Outcome: node.Failed})
	require.Equal(t, start.Add(600*time.Millisecond), p.Next())
}

// Definitions of more intervals than there are rounds are probed in time all the same.
func TestManyIntervals(t *testing.T) {
	definitions := make([]Definition, 2*maxRounds)
	for i := range definitions {
		definitions[i] = DefaultDefinition()
		definitions[i].Interval += time.Duration(i) * 100 * time.Millisecond
	}
	p := NewProber(definitions, len(definitions), rng.New(7))
	for i := range definitions {
		p.Begin(0, uint32(i), uint16(i), Unknown)
	}
	probes := make([]int, len(definitions))
	for end := clock.At(time.Minute); p.Next() < end; {
		now := p.Next()
		probe, _ := p.Due(now)
		p.Probed(now, node.ProbeResult{Origin: probe.Origin, Token: probe.Token, Outcome: node.Succeeded})
		probes[probe.Origin]++
	}
	for i, d := range definitions {
		require.InDelta(t, int(time.Minute/d.Interval), probes[i], 1)
	}
}
