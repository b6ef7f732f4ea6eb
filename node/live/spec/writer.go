package spec

import (
	"fmt"
	"strings"
)

// writer writes lines at a depth.
type writer struct {
	strings.Builder
	indent string
	// whole: what would be the same without being written is written as well.
	whole bool
}

func (w *writer) line(format string, args ...any) {
	w.WriteString(w.indent)
	fmt.Fprintf(w, format+"\n", args...)
}

// mustSay reports whether a value is to be written, which may be the one that holds without it. What
// is nothing then has no form to be written in.
func (w *writer) mustSay(holdsWithout, isZero bool) bool {
	return !holdsWithout || w.whole && !isZero
}
