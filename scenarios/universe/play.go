package universe

import (
	"fmt"
	"reflect"
	"runtime/debug"
	"strings"

	"butterfly/checkers"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
)

// NoPanic is the property that a panic breaks, be it in a machine, in a checker or in the harness.
const NoPanic = checkers.PropertyNoPanic

// play runs a world to its end, or to a panic: of a machine, which the world catches, or of whatever
// else of the caller's, which does not get past here.
func play[M any](
	plan *scenarios.Scenario, seed uint64, build func() *world.World[M],
) (r run) {
	var w *world.World[M]
	defer func() {
		if value := recover(); value != nil {
			r = run{plan: *plan, result: panicked(w, value), stack: string(debug.Stack())}
			r.result.Scenario, r.result.Seed = plan.Name, seed
		}
	}()
	w = build()
	result := w.Run()
	return run{plan: *plan, result: result, stack: result.Stack}
}

// panicked is the result of a run that got no further, though no machine panicked; w is nil if it did
// not even begin.
func panicked[M any](w *world.World[M], value any) *world.Result {
	r := &world.Result{}
	if w != nil {
		r = w.Result()
		r.Virtual = w.Now()
	}
	first, _, _ := strings.Cut(fmt.Sprint(value), "\n")
	r.Verdict = world.Fail
	r.Violations = append(r.Violations, checkers.Violation{
		Property: NoPanic, At: r.Virtual, Detail: "panic: " + first,
	})
	return r
}

// broken is the property that the run broke first, empty if it broke none.
func (r *run) broken() string {
	if r.result.Verdict != world.Fail {
		return ""
	}
	return r.result.Violations[0].Property
}

// violation is how the run broke a property, nil if it did not.
func (r *run) violation(property string) *checkers.Violation {
	for i := range r.result.Violations {
		if v := &r.result.Violations[i]; v.Property == property {
			return v
		}
	}
	return nil
}

// twice plays a run twice. The error says where the two differ: what then holds or breaks proves
// nothing.
func (p *player) twice(plan *scenarios.Scenario, seed uint64) (run, error) {
	first, second := p.play(plan, seed), p.play(plan, seed)
	a, b := first.result, second.result
	if a.Fingerprint != b.Fingerprint {
		if first.stack == "" && second.stack == "" {
			if divergence := p.verify(plan, seed); divergence != nil {
				return first, divergence
			}
		}
		return first, fmt.Errorf("fingerprint %v, and %v when the same seed was played again",
			a.Fingerprint, b.Fingerprint)
	}
	if !reflect.DeepEqual(a.Violations, b.Violations) {
		return first, fmt.Errorf("the checkers judge equal runs differently: %v, and then %v",
			a.Violations, b.Violations)
	}
	return first, nil
}
