package scenarios

import (
	"fmt"
	"time"

	"butterfly/sim/rng"
)

// Replicas is a scenario's servers as replicas of the map that gossip it, and nothing else.
type Replicas struct {
	// Keys is how many keys the map has. All have a value at the start.
	Keys int `json:"keys"`
	// Writes is how many writes a second there are on all servers together, until as much of the
	// run is left as the group needs to settle; 0 for none.
	Writes int `json:"writes,omitempty"`
	// RemovalsPPM is the share of writes that remove a key.
	RemovalsPPM rng.PPM `json:"removals_ppm,omitempty"`

	// Mode is which way news travels, Fanout how many contacts a round begins.
	Mode   Mode `json:"mode"`
	Fanout int  `json:"fanout"`
	// Period is the time between two rounds, Timer when they begin, Jitter by how much at most one
	// is late; Poisson rounds have none.
	Period Span  `json:"period"`
	Timer  Timer `json:"timer"`
	Jitter Span  `json:"jitter,omitempty"`
	// Limit is the most entries one answer has; 0 for no limit.
	Limit int `json:"limit,omitempty"`
	// Collect: what all have seen is used to collect tombstones and to retire the lives of servers.
	Collect bool `json:"collect"`
}

// Mode names a way in which news travels in a contact.
type Mode string

const (
	// Pull: who contacts asks for what it lacks.
	Pull Mode = "pull"
	// Push: who contacts offers what it has.
	Push Mode = "push"
	// PushPull is both.
	PushPull Mode = "push-pull"
)

// Modes returns all ways in which news travels.
func Modes() []Mode { return []Mode{Pull, Push, PushPull} }

func (m Mode) validate() error { return oneOf(m, Modes()) }

// Timer names when rounds begin, as the flag -timer of "butterfly plot spread" does.
type Timer string

const (
	// Phased rounds are a period apart, and each server's begin at another moment of it.
	Phased Timer = "periodic"
	// Aligned rounds begin together at all servers.
	Aligned Timer = "sync"
	// Poisson rounds begin at random, a period apart on average.
	Poisson Timer = "poisson"
)

// Timers returns the names of when rounds may begin.
func Timers() []Timer { return []Timer{Phased, Aligned, Poisson} }

func (t Timer) validate() error { return oneOf(t, Timers()) }

// Limits on what replicas may be asked for.
const (
	minPeriod = Span(10 * time.Millisecond)
	maxPeriod = Span(time.Hour)
	// MaxWrites is how many writes a second there may be on all servers together.
	MaxWrites = 100_000
	// MaxFanout is to how many servers one round may go.
	MaxFanout = 255
)

// validate reports the first thing wrong with the replicas.
func (r *Replicas) validate() error {
	switch {
	case r.Keys < 1 || r.Keys > MaxOrigins:
		return fmt.Errorf("keys: %d, expected 1 to %d", r.Keys, MaxOrigins)
	case r.Writes < 0 || r.Writes > MaxWrites:
		return fmt.Errorf("writes: %d, expected 0 to %d", r.Writes, MaxWrites)
	case r.RemovalsPPM > rng.Always:
		return fmt.Errorf("removals_ppm: %d, expected 0 to %d", r.RemovalsPPM, rng.Always)
	case r.Fanout < 1 || r.Fanout > MaxFanout:
		return fmt.Errorf("fanout: %d, expected 1 to %d", r.Fanout, MaxFanout)
	case r.Limit < 0 || r.Limit > MaxOrigins:
		return fmt.Errorf("limit: %d, expected 0 to %d", r.Limit, MaxOrigins)
	}
	if err := r.Mode.validate(); err != nil {
		return fmt.Errorf("mode: %w", err)
	}
	return r.validateRounds()
}

func (r *Replicas) validateRounds() error {
	if err := r.Timer.validate(); err != nil {
		return fmt.Errorf("timer: %w", err)
	}
	if r.Period < minPeriod || r.Period > maxPeriod {
		return fmt.Errorf("period: %v, expected %v to %v", r.Period, minPeriod, maxPeriod)
	}
	if r.Jitter < 0 || r.Jitter > r.Period {
		return fmt.Errorf("jitter: %v, expected 0 to the period %v", r.Jitter, r.Period)
	}
	if r.Jitter > 0 && r.Timer == Poisson {
		return fmt.Errorf("jitter: %v, expected none where rounds begin at random", r.Jitter)
	}
	return nil
}
