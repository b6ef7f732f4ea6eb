package replicas

import (
	"butterfly/checkers"
	"butterfly/scenarios"
)

// Checks returns what runs of replicas may be held to, the most important first.
func Checks() []scenarios.Checkable {
	var unbounded []string
	for _, promise := range History() {
		unbounded = append(unbounded, promise.Property)
	}
	unbounded = append(unbounded, PropertyVectors, PropertyIdle)
	return scenarios.CheckableBy([]string{checkers.PropertyConvergence}, unbounded)
}
