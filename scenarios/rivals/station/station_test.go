package station

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/sim/clock"
)

func TestReadyIsSaidOnce(t *testing.T) {
	d := newDesk(2)
	require.False(t, d.Ready())
	d.BecomeReady()
	d.BecomeReady()
	require.True(t, d.Ready())
	d.expect(t, event(node.Ready, 0, 0))
}

func TestTheDigestSeesWhatIsKnownBelievedAndChecked(t *testing.T) {
	seen := map[uint64]bool{}
	for _, change := range []func(d *desk){
		func(*desk) {},
		func(d *desk) { d.Register(0, 5, 0) },
		func(d *desk) { d.Register(0, 5, 1) },
		func(d *desk) { d.Unregister(0, 1) },
		func(d *desk) { d.Assign(0, 1) },
		func(d *desk) { d.Learn(0, 1, health.Healthy) },
		func(d *desk) { d.Learn(0, 2, health.Healthy) },
	} {
		d := newDesk(8)
		change(d)
		require.Equal(t, d.Digest(), d.Digest())
		require.False(t, seen[d.Digest()])
		seen[d.Digest()] = true
	}
}

// The alarm is for what is due next, and is not set again while it stands.
func TestTheAlarmIsSetWhenItMoves(t *testing.T) {
	d := newDesk(8)
	require.Equal(t, clock.Never, d.alarm)
	d.Assign(d.now, 1)
	d.settle()
	require.Less(t, d.alarm, clock.At(time.Second))
	d.out.Reset()
	Settle(d.now, d.Station, &d.out)
	require.False(t, d.out.AnyAlarm())
}

// Probes, results and changes of what is believed and routed.
func TestTheSteadyStateAllocatesNothing(t *testing.T) {
	d := newDesk(200)
	for origin := range uint32(100) {
		d.Assign(d.now, origin)
	}
	second := 0
	d.answer = func(p node.Probe) (node.Outcome, bool) {
		if int(p.Origin) == second/5%100 {
			return node.Failed, true
		}
		return node.Succeeded, true
	}
	run := func() {
		d.pass(time.Second)
		d.events = d.events[:0]
		second++
	}
	for range 100 {
		run()
	}
	require.Zero(t, testing.AllocsPerRun(100, run))
}

func BenchmarkProbe(b *testing.B) {
	d := newDesk(2000)
	probes := 0
	d.answer = func(node.Probe) (node.Outcome, bool) { probes++; return node.Succeeded, true }
	for origin := range uint32(1000) {
		d.Assign(d.now, origin)
	}
	b.ReportAllocs()
	for b.Loop() {
		d.pass(time.Millisecond)
	}
	b.ReportMetric(float64(b.Elapsed())/float64(probes), "ns/probe")
}
