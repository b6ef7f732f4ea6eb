package station

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/rendezvous"
	"butterfly/node/routing"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// configOf is the configuration of a few servers and origins, of which the first half is
// configured.
func configOf(servers, origins int) *Config {
	slow := health.DefaultDefinition()
	slow.Interval = 10 * time.Second
	return &Config{
		Servers: servers, Origins: origins, Configured: make([]uint16, origins/2),
		Definitions: []health.Definition{health.DefaultDefinition(), slow},
		Routing:     routing.DefaultConfig(),
		Score: func(origin uint32, server node.ID) uint64 {
			return rendezvous.Score(rendezvous.HashNumber(uint64(origin)),
				rendezvous.HashNumber(1<<32+uint64(server)))
		},
	}
}

// desk is a station without a design, and the world around it.
type desk struct {
	*Station
	now    clock.Time
	alarm  clock.Time
	out    node.Out[struct{}]
	events []node.Event                            // since they were last taken
	answer func(p node.Probe) (node.Outcome, bool) // to a probe; false for none at all
}

// newDesk returns a started station for which every origin answers.
func newDesk(origins int) *desk {
	d := &desk{Station: New(configOf(3, origins), rng.New(1)), alarm: clock.Never}
	d.answer = func(node.Probe) (node.Outcome, bool) { return node.Succeeded, true }
	d.Start(0)
	d.settle()
	return d
}

// always has all origins answer in one way.
func (d *desk) always(outcome node.Outcome) {
	d.answer = func(node.Probe) (node.Outcome, bool) { return outcome, true }
}

// settle settles, and answers the probes that are made on the spot.
func (d *desk) settle() {
	for again := true; again; {
		d.out.Reset()
		Settle(d.now, d.Station, &d.out)
		d.events = append(d.events, d.out.Events...)
		if at, set := d.out.Alarmed(Timer); set {
			d.alarm = at
		}
		again = len(d.out.Probes) > 0
		for _, p := range d.out.Probes {
			if outcome, answers := d.answer(p); answers {
				d.Probed(d.now, node.ProbeResult{Origin: p.Origin, Token: p.Token, Outcome: outcome})
			}
		}
	}
}

// pass lets time pass, and wakes the station when it has asked for that.
func (d *desk) pass(span time.Duration) {
	d.settle()
	end := d.now.Add(span)
	for d.alarm <= end {
		d.now = max(d.now, d.alarm)
		d.alarm = clock.Never
		d.Woken()
		d.settle()
	}
	d.now = end
}

// expect settles, and requires that these events have happened since.
func (d *desk) expect(t *testing.T, events ...node.Event) {
	t.Helper()
	d.settle()
	taken := append([]node.Event{}, d.events...)
	d.events = d.events[:0]
	require.Equal(t, append([]node.Event{}, events...), taken)
}

// event is an event about an origin.
func event(kind node.EventKind, origin uint32, detail uint64) node.Event {
	return node.Event{Kind: kind, Subject: origin, A: detail}
}

const (
	healthy   = uint64(health.Healthy)
	unhealthy = uint64(health.Unhealthy)
)
