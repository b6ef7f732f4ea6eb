package fidelity

import (
	"math"
	"slices"

	"butterfly/sim/clock"
)

// Sample is the measurements of some trials. The zero value is that of none.
type Sample struct {
	// Trials is how many there were.
	Trials int

	values  [quantities][]float64
	missing [quantities]int
}

// Values returns what was measured of a quantity, trial by trial. It is the sample's own.
func (s *Sample) Values(q Quantity) []float64 { return s.values[q] }

// Missing is how many values of a quantity there should be beside: of what was not seen before the
// end of a trial.
func (s *Sample) Missing(q Quantity) int { return s.missing[q] }

// ascending returns what was measured of a quantity in ascending order, what is missing as
// infinite.
func (s *Sample) ascending(q Quantity) []float64 {
	all := slices.Sorted(slices.Values(s.values[q]))
	for range s.missing[q] {
		all = append(all, math.Inf(1))
	}
	return all
}

// Add takes in the measurements of other trials.
func (s *Sample) Add(other *Sample) {
	s.Trials += other.Trials
	for q := range quantities {
		s.values[q] = append(s.values[q], other.values[q]...)
		s.missing[q] += other.missing[q]
	}
}

func (s *Sample) add(q Quantity, value float64) { s.values[q] = append(s.values[q], value) }

func (s *Sample) miss(all ...Quantity) {
	for _, q := range all {
		s.missing[q]++
	}
}

// reach adds how long after its beginning something had been seen at so many servers.
func (s *Sample) reach(q Quantity, times []clock.Time, servers int, began clock.Time) {
	if len(times) < servers {
		s.miss(q)
		return
	}
	s.add(q, times[servers-1].Sub(began).Seconds())
}
