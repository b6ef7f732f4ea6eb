// Package invariant holds assertions that are free in sweeps and loud in tests.
//
// They are on in builds with the tag "invariants" (go test -tags invariants ./...) and off in all
// others. An assertion never changes what a correct program does: with the tag and without it a run
// has the same fingerprint.
//
// # Cost
//
// When off, [Check] and [Mangle] compile to nothing, but Go still evaluates their arguments: a
// function called in the condition runs, and a number among the arguments may be boxed. Where a
// step is hot or a condition costs something, ask first; the compiler then drops the whole block:
//
//	if invariant.Enabled {
//		invariant.Check(q.ordered(), "heap of %d events is out of order", q.Len())
//	}
//
// # Lent memory
//
// The node contract lends memory: a message is valid only during the call that delivers it. Nothing
// shows that a machine kept one, until the memory is used again and its view of the past quietly
// changes. So drivers [Mangle] what they lent once the lending is over, and a machine that looks at
// it again reads 0xdb in every byte.
package invariant
