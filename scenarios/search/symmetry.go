package search

import (
	"reflect"
	"slices"

	"butterfly/node"
	"butterfly/scenarios"
)

// interchangeable reports whether servers differ in nothing but their numbers, so that plans that only
// strike other ones of them prove the same.
//
// Members of SWIM are that, if they have formed their group long ago and none has a part of its own: the
// luck of each is drawn alike, and no rule of the protocol prefers a number. Servers of a cluster are not:
// the hash that gives them their origins knows their numbers. Neither are replicas of the map, which choose
// between concurrent writes by their dots, and these have the numbers in them.
func interchangeable(s *scenarios.Scenario) bool {
	return s.Group != nil && s.Group.JoinEvery == 0 && s.Group.UpdateAt == 0
}

// renamings returns what the numbers of a scope's faults become by each way of giving the servers other
// numbers; none if that makes a difference.
func renamings(s *scenarios.Scenario) (all [][]uint16) {
	if !interchangeable(s) {
		return nil
	}
	c := scopeOf(s)
	for _, names := range [][scopeServers]node.ID{{0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		all = append(all, c.renamed(names))
	}
	return all
}

func (c *scope) renamed(names [scopeServers]node.ID) []uint16 {
	numbers := make([]uint16, len(c.faults))
	for i, f := range c.faults {
		hosts := make([]node.ID, len(f.Hosts))
		for j, host := range f.Hosts {
			hosts[j] = names[host]
		}
		slices.Sort(hosts)
		f.Hosts = hosts
		same := func(other scenarios.Fault) bool { return reflect.DeepEqual(f, other) }
		numbers[i] = uint16(slices.IndexFunc(c.faults, same))
	}
	return numbers
}

// isFirst reports whether no renaming of a plan comes before it: of plans that are renamings of each
// other, the first stands for all.
func isFirst(plan combination, renamings [][]uint16) bool {
	for _, numbers := range renamings {
		renamed := plan
		for i, number := range plan {
			if number != none {
				renamed[i] = numbers[number]
			}
		}
		slices.Sort(renamed[:])
		if slices.Compare(renamed[:], plan[:]) < 0 {
			return false
		}
	}
	return true
}
