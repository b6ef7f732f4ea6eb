package scenarios

import (
	"fmt"
	"time"

	"butterfly/sim/rng"
)

// WorseThan says in what the scenario's network is worse than the one that promises are made for, which
// loses up to most of its packets and takes less than delay one way, its schedule included; empty if in
// nothing. A latency without an upper bound is judged by a hundred draws.
func (s *Scenario) WorseThan(most rng.PPM, delay time.Duration) string {
	if s.BareCarrier {
		return "the promises are made for a carrier that refuses what is damaged or forged"
	}
	if s.LossPPM > most {
		return fmt.Sprintf("the promises are made for a steady loss of up to %v, this is %v",
			most, s.LossPPM)
	}
	luck, distance := rng.New(0), s.distance()
	if distance >= delay {
		return fmt.Sprintf("the promises are made for one-way delays below %v, this is %v",
			delay, distance)
	}
	for range 100 {
		if s.Latency.Sample(&luck)+distance+s.Schedule.longest() >= delay {
			return fmt.Sprintf("the promises are made for one-way delays below %v, this is %s",
				delay, s.delayText())
		}
	}
	return ""
}

// delayText is how long messages take.
func (s *Scenario) delayText() string {
	if s.Schedule == nil {
		return s.Latency.String()
	}
	return fmt.Sprintf("%v, and up to %v by the schedule", s.Latency, s.Schedule.Hold)
}
