package spread

import (
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/sim/rng"
)

// small is a load that takes a fraction of a second to measure.
func small() Load {
	return Load{Servers: 16, Keys: 1000, Interval: 5 * time.Second, Changes: rng.Percent(1)}
}

// talk is the load of the comparison: 64 servers check 10,000 origins, each every 5 seconds, and
// one result in a hundred is a change.
func talk() Load {
	return Load{Servers: 64, Keys: 10_000, Interval: 5 * time.Second, Changes: rng.Percent(1)}
}

// "In steady state bytes per node and second are compared, in one run, with full-state exchange and
// with every server multicasting every result": pull takes 1 in so many bytes of what they take.
// With BUTTERFLY_FULL=1 of the load of the talk: 1 in 72, 13 and 20 of full state, batched
// multicast and multicast.
//
//	BUTTERFLY_FULL=1 go test ./scenarios/spread -run TestFactors -v | grep '|'
func TestFactors(t *testing.T) {
	load, factors := small(), map[Design][2]float64{
		Push: {1.2, 2.5}, PushPull: {1.2, 2.5}, FullState: {30, 50}, BatchedMulticast: {5, 7},
		Multicast: {8, 12},
	}
	if os.Getenv("BUTTERFLY_FULL") == "1" {
		load, factors = talk(), map[Design][2]float64{
			Push: {1.5, 2.5}, PushPull: {1.5, 2.5}, FullState: {65, 80}, BatchedMulticast: {12, 14},
			Multicast: {19, 22},
		}
	}
	costs := Compare(load, 1)
	fmt.Fprintln(t.Output(), "| design | messages per update | bytes per update | bytes per node and"+
		" second | idle | factor |")
	fmt.Fprintln(t.Output(), "| --- | --- | --- | --- | --- | --- |")
	for _, c := range costs {
		factor := c.BytesPerNodeSecond / costs[Pull].BytesPerNodeSecond
		fmt.Fprintf(t.Output(), "| %v | %.0f | %.0f | %.0f | %.0f | %.1f |\n", c.Design,
			c.MessagesPerUpdate, c.BytesPerUpdate, c.BytesPerNodeSecond, c.IdleBytesPerNodeSecond,
			factor)
		if want, ok := factors[c.Design]; ok {
			require.Greater(t, factor, want[0], "%v", c.Design)
			require.Less(t, factor, want[1], "%v", c.Design)
		}
	}
}

// What can be counted by hand. A pull is a request and a reply, one a second and server, and 2
// updates happen a second, give or take what is luck in 20 of them. Multicast sends 200 results a
// second to 15 servers each.
func TestMessagesPerUpdate(t *testing.T) {
	l := small()
	require.Equal(t, 500*time.Millisecond, l.betweenUpdates())
	pull := Measure(Pull, l, 1)
	require.InDelta(t, 2*16/2.0, pull.MessagesPerUpdate, 6)
	require.InDelta(t, pull.BytesPerUpdate*2/16, pull.BytesPerNodeSecond, 100)
	require.InDelta(t, pull.MessagesPerUpdate, Measure(FullState, l, 1).MessagesPerUpdate, 1e-9,
		"of the same writes and rounds")
	require.InDelta(t, 10*200*15/float64(updatesOf(l, 1)),
		Measure(Multicast, l, 1).MessagesPerUpdate, 5)
}

// "With the same load and seed in all designs the same number of them", and as many as the load
// says: 200 in 10 seconds, with a standard deviation of 14.1, which 20 samples bring down to 3.2.
func TestAllDesignsHaveTheSameUpdates(t *testing.T) {
	l := small()
	for _, d := range Designs() {
		require.Equal(t, updatesOf(l, 4), d.play(l, 4, true).updates, "%v", d)
	}
	l.Interval /= 10
	sum := uint64(0)
	for seed := range uint64(20) {
		sum += updatesOf(l, seed)
	}
	require.InDelta(t, 200, float64(sum)/20, 4*3.2)
}

// Every update costs the gossip of deltas something, and multicast nothing: it sends every result.
func TestIdleCosts(t *testing.T) {
	for _, c := range Compare(small(), 2) {
		if c.Design.gossips() {
			require.Less(t, c.IdleBytesPerNodeSecond, c.BytesPerNodeSecond, "%v", c.Design)
		} else {
			require.Equal(t, c.IdleBytesPerNodeSecond, c.BytesPerNodeSecond, "%v", c.Design)
		}
		require.Positive(t, c.IdleBytesPerNodeSecond, "%v", c.Design)
	}
}

// "A pure function of them and the seed."
func TestACostIsAFunctionOfLoadAndSeed(t *testing.T) {
	require.Equal(t, Measure(PushPull, small(), 3), Measure(PushPull, small(), 3))
	require.NotEqual(t, Measure(PushPull, small(), 3), Measure(PushPull, small(), 4))
}

func TestDesignsHaveNames(t *testing.T) {
	var names []string
	for _, d := range Designs() {
		names = append(names, d.String())
	}
	require.Equal(t, []string{
		"pull", "push", "push-pull", "full state", "batched multicast", "multicast",
	}, names)
	require.Equal(t, "design?", Design(6).String())
}

func TestBadLoadsAreNamed(t *testing.T) {
	good := talk()
	require.NoError(t, good.Validate())
	for message, spoil := range map[string]func(l *Load){
		"n: 1, expected 2 to 1048576 servers":                 func(l *Load) { l.Servers = 1 },
		"keys: 0, expected 1 to 2147483647":                   func(l *Load) { l.Keys = 0 },
		"interval: 0s, expected 1ms to 1h":                    func(l *Load) { l.Interval = 0 },
		"changes: 0%, expected more than 0% and at most 100%": func(l *Load) { l.Changes = 0 },
		"changes: 100.0001%, expected more than 0% and at most 100%": func(l *Load) {
			l.Changes = rng.Always + 1
		},
		"changes: 0.04%, expected enough for an update a second: 2000 results a second bring one in " +
			"1.25s": func(l *Load) { l.Changes = 400 },
	} {
		bad := good
		spoil(&bad)
		require.EqualError(t, bad.Validate(), message)
	}
}
