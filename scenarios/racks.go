package scenarios

import (
	"fmt"
	"slices"

	"butterfly/node"
)

// RackOf is the rack of a server, from 0: racks are filled one after the other, and differ in size by
// one at most. Without racks all servers are in one.
func (s *Scenario) RackOf(server node.ID) int {
	return int(int64(server) * int64(max(1, s.Racks)) / int64(max(1, s.Servers)))
}

// racks is how many there are.
func (s *Scenario) racks() int { return max(1, s.Racks) }

// rackRow returns the servers of so many racks, of which first is the first.
func (s *Scenario) rackRow(first, count int) (servers []node.ID) {
	for id := range node.ID(s.Servers) {
		if rack := s.RackOf(id); rack >= first && rack < first+count {
			servers = append(servers, id)
		}
	}
	return servers
}

// setRacks changes how many racks there are, and in proportion how many of them faults strike at a
// rate. Scenarios copied from s keep theirs.
func (s *Scenario) setRacks(racks int) {
	before := s.racks()
	s.Racks = racks
	s.Rates = slices.Clone(s.Rates)
	for i := range s.Rates {
		if r := &s.Rates[i]; r.Each == EachRow && r.Strikes != nil {
			scaled := func(count int) int { return max(1, count*s.racks()/before) }
			r.Strikes = &Range[int]{Least: scaled(r.Strikes.Least), Most: scaled(r.Strikes.Most)}
		}
	}
}

// validateRacks checks that no rack is empty.
func (s *Scenario) validateRacks() error {
	if most := s.fewestServers(); s.Racks < 0 || s.Racks > most {
		return fmt.Errorf("racks: %d, expected 0 to %d", s.Racks, most)
	}
	return nil
}
