// Package form says how single values are written in the files that package strict reads: numbers,
// words, times, shares and what has a pattern of its own.
//
// A form is said once, and three things come of it: the reading of a value, the printing of one,
// and the JSON Schema by which an editor completes and checks it.
//
//	kind := form.Words("crash", "partition")
//	kind.Read(document, "kind", node)   // or: found "crsh", expected one of crash, partition
//	kind.Schema                         // {"enum": ["crash", "partition"]}
//
// Which keys a file has, which of them must be there and what holds without the others is not known
// here: whoever reads files has tables of their own, with a form in each row.
//
// # The caller's duties
//
// A form that is made by hand, or of others, reads what it prints, and its schema allows what it
// reads. The schema may allow more: no pattern says how long a time may be.
//
// # Texts without a type
//
// YAML takes 7 for a number and "7" for a text, and a form accepts one of them. A flag on a command
// line has no quotes to tell them apart, so [Of.FromText] reads what fits, whichever it is.
//
// # Invariants
//
//  1. What [Bool], [Whole], [Share] and [Words] print reads as what was printed.
//  2. Nothing is corrected: a number with a plus, underscores or leading zeros is refused.
package form
