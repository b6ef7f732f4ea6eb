package fidelity

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/sim/clock"
)

// at is an instant of a trial that began a day after the clock did.
func at(seconds float64) clock.Time {
	return clock.At(24*time.Hour + time.Duration(seconds*float64(time.Second)))
}

func seen(seconds float64, server node.ID, kind node.EventKind, subject uint32, a uint64) Seen {
	return Seen{at(seconds), server, node.Event{Kind: kind, Subject: subject, A: a}}
}

// story is a trial of 4 servers, two origins of which fail; server 3 is killed.
func story() (*Log, *Config, *Course) {
	const down, up = uint64(health.Unhealthy), uint64(health.Healthy)
	log := &Log{
		Began: at(0), Killed: at(30),
		Events: []Seen{
			seen(1, 0, node.HealthChanged, 5, down), // before the outage: it does not count
			seen(33, 0, node.MemberDead, 3, 0),
			seen(10.5, 2, node.HealthChanged, 5, down), seen(10.5, 2, node.Believed, 5, down),
			seen(11.5, 0, node.Believed, 5, down), seen(11.4, 1, node.Believed, 5, up),
			seen(12.5, 3, node.Believed, 5, down), seen(14.5, 1, node.Believed, 5, down),
			seen(13, 0, node.Believed, 5, down), // once more
			seen(20.5, 1, node.HealthChanged, 6, down), seen(20.5, 1, node.Believed, 6, down),
			seen(21, 0, node.Believed, 6, down), // and no other ever does
			seen(31, 3, node.MemberDead, 3, 0), seen(29, 1, node.MemberDead, 3, 0),
			seen(34, 2, node.MemberDead, 3, 0), seen(36, 1, node.MemberDead, 3, 0),
		},
		Checks: []Check{
			{at(10), 0}, {at(20), 0}, {at(29), 0}, {at(35), 0}, {at(36), 0},
			{at(29.5), 1}, {at(33), 1},
		},
		Rest: Traffic{For: 2 * time.Second, Datagrams: 80, DatagramBytes: 880, Calls: 40, CallBytes: 4000},
	}
	course := &Course{
		Killed:  3,
		Outages: []Outage{{5, 10 * time.Second}, {6, 20 * time.Second}},
	}
	return log, &Config{Servers: 4, Origins: 2}, course
}

func TestMeasureATrial(t *testing.T) {
	log, config, course := story()
	s := log.Measure(config, course)
	for q, want := range map[Quantity][]float64{
		SpreadHalf: {1, 0.5}, SpreadAll: {4}, FirstDetection: {3}, FullDetection: {6},
		TakeoverGap: {6}, Datagrams: {10}, DatagramBytes: {110}, Calls: {5}, CallBytes: {500},
	} {
		require.InDeltaSlice(t, want, s.Values(q), 1e-9, q)
	}
	require.Equal(t, 1, s.Missing(SpreadAll))
	require.Zero(t, s.Missing(SpreadHalf))
	require.Equal(t, 1, s.Trials)
}

// "A time that was not seen before the end of the trial is not made up: it is missing"
func TestWhatWasNotSeenIsMissing(t *testing.T) {
	log, config, course := story()
	log.Events, log.Checks = nil, log.Checks[:3]
	s := log.Measure(config, course)
	for _, q := range []Quantity{SpreadHalf, SpreadAll} {
		require.Equal(t, 2, s.Missing(q), q)
	}
	for _, q := range []Quantity{FirstDetection, FullDetection, TakeoverGap} {
		require.Equal(t, 1, s.Missing(q), q)
		require.Empty(t, s.Values(q), q)
	}
	other, _, _ := story()
	measured := other.Measure(config, course)
	measured.Add(&s)
	require.Equal(t, 2, measured.Trials)
	require.Equal(t, 1, measured.Missing(FullDetection))
	require.Len(t, measured.Values(FullDetection), 1)
}
