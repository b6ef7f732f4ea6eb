package world_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/sim/clock"
)

const hosts = 5

// roll is a story of five hosts of which each tells host 0 the time every 10 ms.
func roll(seed uint64, depth int, hold time.Duration) *story {
	s := tell(func(d *diary, now clock.Time, out *node.Out[note]) {
		out.Send(0).text = now.Since().String()
	})
	s.Hosts, s.Seed = hosts, seed
	s.Schedule = &scenarios.Schedule{Depth: depth, Hold: scenarios.Span(hold)}
	return s
}

// lateness returns for how long each message was held back, by sender, in the order of arrival.
func (s *story) lateness(t *testing.T) (late [hosts][]time.Duration) {
	s.run()
	for _, line := range s.lines[hosts:] {
		var at, sent string
		var self, from int
		_, err := fmt.Sscanf(line, "%s %d: %s from %d", &at, &self, &sent, &from)
		require.NoError(t, err, line)
		arrived, err := time.ParseDuration(at)
		require.NoError(t, err)
		left, err := time.ParseDuration(sent)
		require.NoError(t, err)
		late[from] = append(late[from], arrived-left-ms)
	}
	return late
}

// Five hosts have five ranks; the message of the highest is not held back, that of the lowest by all of
// the span, and the others by steps of a quarter of it.
func TestWhatAHostSendsIsHeldBackByItsPriority(t *testing.T) {
	orders := map[string]int{}
	for seed := range uint64(100) {
		late := roll(seed, 1, 8*ms).lateness(t)
		first := make([]time.Duration, hosts)
		for host, each := range late {
			first[host] = each[0]
			require.Len(t, slices.Compact(each), 1, "nothing changes at depth 1")
		}
		orders[fmt.Sprint(first)]++
		slices.Sort(first)
		require.Equal(t, []time.Duration{0, 2 * ms, 4 * ms, 6 * ms, 8 * ms}, first)
	}
	// Of 120 orders, 100 draws miss so many that fewer than 50 different ones come up in fewer than 1
	// of 10^5 cases: the mean is 68 and the standard deviation 3.3.
	require.Greater(t, len(orders), 50)
}

// "d-1 priority change points": whoever sends next falls below the others.
func TestPrioritiesChangeSoManyTimes(t *testing.T) {
	falls := 0
	for seed := range uint64(50) {
		for _, each := range roll(seed, 2, 8*ms).lateness(t) {
			ranks := slices.Compact(each)
			require.LessOrEqual(t, len(ranks), 2, "with one change there are two orders")
			if len(ranks) == 2 && ranks[1] == 8*ms && ranks[0] < ranks[1] {
				falls++
			}
		}
	}
	// One host of five falls in each run, unless it was the lowest already: 40 of 50 on average, with a
	// standard deviation of 2.8. In 1 of 10^5 cases it is fewer than 27.
	require.GreaterOrEqual(t, falls, 27)
	require.LessOrEqual(t, falls, 50)
}

// Requests and replies are held back by who sends them.
func TestCallsAreHeldBackTwice(t *testing.T) {
	s := tell(at(0, 10*ms, func(out *node.Out[note]) { out.Call(1, 1, time.Second).text = "hello" }))
	s.Schedule = &scenarios.Schedule{Depth: 1, Hold: scenarios.Span(20 * ms)}
	s.run()
	// Two hosts: one of both sends late. The handshake and both ways take 4 ms.
	require.Contains(t, strings.Join(s.lines, "\n"), "34ms 0: call 1 to 1: ")
}

// A schedule has luck of its own: what the network loses does not depend on it.
func TestAScheduleLeavesTheNetworksLuckAlone(t *testing.T) {
	lost := func(s *story) int {
		s.Network = netmodel.Config{Latency: netmodel.Constant(ms), Loss: 300_000}
		s.run()
		return len(s.lines)
	}
	for seed := range uint64(5) {
		// Whoever sends late sends as much; all of it arrives before the end.
		one := roll(seed, 3, 8*ms)
		other := roll(seed, 1, 4*ms)
		require.InDelta(t, lost(one), lost(other), hosts)
	}
}

func TestAScheduleThatCannotBeMeantIsRefused(t *testing.T) {
	for want, change := range map[string]func(*scenarios.Schedule){
		"schedule: depth: 0, expected 1 to 100":            func(c *scenarios.Schedule) { c.Depth = 0 },
		"schedule: hold: 0s, expected more than 0s":        func(c *scenarios.Schedule) { c.Hold = 0 },
		"schedule: hold: 2m0s, expected more than 0s, and": func(c *scenarios.Schedule) { c.Hold = scenarios.Span(2 * time.Minute) },
		"schedule: depth: 101, expected 1 to 100":          func(c *scenarios.Schedule) { c.Depth = 101 },
	} {
		s := roll(1, 1, ms)
		change(s.Schedule)
		require.ErrorContains(t, s.Validate(), want)
	}
}
