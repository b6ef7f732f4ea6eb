package routing

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// debounceOnly waits 5 s, 10 s and then 12 s, and forgives after a minute.
func debounceOnly(c *Config) {
	c.Debounce, c.LongestDebounce, c.Forgiveness = 5*second, 12*second, 60*second
}

// "How long an origin that left rotation must be healthy before it returns."
func TestDebounceDelaysReturningAndNotLeaving(t *testing.T) {
	p := newPlay(t, only(debounceOnly), 2)
	p.at(1*second).set(false, 0).routed(1)
	p.at(3*second).set(true, 0).routed(1)
	p.at(8*second - 1).routed(1)
	p.at(8*second).routed(0, 1)
}

// Healthy means without a break.
func TestDebounceStartsAgainWithEveryFailure(t *testing.T) {
	p := newPlay(t, only(debounceOnly), 2)
	p.set(false, 0).at(1*second).set(true, 0).at(4*second).set(false, 0)
	p.at(5*second).set(true, 0).at(10*second - 1).routed(1)
	p.at(10*second).routed(0, 1)
}

// returns fails origin 0 at the given time, lets it be healthy again a second later, and returns
// how long it was healthy before it returned.
func returns(p *play, since time.Duration) (wait time.Duration) {
	p.at(since).set(false, 0).at(since+second).set(true, 0)
	for !p.table.Routed(0) {
		p.at(p.table.Next().Since())
	}
	return p.now.Sub(0) - since - second
}

// "It doubles with each further time", "LongestDebounce is where doubling ends", and "Forgiveness
// is how long an origin must have been in rotation for its earlier departures to be forgotten".
func TestDebounceDoublesUpToACapAndForgives(t *testing.T) {
	p := newPlay(t, only(debounceOnly), 2)
	require.Equal(t, 5*second, returns(p, 0))
	require.Equal(t, 10*second, returns(p, 20*second))
	require.Equal(t, 12*second, returns(p, 50*second))
	require.Equal(t, 12*second, returns(p, 100*second), "back since 63 s")
	back := p.now.Since()
	require.Equal(t, 12*second, returns(p, back+60*second-1), "a nanosecond too early")
	back = p.now.Since()
	require.Equal(t, 5*second, returns(p, back+60*second))
}

// An origin that is kept in rotation by the churn cap has not left, and has nothing to wait for.
func TestDebounceIsForThoseThatLeft(t *testing.T) {
	p := newPlay(t, only(func(c *Config) { debounceOnly(c); c.ChurnWindow = 10 * second }), 3)
	p.set(false, 0, 1).set(true, 1).routed(1, 2)
	p.at(9*second).set(false, 1).at(10*second).set(true, 1)
	require.Equal(t, second*15, p.table.Next().Since(), "its first departure")
}

// "A removed origin's past is forgotten."
func TestDebounceOfANewcomerIsTheFirst(t *testing.T) {
	p := newPlay(t, only(debounceOnly), 2)
	returns(p, 0)
	returns(p, 10*second)
	p.table.Remove(p.now, 0)
	p.table.Add(p.now, 0, 0, 1)
	p.listen()
	require.Equal(t, 5*second, returns(p, 40*second))
}

func TestDebounceOffReturnsAtOnceEveryTime(t *testing.T) {
	p := newPlay(t, only(func(*Config) {}), 2)
	for range 300 {
		p.set(false, 0).routed(1).set(true, 0).routed(0, 1)
	}
}
