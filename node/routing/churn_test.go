package routing

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// churnOnly lets a quarter leave in ten seconds.
func churnOnly(c *Config) { c.ChurnPPM, c.ChurnWindow = rng.Percent(25), 10*second }

// "The share of a pool's weight that may leave rotation within a ChurnWindow": two of eight. "What
// has to wait leaves as soon as it may", in the order in which it became unhealthy.
func TestChurnLeavesInTurns(t *testing.T) {
	p := newPlay(t, only(churnOnly), 8)
	p.at(1*second).set(false, 7, 5, 6, 0, 1).routed(but(8, 7, 5)...)
	p.at(11*second - 1).routed(but(8, 7, 5)...)
	p.at(11 * second).routed(but(8, 7, 5, 6, 0)...)
	p.at(21*second - 1).routed(but(8, 7, 5, 6, 0)...)
	p.at(21*second).routed(2, 3, 4)
}

// The window begins with the first that leaves, and not at any round time.
func TestChurnIsAddedUpFromTheFirst(t *testing.T) {
	p := newPlay(t, only(churnOnly), 8)
	p.at(3*second).set(false, 0)
	p.at(12*second).set(false, 1, 2).routed(but(8, 0, 1)...)
	p.at(13 * second).routed(but(8, 0, 1, 2)...)
}

// "One origin may always leave", however heavy and however small the share.
func TestChurnAlwaysLetsOneLeave(t *testing.T) {
	p := newPlay(t, only(func(c *Config) { c.ChurnWindow = 10 * second }), 3)
	p.table.Add(p.now, 1, 0, 1000)
	p.set(false, 1, 2).routed(0, 2)
	p.at(10 * second).routed(0)
}

// The share is one of weight: a quarter of 16 is the one of 3, and then the one of 1.
func TestChurnGoesByWeight(t *testing.T) {
	p := newPlay(t, only(churnOnly), 4)
	for origin, weight := range []uint16{3, 2, 1, 10} {
		p.table.Add(p.now, uint32(origin), 0, weight)
	}
	p.set(false, 0, 1).routed(1, 2, 3)
	p.set(true, 1).set(false, 2).routed(1, 3)
}

// Nothing leaves that is healthy again when its turn comes, and nothing is missed behind it.
func TestChurnForgetsWhatIsHealthyAgain(t *testing.T) {
	p := newPlay(t, only(churnOnly), 8)
	p.set(false, 0, 1, 2, 3, 4).at(5*second).set(true, 3)
	p.at(10 * second).routed(but(8, 0, 1, 2, 4)...)
	p.set(true, 2).routed(but(8, 0, 1, 4)...)
	require.Equal(t, 5, p.flips, "four left and one came back")
	require.Equal(t, clock.Never, p.table.Next(), "nobody is left in line")
	p.at(12*second).set(false, 5).at(13*second).set(true, 5)
	require.Equal(t, clock.Never, p.table.Next(), "who was first in line is well")
}

func TestChurnIsOfOnePool(t *testing.T) {
	p := newPlay(t, only(churnOnly), 4)
	p.table.Add(p.now, 2, 1, 1)
	p.table.Add(p.now, 3, 1, 1)
	p.set(false, 0, 1, 2, 3).routed(1, 3)
}

// "0 means that any number may leave at once."
func TestChurnWithoutAWindowHoldsNobodyBack(t *testing.T) {
	p := newPlay(t, only(func(*Config) {}), 4)
	p.set(false, 3, 1, 2).routed(0)
}

// A pool that loses the origin that was first in line goes on with the next.
func TestChurnGoesOnWithoutTheFirst(t *testing.T) {
	p := newPlay(t, only(churnOnly), 4)
	p.set(false, 0, 1, 2)
	p.table.Remove(p.now, 1)
	p.at(10 * second).listen()
	require.False(t, p.table.Routed(2))
	require.True(t, p.table.Routed(3))
}

// "One that is unhealthy in the very instant in which it was added was never in rotation": neither
// the churn cap nor the debounce applies to it. A nanosecond later both do.
func TestChurnIsOfThoseThatWereInRotation(t *testing.T) {
	p := newPlay(t, only(func(c *Config) { c.ChurnWindow, c.Debounce = 10*second, 5*second }), 4)
	for origin := range uint32(3) {
		p.table.Remove(p.now, origin)
		p.table.Add(p.now, origin, 0, 1)
	}
	p.listen()
	p.set(false, 0, 1).routed(2, 3)
	p.set(true, 0).routed(0, 2, 3)
	p.at(1).set(false, 2, 3).routed(0, 3)
	p.set(true, 2).routed(0, 3)
}
