package cap

import "butterfly/scenarios"

// Checks returns what runs of registers may be held to.
func Checks() []scenarios.Checkable {
	return scenarios.CheckableBy(nil, []string{PropertyLinearizable, PropertySeats, PropertyServed})
}
