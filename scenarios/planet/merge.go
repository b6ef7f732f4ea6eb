package planet

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"butterfly/checkers"
	"butterfly/scenarios/world"
)

// Outcome is what became of a data centre.
type Outcome struct {
	Result *world.Result
	View   *View
}

// Merge makes one result of the outcomes of the first data centres, of all if the run is over. It
// is as bad as the worst of them, names the data centre in which each promise was broken first, and
// is unknown while some are missing.
func Merge(name string, seed uint64, parts []Part, outcomes []Outcome) *world.Result {
	results, views := make([]*world.Result, len(outcomes)), make([]*View, len(outcomes))
	for i, o := range outcomes {
		results[i], views[i] = o.Result, o.View
	}
	whole := &world.Result{Scenario: name, Seed: seed, Verdict: worst(results, len(parts))}
	for i, r := range results {
		add(whole, i, r)
	}
	whole.Violations = violations(results)
	whole.Faults = faults(results)
	whole.Sometimes = situations(results, apart(views))
	whole.Metrics = metrics(results)
	return whole
}

// worst is the verdict on the planet of so many data centres.
func worst(results []*world.Result, datacenters int) world.Verdict {
	verdict := world.Pass
	if len(results) < datacenters {
		verdict = world.Unknown
	}
	order := []world.Verdict{world.Pass, world.Vacuous, world.Unknown, world.Fail}
	for _, r := range results {
		if slices.Index(order, r.Verdict) > slices.Index(order, verdict) {
			verdict = r.Verdict
		}
	}
	return verdict
}

// add takes in the result of a data centre: its work on top of that of the others, its time beside
// theirs.
func add(whole *world.Result, number int, r *world.Result) {
	high, low := r.Fingerprint.Sum()
	whole.Fingerprint.FoldWords(uint64(number), r.Seed, high, low)
	whole.Events += r.Events
	whole.Messages += r.Messages
	whole.Bytes += r.Bytes
	whole.Probes += r.Probes
	whole.Virtual = max(whole.Virtual, r.Virtual)
	whole.Beyond = cmp.Or(whole.Beyond, r.Beyond)
	whole.Coverage = world.AddCoverage(whole.Coverage, r.Coverage)
}

// violations returns the first violation of each promise, in the order of the data centres, with
// the name of the data centre and of how many more.
func violations(results []*world.Result) []checkers.Violation {
	var all []checkers.Violation
	others := map[string]int{}
	for _, r := range results {
		for _, v := range r.Violations {
			if _, known := others[v.Property]; known {
				others[v.Property]++
				continue
			}
			others[v.Property] = 0
			v.Detail = r.Scenario + ": " + v.Detail
			all = append(all, v)
		}
	}
	for i := range all {
		if n := others[all[i].Property]; n > 0 {
			all[i].Detail += fmt.Sprintf(" (and in %d more)", n)
		}
	}
	return all
}

// Blamed returns the data centre in which the first violation of a merged result was found, false
// if there is none.
func Blamed(parts []Part, whole *world.Result) (Part, bool) {
	for _, p := range parts {
		if len(whole.Violations) > 0 &&
			strings.HasPrefix(whole.Violations[0].Detail, p.Scenario.Name+": ") {
			return p, true
		}
	}
	return Part{}, false
}
