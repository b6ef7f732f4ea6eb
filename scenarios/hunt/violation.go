package hunt

import (
	"fmt"

	"butterfly/checkers"
)

// Violation is a broken promise as reports and bundles write it.
type Violation struct {
	// Property is the stable name of the promise.
	Property string `json:"property"`
	// AtSeconds is the virtual time in seconds since the start of the run.
	AtSeconds float64 `json:"at_seconds"`
	// Detail is one sentence with values.
	Detail string `json:"detail"`
}

// Violations converts what checkers found. The slice is never nil, so that JSON shows an empty list.
func Violations(found []checkers.Violation) []Violation {
	all := make([]Violation, len(found))
	for i, v := range found {
		all[i] = Violation{v.Property, v.At.Seconds(), v.Detail}
	}
	return all
}

// String prints the violation in one line: "15.25s map-convergence: hosts 1 and 2 ...".
func (v Violation) String() string {
	return fmt.Sprintf("%vs %s: %s", v.AtSeconds, v.Property, v.Detail)
}
