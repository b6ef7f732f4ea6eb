package explore

import (
	"fmt"
	"strconv"
	"strings"
)

// Result is what an exploration found.
type Result[E comparable] struct {
	// States is how many distinct states were looked at, the initial one included; Transitions how
	// many events were applied to find them.
	States, Transitions int
	// Depth is the number of events within which every state was looked at.
	Depth int
	// Complete: every state within the bound on events was looked at, and none violates Check.
	Complete bool
	// Finite: there are no other states at all, within any number of events.
	Finite bool
	// Counterexample is a shortest execution that violates Check, and Violation what Check said;
	// nil if none was found.
	Counterexample []E
	Violation      error
}

// String sums the result up in a sentence, and prints a counterexample with one event a line.
func (r Result[E]) String() string {
	switch {
	case r.Violation != nil:
		return fmt.Sprintf("%v\nafter %d events, and after no fewer:\n%s",
			r.Violation, len(r.Counterexample), lines(r.Counterexample))
	case r.Finite:
		return fmt.Sprintf("all %s states hold, and none is more than %d events away",
			grouped(r.States), r.Depth)
	case r.Complete:
		return fmt.Sprintf("all %s states within %d events hold", grouped(r.States), r.Depth)
	}
	return fmt.Sprintf("stopped at %s states, which hold; they are all only within %d events",
		grouped(r.States), r.Depth)
}

// lines prints one event a line.
func lines[E comparable](events []E) string {
	var text strings.Builder
	for _, event := range events {
		fmt.Fprintf(&text, "  %v\n", event)
	}
	return text.String()
}

// grouped prints a count with its thousands apart.
func grouped(count int) string {
	digits := strconv.Itoa(count)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
