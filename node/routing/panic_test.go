package routing

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func panicOnly(c *Config) { c.PanicPPM = half }

// "With less than this share of a pool's weight available, requests go to all of it": not with just
// that share.
func TestPanicBeginsBelowTheThreshold(t *testing.T) {
	p := newPlay(t, only(panicOnly), 4)
	p.set(false, 0, 1).routed(2, 3)
	p.set(false, 2).routed(0, 1, 2, 3)
	require.Equal(t, 4, p.flips, "nothing is said of the third, which leaves rotation unnoticed")
	p.set(true, 2).routed(2, 3)
}

func TestPanicOffLeavesAPoolWithoutAny(t *testing.T) {
	p := newPlay(t, only(func(*Config) {}), 2)
	p.set(false, 0, 1).routed()
}

// The threshold is a share of the weight, not of the number.
func TestPanicGoesByWeight(t *testing.T) {
	p := newPlay(t, only(panicOnly), 3)
	p.table.Add(p.now, 0, 0, 2)
	p.set(false, 1, 2).routed(0)
	p.set(true, 1, 2).set(false, 0).routed(1, 2)
	p.set(false, 1).routed(0, 1, 2)
}

// A pool that is down altogether comes back: those that are healthy again but wait for their
// debounce are not available, or requests would go nowhere meanwhile.
func TestPanicLastsUntilEnoughHaveReturned(t *testing.T) {
	p := newPlay(t, only(func(c *Config) { c.PanicPPM, c.Debounce = half, 5*second }), 4)
	p.set(false, 0, 1, 2, 3).routed(0, 1, 2, 3)
	p.at(10*second).set(true, 0, 1).routed(0, 1, 2, 3)
	p.at(15*second-1).routed(0, 1, 2, 3)
	p.at(15*second).routed(0, 1)
}

// Those that wait to leave because of the churn cap are in rotation and not available.
func TestPanicIsNotPutOffByTheChurnCap(t *testing.T) {
	p := newPlay(t, only(func(c *Config) { c.PanicPPM, c.ChurnWindow = half, 10*second }), 4)
	p.set(false, 0).routed(1, 2, 3)
	p.set(false, 1).routed(1, 2, 3)
	p.set(false, 2).routed(0, 1, 2, 3)
}

// Nobody panics for an empty pool, or for one that is drained.
func TestPanicNeedsWeight(t *testing.T) {
	p := newPlay(t, only(panicOnly), 1)
	p.table.Add(p.now, 0, 0, 0)
	p.listen()
	p.set(false, 0).routed()
	p.table.Remove(p.now, 0)
	p.routed()
}

func TestPanicIsOfOnePool(t *testing.T) {
	p := newPlay(t, only(panicOnly), 4)
	p.table.Add(p.now, 2, 1, 1)
	p.table.Add(p.now, 3, 1, 1)
	p.set(false, 0, 1, 2).routed(0, 1, 3)
}
