// Package versus compares designs on equal terms: the same scenario, the same seeds, the same
// faults, the same checkers and the same meters.
//
//	             ┌─ Under(design) ─▶ runs of everyone  ─┐
//	Scenario ────┼─ Under(design) ─▶ runs of multicast ─┼──Add──▶ Comparison ──Rows──▶ a Row per design
//	(and seeds)  └─ ...                                 ─┘
//
// A seed draws the storm from the scenario alone, so that what goes wrong is the same for all
// designs: the same servers crash at the same moments, and the same origins die. Who plays the
// runs, in which order and how many at once, is the caller's business.
//
// # What is compared
//
// [Quantities] lists it. A [Figure] is one number of many runs: the worst where a promise is about
// the worst, a mean where work is shared out, a median of times that have no bound in some designs.
// It says how many runs measured it, for a design may never reach what a time leads up to: a figure
// of fewer runs than there are is too good to be true for the others.
//
// Promises are those of our design, bounds included. A rival that breaks one has not failed at what
// it was made for; it was made for less.
package versus
