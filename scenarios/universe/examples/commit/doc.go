// Package commit is an example of a protocol that is not ours: atomic commitment, with two phases and
// with three.
package commit
