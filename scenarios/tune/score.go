package tune

import "butterfly/scenarios/world"

// Score sums up a candidate's runs. Its zero value is that of a candidate that has not played.
type Score struct {
	crashes, missed  int
	detection, bytes float64 // summed over the crash runs
	stalls           int
	deaths           float64 // of those who stalled and of others, as one other server counts them
}

// Figures are what a candidate is judged by; less is better.
type Figures struct {
	// DetectionSeconds is the mean time from a crash until every survivor holds the server for dead.
	DetectionSeconds float64
	// FalseDeaths is how many servers that are up are taken for dead for every 100 that stall, as
	// counted by one of the others.
	FalseDeaths float64
	// BytesPerNodeSecond is what a server sends in a second of the crash runs, headers of the network
	// not counted.
	BytesPerNodeSecond float64
}

// AddCrash adds a run of [Candidate.Crash].
func (s *Score) AddCrash(r *world.Result) {
	s.crashes++
	s.bytes += r.Metrics["bytes_per_node_second"]
	s.detection += r.Metrics["full_detection_seconds"]
	if r.Metrics["undetected_crashes"] > 0 {
		s.missed++
	}
}

// AddStall adds a run of [Candidate.Stall].
func (s *Score) AddStall(c *Candidate, r *world.Result) {
	servers := c.scenario.Servers
	s.stalls += stalled(&c.scenario)
	s.deaths += (r.Metrics["deaths_of_slow"] + r.Metrics["false_deaths"]) / float64(servers-1)
}

// Missed is in how many of the crash runs there were survivors who had not noticed in the end,
// though by the bound they ought to. The figures of a candidate that misses crashes say nothing.
func (s *Score) Missed() int { return s.missed }

// Figures returns the means over all runs; there must be one of each kind.
func (s *Score) Figures() Figures {
	crashes := float64(s.crashes)
	return Figures{
		DetectionSeconds:   s.detection / crashes,
		FalseDeaths:        100 * s.deaths / float64(s.stalls),
		BytesPerNodeSecond: s.bytes / crashes,
	}
}
