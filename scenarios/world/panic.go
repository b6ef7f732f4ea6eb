package world

import (
	"fmt"
	"path"
	"runtime"
	"runtime/debug"
	"strings"

	"butterfly/checkers"
	"butterfly/node"
	"butterfly/sim/clock"
)

// nobody is at work: whatever panics now is not a machine.
const nobody = node.ID(node.MaxIDs)

// next brings the next event up to the limit, if there is one and no machine has panicked.
func (w *World[M]) next(limit clock.Time) bool {
	return w.stack == "" && w.kernel.Next(limit, &w.step)
}

// catch, when deferred, takes a panic of the machine that is at work for a broken promise, with which
// the run ends. Any other panic goes on its way: it is the harness that is broken then.
func (w *World[M]) catch() {
	if !w.spec.Catch || w.atWork == nobody {
		return
	}
	value := recover()
	if value == nil {
		return // a test that ends itself within a machine
	}
	w.stack = string(debug.Stack())
	text, _, _ := strings.Cut(fmt.Sprint(value), "\n")
	w.observe.report.Violate(checkers.PropertyNoPanic, w.Now(),
		"server %d panics in %s: %s", w.atWork, panicking(), text)
}

// panicking is the function that panicked, and the line, as in (*Agent).Wake (agent.go:120). It is
// called by who is deferred.
func panicking() string {
	var callers [32]uintptr
	frames := runtime.CallersFrames(callers[:runtime.Callers(3, callers[:])])
	for more, begun := true, false; more; {
		var f runtime.Frame
		f, more = frames.Next()
		isRuntime := strings.HasPrefix(f.Function, "runtime.")
		if begun && !isRuntime {
			return fmt.Sprintf("%s (%s:%d)", path.Base(f.Function), path.Base(f.File), f.Line)
		}
		begun = begun || isRuntime
	}
	return "an unknown place"
}
