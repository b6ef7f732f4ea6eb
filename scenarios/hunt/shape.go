package hunt

import (
	"slices"
	"strings"

	"butterfly/scenarios"
)

// Shape is what two failures by the same bug have in common: of which kinds the faults are, and of
// which kinds are two that strike the same target (a server, or an origin) or strike at once. Which
// targets these are, when and for how long they are struck, and everything else in a plan is luck, and
// so is whether it takes two faults of a kind or five: only one and several are told apart. The order
// of the faults does not count. It reads like this:
//
//	crash, 2+ partition; crash with partition: same target; partition with partition: at once
//
// The shape of a plan without faults is [NoFault]; the empty Shape is that of plans that nobody shrunk.
type Shape string

// NoFault is the shape of a plan that takes no fault to fail.
const NoFault Shape = "no fault"

// ShapeOf is the shape of a plan.
func ShapeOf(plan *scenarios.Scenario) Shape {
	if len(plan.Faults) == 0 {
		return NoFault
	}
	kinds := kindsOf(plan)
	parts := []string{strings.Join(kindWords(plan, kinds), ", ")}
	for i, a := range kinds {
		for _, b := range kinds[i:] {
			if words := relations(plan, a, b); len(words) > 0 {
				parts = append(parts, string(a)+" with "+string(b)+": "+strings.Join(words, ", "))
			}
		}
	}
	return Shape(strings.Join(parts, "; "))
}

// extends reports whether a shape has every kind of faults that another has, and as many of each, as
// far as shapes tell. What takes no fault, and what was not shrunk, is extended by its like only.
func (s Shape) extends(other Shape) bool {
	if s == other {
		return true
	}
	kinds, least := s.kinds(), other.kinds()
	//arch:allow whether all are there does not depend on the order
	for kind, several := range least {
		if more, found := kinds[kind]; !found || several && !more {
			return false
		}
	}
	return len(least) > 0
}

// kinds are those that the shape begins with, and whether there are several faults of each.
func (s Shape) kinds() map[string]bool {
	all := map[string]bool{}
	if s == "" || s == NoFault {
		return all
	}
	list, _, _ := strings.Cut(string(s), ";")
	for word := range strings.SplitSeq(list, ", ") {
		kind, several := strings.CutPrefix(word, "2+ ")
		all[kind] = several
	}
	return all
}

// kindsOf is the kinds of the plan's faults, each once, in the order of reports.
func kindsOf(plan *scenarios.Scenario) []scenarios.FaultKind {
	return slices.DeleteFunc(scenarios.FaultKinds(), func(kind scenarios.FaultKind) bool {
		return count(plan, kind) == 0
	})
}

func count(plan *scenarios.Scenario, kind scenarios.FaultKind) (n int) {
	for i := range plan.Faults {
		if plan.Faults[i].Kind == kind {
			n++
		}
	}
	return n
}

func kindWords(plan *scenarios.Scenario, kinds []scenarios.FaultKind) (words []string) {
	for _, kind := range kinds {
		word := string(kind)
		if count(plan, kind) > 1 {
			word = "2+ " + word
		}
		words = append(words, word)
	}
	return words
}

// relations is what some fault of one kind and some other of the other kind have to do with each other.
func relations(plan *scenarios.Scenario, a, b scenarios.FaultKind) (words []string) {
	same, atOnce := false, false
	for i := range plan.Faults {
		for j := range plan.Faults {
			f, g := &plan.Faults[i], &plan.Faults[j]
			if i == j || f.Kind != a || g.Kind != b {
				continue
			}
			same = same || meet(f.Hosts, g.Hosts) || meet(f.Origins, g.Origins)
			atOnce = atOnce || !scenarios.Apart(f, g, plan.Duration)
		}
	}
	if same {
		words = append(words, "same target")
	}
	if atOnce {
		words = append(words, "at once")
	}
	return words
}

// meet reports whether two lists have an element in common.
func meet[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(x T) bool { return slices.Contains(b, x) })
}
