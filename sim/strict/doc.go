// Package strict reads YAML that people write, and says precisely what is wrong with it.
//
// It knows no keys: whoever reads a file has tables of its own, asks for the entries of a mapping and
// the items of a list, and refuses what does not fit with an [*Error], which names the file, the line
// and the column, what was found there and what is allowed, and shows the lines:
//
//	mine.yaml:7:11: faults[0].kind: found "crsh", expected one of crash, partition
//	    6 | faults:
//	    7 |   - kind: crsh
//	      |           ^
//
// # The caller's duties
//
// The reading of a text begins with [Parse], which takes the [Limits] of the format. What is in it is
// then read from [Document.Root] on, with a path in hand for each value: [Child] and [Item] make that
// of what is inside from that of what is around it, and the root's is empty. Nothing here reads a
// file: the name is for the errors. How single values are written is said by package form.
//
// # What is refused before anything is built
//
// A key that stands in a mapping twice, a second document, and all of YAML that makes a file larger
// than it looks or hard to read: anchors, aliases, tags, merge keys, keys after "?", directives and
// end marks. So is what is beyond the limits, which are looked at token by token: the parser behind
// calls itself for every level, and takes time in proportion to the square of how many keys a mapping
// has and of how many values are empty.
//
// # Invariants
//
//  1. Nothing here panics, whatever the text, and time and memory are in proportion to it.
//  2. Line and column count from 1, columns in characters, whatever the editor ends lines with.
//  3. What is shown of a text is fit for a terminal: no character in it moves the cursor or colours
//     what follows.
package strict
