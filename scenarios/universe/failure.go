package universe

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"

	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/shrink"
	"butterfly/scenarios/world"
)

// Failure is a run that broke a property, and the smallest plan that was found to break it, too.
type Failure struct {
	Seed     hunt.Seed
	Property string
	// Found is the plan that broke the property first, Shrunk the small one, and Result what its
	// run says. Both are run with the same seed.
	Found, Shrunk scenarios.Scenario
	Result        *world.Result
	// Decisive is the number of the fault in Shrunk without which a run passes that goes on until all
	// is judged, -1 if there is none.
	Decisive int
	// Runs is how many runs the shrinking took.
	Runs int
	// Stack is where the found run panicked; empty if it did not.
	Stack string
}

// Violation is how the small run breaks the property.
func (f *Failure) Violation() hunt.Violation {
	small := run{result: f.Result}
	v := small.violation(f.Property)
	return hunt.Violation{Property: v.Property, AtSeconds: v.At.Seconds(), Detail: v.Detail}
}

// Bundle is the small run to take away; see package hunt.
func (f *Failure) Bundle() *hunt.Bundle {
	return hunt.NewBundle(f.Shrunk, f.Result, buildID())
}

// buildID identifies the program by its file: go test stamps no commit into it. One that cannot
// read itself is like no other.
func buildID() string {
	const unknown = "file-unknown"
	path, err := os.Executable()
	if err != nil {
		return unknown
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return unknown
	}
	sum := sha256.Sum256(text)
	return "file-" + hex.EncodeToString(sum[:6])
}

// shrink makes the plan of a failed run small.
func (p *player) shrink(failed run) (*Failure, error) {
	f := &Failure{
		Seed: hunt.Seed(failed.result.Seed), Property: failed.broken(), Found: failed.plan,
		Stack: failed.stack,
	}
	judge := func(plan scenarios.Scenario) (shrink.Outcome, error) {
		r := p.play(&plan, failed.result.Seed)
		v := r.violation(f.Property)
		if v == nil {
			// What a situation is that the test waits for is asked of all seeds together, not of each.
			return shrink.Outcome{Passed: r.broken() == ""}, nil
		}
		f.Result = r.result // every plan that breaks the property is taken: the latest is the smallest
		return shrink.Outcome{Broken: true, At: scenarios.Span(v.At.Since())}, nil
	}
	found, err := shrink.Shrink(failed.plan, judge, nil)
	if errors.Is(err, shrink.ErrHeld) {
		return nil, fmt.Errorf("%s was broken, and held when the same seed was played again", f.Property)
	}
	if err != nil {
		return nil, err
	}
	f.Shrunk, f.Decisive, f.Runs = found.Plan, found.Decisive, found.Runs
	return f, nil
}
