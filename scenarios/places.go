package scenarios

import (
	"fmt"
	"time"

	"butterfly/netmodel"
)

// MaxPlaces limits how many places a scenario names.
const MaxPlaces = 100

// Where is where the servers stand: server i at the place i of Places, or in the region i of Regions,
// which begin anew at their end. It is nil where the scenario names none.
func (s *Scenario) Where() *netmodel.Places {
	switch {
	case len(s.Regions) > 0:
		return s.inRegions()
	case len(s.Places) == 0:
		return nil
	}
	list := make([]netmodel.Place, len(s.Places))
	for i, name := range s.Places {
		list[i], _ = netmodel.ParsePlace(name) // it has been validated
	}
	return netmodel.NewPlaces(s.Servers, list)
}

// distance is how long messages take at most for the distance alone.
func (s *Scenario) distance() time.Duration {
	if where := s.Where(); where != nil {
		return where.Longest()
	}
	return 0
}

func (s *Scenario) validatePlaces() error {
	if len(s.Places) > MaxPlaces {
		return fmt.Errorf("places: %d, expected at most %d", len(s.Places), MaxPlaces)
	}
	for i, name := range s.Places {
		if _, err := netmodel.ParsePlace(name); err != nil {
			return fmt.Errorf("places[%d]: %w", i, err)
		}
	}
	return nil
}
