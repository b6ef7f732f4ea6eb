package spec

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"butterfly/node/agent"
	"butterfly/node/routing"
	"butterfly/sim/form"
	"butterfly/sim/rng"
)

func routingFields() []field[routing.Config] {
	type config = routing.Config
	const longest = 24 * time.Hour
	return []field[config]{
		scalar("panic", "with less than this share of a service available, requests go to all of it",
			form.Share(), func(c *config) *rng.PPM { return &c.PanicPPM }),
		scalar("churn", "share of a service that may leave rotation within churn_window", form.Share(),
			func(c *config) *rng.PPM { return &c.ChurnPPM }),
		scalar("churn_window", "how long churn is added up; 0s for no limit on it", length(0, longest),
			func(c *config) *time.Duration { return &c.ChurnWindow }),
		scalar("debounce", "how long an origin that left must be healthy to return, at first",
			length(0, longest), func(c *config) *time.Duration { return &c.Debounce }),
		scalar("longest_debounce", "where the doubling of the debounce ends", length(0, longest),
			func(c *config) *time.Duration { return &c.LongestDebounce }),
		scalar("forgiveness", "how long an origin must be in rotation for its departures to be forgotten",
			length(0, longest), func(c *config) *time.Duration { return &c.Forgiveness }),
	}
}

func checkRouting(c *routing.Config) (key string, err error) { return placed(c.Validate()) }

// tuningFields are the parts of a machine's configuration that are worth changing. All servers of a
// cluster should have the same.
func tuningFields() []field[agent.Config] {
	type config = agent.Config
	return []field[config]{
		scalar("probe_interval", "how often a server looks at one of the others",
			length(10*time.Millisecond, time.Minute),
			func(c *config) *time.Duration { return &c.Swim.ProbeInterval }),
		scalar("probe_timeout", "how long the other has to answer before third ones are asked",
			length(time.Millisecond, time.Minute),
			func(c *config) *time.Duration { return &c.Swim.ProbeTimeout }),
		scalar("suspicion", "how long a suspect has to answer many accusers: so many probe intervals, "+
			"times the logarithm of the number of servers", form.Whole[int](1, 100),
			func(c *config) *int { return &c.Swim.SuspicionMult }),
		scalar("longest_suspicion", "how many times that long it has to answer a single accuser",
			form.Whole[int](1, 100), func(c *config) *int { return &c.Swim.SuspicionMaxMult }),
		scalar("rumour_interval", "how often a server passes on news of the others",
			length(10*time.Millisecond, time.Minute),
			func(c *config) *time.Duration { return &c.Swim.GossipInterval }),
		scalar("join_retry", "pause before the next seed is tried", length(time.Millisecond, time.Minute),
			func(c *config) *time.Duration { return &c.Swim.JoinRetry }),
		scalar("gossip_interval", "how often a server asks another for news of the origins",
			length(10*time.Millisecond, time.Minute),
			func(c *config) *time.Duration { return &c.Gossip.Period }),
		scalar("gossip_timeout", "how long the other has to answer", length(time.Millisecond, time.Minute),
			func(c *config) *time.Duration { return &c.Gossip.Timeout }),
		scalar("rank_wait", "patience for an origin that nobody checks, for each server that ranks higher",
			length(0, time.Hour), func(c *config) *time.Duration { return &c.Health.RankWait }),
		scalar("join_grace", "how long a server that starts waits for the others and their map",
			length(time.Millisecond, time.Hour), func(c *config) *time.Duration { return &c.JoinGrace }),
	}
}

func checkTuning(c *agent.Config) (key string, err error) {
	if c.Swim.ProbeTimeout >= c.Swim.ProbeInterval {
		return "probe_timeout", fmt.Errorf(
			"probe_timeout is %v, expected less than the probe_interval of %v",
			c.Swim.ProbeTimeout, c.Swim.ProbeInterval)
	}
	for _, part := range []interface{ Validate() error }{&c.Swim, &c.Health, &c.Gossip} {
		if key, err := placed(part.Validate()); err != nil {
			return key, err
		}
	}
	return "", nil
}

// placed finds the key that the complaint of a part of the machine begins with.
func placed(err error) (key string, _ error) {
	if err == nil {
		return "", nil
	}
	_, complaint, _ := strings.Cut(err.Error(), ": ")
	field, _, _ := strings.Cut(complaint, " is ")
	return strings.ReplaceAll(strings.TrimSuffix(field, " share"), " ", "_"), errors.New(complaint)
}
