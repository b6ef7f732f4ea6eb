package routing

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

func TestLeavingBoundTermByTerm(t *testing.T) {
	config := DefaultConfig() // a quarter in 10 s
	require.Equal(t, Leaving{Windows: 4, Window: 10 * second, Share: 5}, config.LeavingBound(20, 20))
	require.Equal(t, 40*second, config.LeavingBound(20, 20).Total())
	require.Equal(t, "30s = 3 churn windows of 10s, each letting 5 origins leave",
		config.LeavingBound(11, 20).String())
	require.Equal(t, 10*second, config.LeavingBound(1, 1).Total(), "one origin may always leave")
	require.Equal(t, 30*second, config.LeavingBound(3, 7).Total(), "a quarter of 7 is one")
	config.ChurnWindow = 0
	require.Zero(t, config.LeavingBound(20, 20).Total())
}

// The bound is reached: a window has just begun, and all of its share is spent, when all others
// fail.
func TestLeavingBoundIsTight(t *testing.T) {
	config := only(churnOnly)
	p := newPlay(t, config, 8)
	p.set(false, 0, 1).at(1).set(false, 2, 3, 4, 5, 6, 7)
	bound := config.LeavingBound(6, 8).Total()
	require.Equal(t, 30*second, bound)
	p.at(bound-1).routed(6, 7)
	p.at(bound).routed()
}

func TestReturningBound(t *testing.T) {
	require.Equal(t, 5*time.Minute, DefaultConfig().ReturningBound())
	config := Config{Debounce: 5 * second, LongestDebounce: 60 * second}
	require.Equal(t, 5*second, config.ReturningBound(), "nothing doubles")
	config.Forgiveness = 60 * second
	require.Equal(t, 60*second, config.ReturningBound())
	config.Debounce = 0
	require.Zero(t, config.ReturningBound())
}

// flap is a change of an origin's health, some time after the one before.
type flap struct {
	after  time.Duration
	origin uint32
}

func drawFlaps(t *rapid.T, origins int) []flap {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) flap {
		return flap{
			after:  time.Duration(rapid.IntRange(0, 3000).Draw(t, "after")) * time.Millisecond,
			origin: rapid.Uint32Range(0, uint32(origins-1)).Draw(t, "origin"),
		}
	}), 1, 100).Draw(t, "flaps")
}

// Whatever flaps, an origin is out of rotation within the bound of its last failure, and back
// within the other bound of its last recovery; in a span as long as a window at most two shares
// leave.
func TestBoundsHold(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		const origins = 10
		config := only(func(c *Config) {
			c.ChurnPPM, c.ChurnWindow = rng.Percent(rapid.IntRange(0, 60).Draw(rt, "churn")), 10*second
			c.Debounce, c.LongestDebounce = 2*second, 9*second
		})
		flaps := drawFlaps(rt, origins)
		w := witness{t: rt, config: config, play: newPlay(t, config, origins)}
		for _, f := range flaps {
			w.flap(f)
		}
		for range 200 {
			w.until(w.play.now.Add(second))
		}
	})
}

// witness holds a play of ten origins to its bounds.
type witness struct {
	t        *rapid.T
	config   Config
	play     *play
	ill      [10]bool
	changed  [10]clock.Time // when ill last changed
	waiting  [10]int        // how many waited to leave then
	departed []clock.Time
}

// until goes to a time, and looks whenever anything happens on the way.
func (w *witness) until(at clock.Time) {
	for w.play.now < at {
		was := slices.Clone(w.play.said)
		w.play.at(min(w.play.table.Next(), at).Since())
		w.look(was)
	}
}

func (w *witness) flap(f flap) {
	w.until(w.play.now.Add(f.after))
	was := slices.Clone(w.play.said)
	w.ill[f.origin] = !w.ill[f.origin]
	w.changed[f.origin] = w.play.now
	w.waiting[f.origin] = 1
	for origin, ill := range w.ill {
		if ill && w.play.said[origin] && uint32(origin) != f.origin {
			w.waiting[f.origin]++
		}
	}
	w.play.set(!w.ill[f.origin], f.origin)
	w.look(was)
}

func (w *witness) look(was []bool) {
	now := w.play.now
	for origin, routed := range w.play.said {
		leaving := w.config.LeavingBound(w.waiting[origin], len(w.ill))
		if due := w.changed[origin].Add(leaving.Total()); w.ill[origin] && now >= due {
			require.False(w.t, routed, "origin %d at %v, after %v", origin, now, leaving)
		}
		if !w.ill[origin] && now >= w.changed[origin].Add(w.config.ReturningBound()) {
			require.True(w.t, routed, "origin %d at %v", origin, now)
		}
		if was[origin] && !routed {
			w.departed = append(w.departed, now)
		}
	}
	share := w.config.LeavingBound(1, len(w.ill)).Share
	if last := len(w.departed) - 1; last >= 2*share {
		span := w.departed[last].Sub(w.departed[last-2*share])
		require.GreaterOrEqual(w.t, span, w.config.ChurnWindow, "%d left in less", 2*share+1)
	}
}
