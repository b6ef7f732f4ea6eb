package routing

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// play drives one table by hand and keeps what its events say.
type play struct {
	t     testing.TB
	table *Table
	now   clock.Time
	said  []bool // by origin: by the events so far, requests go there
	flips int    // how many events there were
}

// newPlay begins with origins of weight 1 in pool 0, which have been there for a second.
func newPlay(t testing.TB, config Config, origins int) *play {
	require.NoError(t, config.Validate())
	p := &play{t: t, table: New(config, origins), said: slices.Repeat([]bool{true}, origins)}
	for origin := range origins {
		p.table.Add(p.now.Add(-second), uint32(origin), 0, 1)
	}
	p.listen()
	require.Zero(t, p.flips, "until something is said of an origin, requests go there")
	return p
}

// at moves to a time after the start, waking the table whenever it wants that.
func (p *play) at(since time.Duration) *play {
	p.t.Helper()
	require.LessOrEqual(p.t, p.now, clock.At(since), "the play goes back in time")
	for p.table.Next() <= clock.At(since) {
		require.LessOrEqual(p.t, p.now, p.table.Next(), "the alarm is of the past")
		p.now = p.table.Next()
		p.table.Wake(p.now)
		p.listen()
	}
	p.now = clock.At(since)
	return p
}

func (p *play) set(healthy bool, origins ...uint32) *play {
	for _, origin := range origins {
		p.table.Set(p.now, origin, healthy)
		p.listen()
	}
	return p
}

// listen takes the events, and demands that each of them is a change.
func (p *play) listen() {
	p.t.Helper()
	for _, e := range p.table.TakeEvents() {
		routed := e.A == 1
		require.Equal(p.t, node.Event{Kind: node.Routed, Subject: e.Subject, A: e.A}, e)
		require.NotEqual(p.t, p.said[e.Subject], routed, "origin %d is said to be so twice", e.Subject)
		p.said[e.Subject] = routed
		p.flips++
	}
}

// routed demands that requests go to these origins and to no others, and that this has been said.
func (p *play) routed(want ...uint32) *play {
	p.t.Helper()
	var got []uint32
	for origin := range p.said {
		if p.table.Routed(uint32(origin)) {
			got = append(got, uint32(origin))
		}
		require.Equal(p.t, p.table.Routed(uint32(origin)), p.said[origin], "origin %d", origin)
	}
	require.Equal(p.t, want, got, "at %v", p.now)
	return p
}

// but returns the origins from 0 to origins-1 but for those given.
func but(origins int, without ...uint32) []uint32 {
	all := []uint32{}
	for origin := range uint32(origins) {
		if !slices.Contains(without, origin) {
			all = append(all, origin)
		}
	}
	return all
}

// only returns a configuration with all rules off but those that edit turns on.
func only(edit func(*Config)) Config {
	config := Config{LongestDebounce: time.Hour, Forgiveness: time.Hour}
	edit(&config)
	return config
}

const second = time.Second

var half = rng.Percent(50)
