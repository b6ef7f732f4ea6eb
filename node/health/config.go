package health

import (
	"fmt"
	"time"
)

// Config holds the times and thresholds of health checking. The zero value is not valid: start from
// [DefaultConfig].
type Config struct {
	// Interval is the time between two probes of one origin. Above 0.
	Interval time.Duration
	// Timeout is how long a probe may take before it counts as failed. Above 0, at most Interval.
	Timeout time.Duration
	// RankWait is the patience per rank: a server outranked by k live members lets an origin that
	// nobody is seen to check go unchecked for k times RankWait before it steps in. 0 means that
	// everybody steps in at once; at most an hour.
	RankWait time.Duration
	// Rise is how many consecutive successes make an unhealthy origin healthy, 1 to 255.
	Rise int
	// Fall is how many consecutive failures make a healthy origin unhealthy, 1 to 255.
	Fall int
}

// Limits that keep the state of an origin small and deadlines far from the end of time.
const (
	maxThreshold = 255
	maxRankWait  = time.Hour
)

// DefaultConfig probes once a second (the talk's "about once a second"), with HAProxy's default
// thresholds of rise 2 and fall 3. Timeout and RankWait are our choices: RankWait is to be longer
// than the map usually needs to carry a claim everywhere.
func DefaultConfig() Config {
	return Config{
		Interval: time.Second,
		Timeout:  500 * time.Millisecond,
		RankWait: 20 * time.Second,
		Rise:     2,
		Fall:     3,
	}
}

// Validate reports the first field that is out of range, nil if none is.
func (c Config) Validate() error {
	switch {
	case c.Interval <= 0:
		return fmt.Errorf("health: interval is %v, expected more than 0s", c.Interval)
	case c.Timeout <= 0 || c.Timeout > c.Interval:
		return fmt.Errorf(
			"health: timeout is %v, expected more than 0s and at most the interval of %v",
			c.Timeout, c.Interval)
	case c.RankWait < 0 || c.RankWait > maxRankWait:
		return fmt.Errorf("health: rank wait is %v, expected 0s to %v", c.RankWait, maxRankWait)
	case c.Rise < 1 || c.Rise > maxThreshold:
		return fmt.Errorf("health: rise is %d, expected 1 to %d", c.Rise, maxThreshold)
	case c.Fall < 1 || c.Fall > maxThreshold:
		return fmt.Errorf("health: fall is %d, expected 1 to %d", c.Fall, maxThreshold)
	}
	return nil
}
