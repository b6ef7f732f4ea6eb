package routing

import (
	"fmt"
	"time"

	"butterfly/sim/rng"
)

// Config says how careful a [Table] is. The zero value is valid and is not careful at all: requests
// go to what is healthy, at once and whatever is left of it. Start from [DefaultConfig].
type Config struct {
	// PanicPPM is the panic threshold: with less than this share of a pool's weight available,
	// requests go to all of it. 0 never panics, and leaves a pool without healthy origins without
	// any.
	PanicPPM rng.PPM
	// ChurnPPM is the churn cap: the share of a pool's weight that may leave rotation within a
	// ChurnWindow. One origin may always leave. 0 lets one leave at a time.
	ChurnPPM rng.PPM
	// ChurnWindow is how long a pool's churn is added up, from the first origin that leaves on. 0
	// means that any number may leave at once; at most a day.
	ChurnWindow time.Duration
	// Debounce is how long an origin that left rotation must be healthy before it returns, the
	// first time. It doubles with each further time. 0 means at once, every time; at most
	// LongestDebounce.
	Debounce time.Duration
	// LongestDebounce is where doubling ends. At most a day.
	LongestDebounce time.Duration
	// Forgiveness is how long an origin must have been in rotation for its earlier departures to be
	// forgotten. 0 forgets them at once, so that nothing doubles; at most a day.
	Forgiveness time.Duration
}

// longest keeps deadlines far from the end of time.
const longest = 24 * time.Hour

// DefaultConfig panics at Envoy's default of 50 %, adds churn up over the 10 s at which Envoy's
// outlier detection sweeps, and stops doubling at its max_ejection_time of 300 s. The others are
// our choices: with 25 % a window, half of a pool is gone before the second window ends, and past
// that half it panics anyway; 5 s are a few probes beyond the rise that made the origin healthy.
func DefaultConfig() Config {
	return Config{
		PanicPPM:        rng.Percent(50),
		ChurnPPM:        rng.Percent(25),
		ChurnWindow:     10 * time.Second,
		Debounce:        5 * time.Second,
		LongestDebounce: 5 * time.Minute,
		Forgiveness:     5 * time.Minute,
	}
}

// Validate reports the first field that is out of range, nil if none is.
func (c Config) Validate() error {
	switch {
	case c.PanicPPM > rng.Always:
		return fmt.Errorf("routing: panic share is %v, expected at most 100%%", c.PanicPPM)
	case c.ChurnPPM > rng.Always:
		return fmt.Errorf("routing: churn share is %v, expected at most 100%%", c.ChurnPPM)
	case c.ChurnWindow < 0 || c.ChurnWindow > longest:
		return fmt.Errorf("routing: churn window is %v, expected 0s to %v", c.ChurnWindow, longest)
	case c.LongestDebounce < 0 || c.LongestDebounce > longest:
		return fmt.Errorf("routing: longest debounce is %v, expected 0s to %v",
			c.LongestDebounce, longest)
	case c.Debounce < 0 || c.Debounce > c.LongestDebounce:
		return fmt.Errorf("routing: debounce is %v, expected 0s to the longest of %v",
			c.Debounce, c.LongestDebounce)
	case c.Forgiveness < 0 || c.Forgiveness > longest:
		return fmt.Errorf("routing: forgiveness is %v, expected 0s to %v", c.Forgiveness, longest)
	}
	return nil
}
