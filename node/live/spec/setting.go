package spec

import (
	"fmt"
	"strings"
)

// Setting is a key of a node's configuration that a flag can give.
type Setting struct {
	// Flag is the name of the flag: the key, with hyphens.
	Flag string
	// Means explains it.
	Means string
	// Default is what holds without it, empty for nothing.
	Default string
	// Switch: the value is true or false.
	Switch bool
}

// Settings lists what [Node.Set] can set, in the order of the file.
func Settings() (all []Setting) {
	otherwise := DefaultNode()
	for _, f := range flagFields() {
		w := &writer{whole: true}
		f.write(w, f.key, &otherwise, &otherwise)
		_, text, _ := strings.Cut(strings.TrimSpace(w.String()), ": ")
		all = append(all, Setting{
			Flag: f.key, Means: f.means, Default: strings.Trim(text, `"`),
			Switch: f.schema["type"] == "boolean",
		})
	}
	return all
}

// Set sets what a flag says. The items of a list are separated by commas.
func (n *Node) Set(flag, text string) error {
	for _, f := range flagFields() {
		if f.key == flag {
			if err := f.set(n, text); err != nil {
				return fmt.Errorf("-%s: %w", flag, err)
			}
			return nil
		}
	}
	return fmt.Errorf("-%s: there is no such flag", flag)
}

// flagFields are the fields that have a flag, by the names of the flags.
func flagFields() (all []field[Node]) {
	for _, f := range append(nodeFields(), tlsFlags()...) {
		if f.set != nil {
			f.key = strings.ReplaceAll(f.key, "_", "-")
			all = append(all, f)
		}
	}
	return all
}

// tlsFlags are flags of their own for what is a section in the file.
func tlsFlags() (all []field[Node]) {
	for _, f := range tlsFields() {
		all = append(all, field[Node]{
			key: "tls_" + f.key, means: f.means, schema: f.schema,
			set: func(into *Node, text string) error { return f.set(&into.TLS, text) },
			write: func(w *writer, key string, from, otherwise *Node) {
				f.write(w, key, &from.TLS, &otherwise.TLS)
			},
		})
	}
	return all
}
