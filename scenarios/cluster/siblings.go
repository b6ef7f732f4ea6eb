package cluster

import (
	"butterfly/checkers"
	"butterfly/node"
	"butterfly/node/agent"
	"butterfly/node/origin"
	"butterfly/node/swim"
)

// knower is a machine that says which origins are to be checked: an [agent.Agent], whatever it is
// wrapped in.
type knower interface {
	Known(origin uint32) (definition uint16, known bool)
}

// survival checks which of the siblings of a registration counts.
func (c *cluster) survival() checkers.Checker {
	known := func(host node.ID, origin uint32) bool {
		_, known := c.machine(host).(knower).Known(origin)
		return known
	}
	bound := c.scenario.Bound(checkers.PropertyRegistrationsSurvive, c.bounds.Convergence())
	return checkers.NewSurvival(bound, c.scenario.Origins, known)
}

// standing checks which of the siblings of a result counts.
func (c *cluster) standing() checkers.Checker {
	statuses := map[uint64]uint8{}
	hash := agent.MapConfig(c.config.Placement).ValueHash
	for status := range origin.Highest(origin.Result(0)) + 1 {
		statuses[hash(status)] = uint8(status)
	}
	return checkers.NewStanding(checkers.Readings{
		Replicas: c.replica, Key: origin.Result,
		Status: func(value uint64) uint8 { return statuses[value] },
		Life:   func(incarnation uint64) uint64 { return swim.Incarnation(incarnation).Generation() },
	})
}
