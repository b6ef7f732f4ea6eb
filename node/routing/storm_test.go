package routing

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/sim/rng"
)

// storm lets some of 20 origins flap for an hour, each healthy for 6 to 14 s and then not for 3 to
// 7 s, and returns how often requests began or ended to go to one of them, and the least number of
// origins that any request could choose from.
func storm(t testing.TB, config Config, flapping int) (flips, least int) {
	const origins = 20
	p, luck := newPlay(t, config, origins), rng.Stream(1, "storm", 0)
	change, healthy := make([]time.Duration, flapping), make([]bool, flapping)
	least = origins
	for now := time.Duration(0); now < time.Hour; now += second / 10 {
		for origin := range change {
			if change[origin] > now {
				continue
			}
			healthy[origin] = !healthy[origin]
			p.at(now).set(healthy[origin], uint32(origin))
			change[origin] = now + rng.Between(&luck, 3*second, 7*second)
			if healthy[origin] {
				change[origin] += rng.Between(&luck, 3*second, 7*second)
			}
		}
		least = min(least, count(p.said))
	}
	return p.flips, least
}

func count(set []bool) (n int) {
	for _, in := range set {
		if in {
			n++
		}
	}
	return n
}

// Nine of the pool flap 240 times each. Without debounce each of the 480 changes is one of where
// requests go, and with it the first few are: after two departures an origin must be healthy for
// 10 s, and after three for 20 s, longer than any is.
func TestStormOfFlapsIsNoStormOfRoutes(t *testing.T) {
	plain := DefaultConfig()
	plain.Debounce, plain.ChurnWindow = 0, 0
	flips, _ := storm(t, plain, 9)
	require.Greater(t, flips, 9*400)

	flips, least := storm(t, DefaultConfig(), 9)
	require.LessOrEqual(t, flips, 9*(3+2), "three departures and two returns each")
	require.GreaterOrEqual(t, least, 11)
}

// When all of the pool flaps, what is left would be none at times. With a panic threshold it is
// half of the pool or more; and with debounce as well the panic does not come and go with every
// flap.
func TestStormOfAllIsNoOutage(t *testing.T) {
	plain := DefaultConfig()
	plain.Debounce, plain.ChurnWindow, plain.PanicPPM = 0, 0, 0
	_, least := storm(t, plain, 20)
	require.Zero(t, least)

	plain.PanicPPM = half
	flips, least := storm(t, plain, 20)
	require.GreaterOrEqual(t, least, 10)
	require.Greater(t, flips, 10_000)

	flips, least = storm(t, DefaultConfig(), 20)
	require.GreaterOrEqual(t, least, 10)
	require.Less(t, flips, 200)
}
