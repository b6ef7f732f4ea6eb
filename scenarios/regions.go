package scenarios

import (
	"fmt"
	"time"

	"butterfly/netmodel"
)

// Region is one of several in which servers stand, and a row of the matrix of the round trips between
// these: symmetric, so that its lower half is all of it.
type Region struct {
	Name string `json:"name"`
	// RoundTrips are those from here to each region before this one, and last the one between two
	// servers in it; each up to [MaxRoundTrip]. Messages take half as much longer.
	RoundTrips []Span `json:"round_trips"`
}

// MaxRoundTrip is the longest between two regions. By way of a satellite that stands 35,786 km above the
// equator light takes half a second.
const MaxRoundTrip = 10 * time.Second

// inRegions lets the servers stand in the regions in turn.
func (s *Scenario) inRegions() *netmodel.Places {
	matrix := make([][]time.Duration, len(s.Regions))
	for i := range s.Regions {
		for _, roundTrip := range s.Regions[i].RoundTrips {
			matrix[i] = append(matrix[i], roundTrip.Duration())
		}
	}
	return netmodel.NewRegions(s.Servers, matrix)
}

func (s *Scenario) validateRegions() error {
	switch {
	case len(s.Regions) > MaxPlaces:
		return fmt.Errorf("regions: %d, expected at most %d", len(s.Regions), MaxPlaces)
	case len(s.Regions) > 0 && len(s.Places) > 0:
		return fmt.Errorf("regions: %d, expected none beside places", len(s.Regions))
	}
	named := make(map[string]bool, len(s.Regions))
	for i := range s.Regions {
		r := &s.Regions[i]
		if err := r.validate(i); err != nil {
			return fmt.Errorf("regions[%d].%w", i, err)
		}
		if named[r.Name] {
			return fmt.Errorf("regions[%d].name: %q is named twice", i, r.Name)
		}
		named[r.Name] = true
	}
	return nil
}

// validate checks the row of so many regions before it.
func (r *Region) validate(before int) error {
	switch {
	case !validName(r.Name):
		return fmt.Errorf("name: %q, expected 1 to %d of a-z, 0-9 and -, the first no -",
			r.Name, MaxName)
	case len(r.RoundTrips) != before+1:
		return fmt.Errorf("round_trips: %d of them, expected %d: to each region before it, and within it",
			len(r.RoundTrips), before+1)
	}
	for i, roundTrip := range r.RoundTrips {
		if roundTrip < 0 || roundTrip.Duration() > MaxRoundTrip {
			return fmt.Errorf("round_trips[%d]: %v, expected 0s to %v", i, roundTrip, MaxRoundTrip)
		}
	}
	return nil
}
