package scenarios

import (
	"fmt"

	"butterfly/node"
)

// RackOf is the rack of a server, from 0: racks are filled one after the other, and differ in size by
// one at most. Without racks all servers are in one.
func (s *Scenario) RackOf(server node.ID) int {
	return int(int64(server) * int64(max(1, s.Racks)) / int64(max(1, s.Servers)))
}

// rack returns the servers of a rack.
func (s *Scenario) rack(number int) (servers []node.ID) {
	for id := range node.ID(s.Servers) {
		if s.RackOf(id) == number {
			servers = append(servers, id)
		}
	}
	return servers
}

// validateRacks checks that no rack is empty.
func (s *Scenario) validateRacks() error {
	if most := s.fewestServers(); s.Racks < 0 || s.Racks > most {
		return fmt.Errorf("racks: %d, expected 0 to %d", s.Racks, most)
	}
	return nil
}
