package hunt

import (
	"fmt"
	"runtime/debug"
	"strings"
)

// Panic is the error of a run that panicked, though not in a machine: a bug of the harness, and no
// verdict on any promise.
type Panic struct {
	// Value is what was given to panic.
	Value any
	// Stack is where, as the runtime prints it.
	Stack string
}

// Error says what happened in one line.
func (p *Panic) Error() string {
	text, _, _ := strings.Cut(fmt.Sprint(p.Value), "\n")
	return text
}

// catch, when deferred, turns a panic into *err.
func catch(err *error) {
	if value := recover(); value != nil {
		*err = &Panic{value, string(debug.Stack())}
	}
}
