// Package rng is the only source of randomness in the tree: integers from named streams.
//
// # Streams
//
// The generator is SplitMix64 with a per-stream increment (Steele, Lea and Flood, "Fast splittable
// pseudorandom number generators", OOPSLA 2014): sixteen bytes of state, about a nanosecond a draw,
// and streams that never run into each other because their increments differ. Its output is pinned
// by golden tests, so a seed found today still fails the same way after the next release.
//
// A stream is named by (seed, purpose, id). Two purposes never share a stream, so drawing more for
// one thing leaves the luck of every other thing unchanged. That is what makes removing a fault
// from a failing run meaningful. For the same reason each of [PPM.Hit], [Between], [Exponential]
// and [LogNormal.Sample] draws exactly once, whatever its parameters: turning a rate up or down
// moves no later draw.
//
// # Distributions
//
// There are no floats here. Probabilities are [PPM], and distributions are inverse-CDF tables of
// integers: compilers fuse floating-point multiply-add differently per architecture, and one
// differing bit makes another universe. The tables hold exact values rounded to 32 fractional bits;
// between two entries a line is drawn. They follow the octaves of the draw (its leading zeros are
// the exponent, the bits below the mantissa), so the tail is as fine as the middle:
//
//	table          entries  error of the line                     used by
//	ln m            257     2e-6                                  [Exponential]
//	normal z        1025    2e-4 standard deviations, |z| < 6.4   [LogNormal]
//	2^f             257     1e-6 of the value                     [LogNormal]
//
// Errors this small shift a mean or a quantile by less than a million draws can show.
package rng
