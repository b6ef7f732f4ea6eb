// Package fidelity asks whether the simulation tells the truth about live servers: it plays one
// course of events in the simulator, measures it by what was seen, and compares such measurements
// with those of servers that lived through the same course with real clocks and sockets.
//
//	Config ─┬─ Course(seed) ─▶ simulated servers ─▶ Log ─Measure─▶ Sample ─┐
//	        │                                                              ├─ Compare ─▶ Rows
//	        └─ Course(seed) ─▶ live servers ──────▶ Log ─Measure─▶ Sample ─┘
//
// Only the lower half is somebody else's: this package has neither a clock nor a socket. Whoever
// runs live servers follows the [Course], writes down what is seen, and lets [Log.Measure] make of
// it what it makes of a simulated one: there is one definition of each quantity.
//
// # The course of a trial
//
// Servers start within a moment of each other, find together and share out the origins. Then, a
// while after all is at rest,
//
//	traffic   is counted for some periods, while nothing happens
//	outages   begin one after the other: an origin fails its checks, for good
//	a kill    ends one server without a word
//
// and the trial goes on until all there is to see has been seen. Every moment is a number of
// protocol periods ([Config.Period]), and what begins does so at a random moment of one, so that no
// sample depends on phases: by the seed, the same in both halves.
//
// # What is measured
//
// [Quantities] lists it. A time that was not seen before the end of the trial is not made up: it is
// missing, and [Sample.Missing] counts it.
//
// # What the simulated servers are given of the live ones
//
// The same configuration of the machine; what each says of itself, since that is part of the news
// of a group; a network with the latency that was measured, or assumed, and the delay that the live
// side adds ([Config.Delay]); loss where the live side has it ([Loss]); and the size of a message in the
// real envelope ([Config.Size]). A server that is killed refuses the calls of others, because the
// system of its host does: that is a process that died, and not a host. Of what happens on streams of
// TCP only the delays are modelled.
//
// # How two samples are compared
//
// By the difference of their medians, relative to the live one, with an interval that holds it with
// a confidence of at least 95 % ([Row.Low], [Row.High]), and by the two-sample Kolmogorov-Smirnov
// distance, the largest difference of the two empirical distribution functions, with its critical
// value at 5 % ([CriticalDistance]). The distance of samples that are alike exceeds that once in
// twenty times. The medians are what is judged; of a large sample the distance finds the slightest
// difference, and one that matters to nobody.
//
// # Invariants
//
//  1. A simulated trial is a pure function of the configuration and the seed.
//  2. The course of a trial does not depend on what happens in it.
package fidelity
