package file

import (
	"fmt"
	"strings"
)

// writer writes lines at a depth.
type writer struct {
	strings.Builder
	indent string
	// item is what begins the next line in place of the end of indent: the dash of a list.
	item string
}

func (w *writer) line(format string, args ...any) {
	w.WriteString(w.indent[:len(w.indent)-len(w.item)] + w.item)
	w.item = ""
	fmt.Fprintf(w, format+"\n", args...)
}

// indented writes what is deeper by one step.
func (w *writer) indented(step string, write func()) {
	before := w.indent
	w.indent += step
	write()
	w.indent = before
}

// listItem writes a mapping as an item of a list.
func (w *writer) listItem(write func()) {
	w.item = "- "
	w.indented("    ", write)
}
