// Package scenarios holds scenarios as plain values, and the catalogue of ours.
//
// A [Scenario] is everything about a run but its seed: how many servers and origins, what the
// network is like, how long it takes and what goes wrong. What goes wrong is either a list of
// [Fault] values or a [Storm], which asks for so many faults of each kind and leaves the details to
// the seed. [Scenario.Expand] turns the storm into faults, so that what is run, stored in a bundle,
// printed and shrunk is always a plain list.
//
// # The fault budget
//
// A false alarm costs more trust than a missed bug, so a storm stays inside what the protocols
// promise to survive: faults have minimum lengths, at least two servers stay up at all times, and
// the storm ends early enough for everything to settle before the run is over. Nothing is promised
// about how much of the cluster may be gone: a single server left over is to check all origins.
//
// Scenarios are run by package world through package cluster; this package only describes them.
package scenarios
