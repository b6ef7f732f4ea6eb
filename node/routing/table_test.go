package routing

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// "It is in rotation at once, until Set says otherwise."
func TestAddedIsRoutedUntilSetSaysOtherwise(t *testing.T) {
	p := newPlay(t, DefaultConfig(), 4)
	p.routed(0, 1, 2, 3).set(false, 2).routed(0, 1, 3)
	require.Equal(t, 1, p.flips)
	p.set(false, 2).routed(0, 1, 3)
	require.Equal(t, 1, p.flips, "nothing new")
}

// Whoever is removed gets no requests, and does when it is added again, whatever it was before.
func TestRemovedIsNotRoutedAndAddedAgainIs(t *testing.T) {
	p := newPlay(t, DefaultConfig(), 4)
	p.set(false, 0)
	p.table.Remove(p.now, 0)
	p.table.Remove(p.now, 1)
	p.table.Remove(p.now, 1)
	p.listen()
	p.set(false, 1).routed(2, 3)
	p.table.Add(p.now, 0, 0, 1)
	p.table.Add(p.now, 1, 0, 1)
	p.listen()
	p.routed(0, 1, 2, 3)
	require.Equal(t, 4, p.flips)
}

// "Never one of weight 0": a drained origin, which has not left because of its health.
func TestDrainedIsNotRouted(t *testing.T) {
	p := newPlay(t, only(func(c *Config) { c.PanicPPM, c.ChurnWindow = half, 10*second }), 3)
	p.table.Add(p.now, 0, 0, 0)
	p.listen()
	p.routed(1, 2).set(false, 1).routed(2)
	p.set(false, 2).routed(1, 2)
	p.table.Add(p.now, 0, 0, 1)
	p.listen()
	p.routed(0, 1, 2)
}

// An origin that is drained from the start is said to be: else requests would be taken to go there.
func TestDrainedFromTheStartIsSaidToBe(t *testing.T) {
	p := newPlay(t, DefaultConfig(), 1)
	p.table = New(DefaultConfig(), 1)
	p.table.Add(0, 0, 0, 0)
	p.listen()
	p.routed()
	p.table.Add(0, 0, 0, 1)
	p.listen()
	p.routed(0)
}

// "Moves to that pool, and stays in or out of rotation."
func TestMovedKeepsItsState(t *testing.T) {
	p := newPlay(t, only(debounceOnly), 4)
	p.set(false, 0, 1).at(1*second).set(true, 1)
	for origin := range uint32(3) {
		p.table.Add(p.now, origin, 7, 2)
	}
	p.listen()
	p.routed(2, 3).at(6*second).routed(1, 2, 3)
	require.Equal(t, clock.Never, p.table.Next())
}

// "One that waits to leave goes to the end of the new pool's line."
func TestMovedWaitsAtTheEnd(t *testing.T) {
	p := newPlay(t, only(func(c *Config) { c.ChurnWindow = 10 * second }), 6)
	for origin := range uint32(3) {
		p.table.Add(p.now, origin, 1, 1)
	}
	p.set(false, 0, 1, 3, 4).routed(1, 2, 4, 5)
	p.table.Add(p.now, 4, 1, 1)
	p.at(10*second).routed(2, 4, 5).at(20*second).routed(2, 5)
}

// A change of where an origin belongs can begin or end a panic on either side.
func TestMovedIsMissedWhereItWas(t *testing.T) {
	p := newPlay(t, only(panicOnly), 4)
	p.set(false, 0, 1).routed(2, 3)
	p.table.Add(p.now, 3, 1, 1)
	p.listen()
	p.routed(0, 1, 2, 3)
	require.True(t, p.table.Panicking(0))
	require.False(t, p.table.Panicking(1))
	require.False(t, p.table.Panicking(2), "a pool that does not exist")
	p.table.Remove(p.now, 1)
	p.listen()
	p.routed(2, 3)
}

// Nothing is due for a table in which nothing has happened, and waking it does nothing.
func TestQuietTableWantsNothing(t *testing.T) {
	p := newPlay(t, DefaultConfig(), 3)
	require.Equal(t, clock.Never, p.table.Next())
	p.table.Wake(clock.At(5 * second))
	require.Empty(t, p.table.TakeEvents())
}

// Requests go to the members of a pool in proportion to their weights: 100,000 draws, each count
// within five standard deviations of its mean.
func TestChooseGoesByWeight(t *testing.T) {
	p := newPlay(t, only(func(*Config) {}), 5)
	for origin, weight := range []uint16{1, 0, 3, 5, 7} {
		p.table.Add(p.now, uint32(origin), 0, weight)
	}
	p.listen()
	p.set(false, 3)
	const draws = 100_000
	var counts [5]int
	luck := rng.Stream(1, "choose", 0)
	for range draws {
		origin, ok := p.table.Choose(0, &luck)
		require.True(t, ok)
		counts[origin]++
	}
	for origin, elevenths := range []int{1, 0, 3, 0, 7} {
		want := draws * elevenths / 11
		require.InDelta(t, want, counts[origin], 5*160, "origin %d; sqrt(n p q) is below 160", origin)
		require.Equal(t, elevenths == 0, counts[origin] == 0)
	}
}

// "It draws once", found or not; "ok is false if there is none."
func TestChooseDrawsOnce(t *testing.T) {
	p := newPlay(t, only(func(*Config) {}), 1)
	for _, pool := range []uint32{0, 1} {
		luck, same := rng.New(1), rng.New(1)
		_, ok := p.table.Choose(pool, &luck)
		same.Skip(1)
		require.Equal(t, pool == 0, ok)
		require.Equal(t, same, luck)
	}
	p.set(false, 0)
	luck := rng.New(1)
	_, ok := p.table.Choose(0, &luck)
	require.False(t, ok)
}
