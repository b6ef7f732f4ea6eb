// Package file reads and writes scenarios as YAML, and describes that form to editors.
//
//	name: two-sides
//	about: the network falls into two sides for a while
//	servers: 5-12
//	origins: 200
//	duration: 8m
//	latency: 50us..500us
//	loss: 0%-1%
//	faults:
//	  - kind: partition
//	    at: 1m
//	    for: 2m30s
//	    hosts: [0, 2-3]
//
// # The form
//
// A file holds one mapping, a [scenarios.Scenario] field by field. One table says which keys there are,
// what each means, how its value is written and whether it must be there: the parser, the printer and
// the JSON Schema are made of it, and a test compares it with the fields that a scenario has. How a
// value is written is a form of package form.
//
//	a time       90s, 1m30s, 500us    units ns, us, ms, s, m and h
//	a share      5%, 0.1%             to a millionth
//	a range      5-12, 0%-5%          of servers, origins, loss and the counts of a storm: the seed
//	                                  draws, both ends included
//	lengths      6h, 1h..6h           of faults that come at a rate, or lognormal(63m, 1.4)
//	numbers      [0, 4-7]             hosts and origins; a run of three or more prints as a range
//	a latency    as netmodel.ParseLatency takes it
//	places       [london, tokyo/a]    as netmodel.ParsePlace takes each
//	regions      a row each            round trips to each region before, and last within
//
// What is left out is 0, off or none, but for the merge of a cluster, which is then siblings, and the
// budget, which is on. The faults that a storm, a rate or a trial asks for are drawn when the scenario
// is expanded, and do not stand in the file.
//
// # Phases
//
// How long a run takes, and when its storm and its rates begin and end, may be said by lengths: how
// long before it, during it, and after it.
//
//	phases: {start: 1m, storm: 4m, settle: 5m}
//
// It stands for a duration of 10m and for from: 1m and to: 5m, which is how it is printed.
//
// # How a run is judged
//
// The section checkers names properties as reports do, and says whether each is checked, or the time
// within which it has to come true in place of the one that follows from the configuration:
//
//	checkers:
//	  at-least-one-checker: 40s
//	  probe-budget: off
//
// A bound that is set so is no promise of ours: a report says that it was set by hand.
//
// # What holds
//
// [Print] of what [Parse] returned parses to the same scenario and prints as the same text; the
// catalogue is printed, parsed and printed again in the tests. Parse never panics, takes time in
// proportion to the file, and refuses rather than guesses:
//
//   - a key that is unknown, stands twice or is missing, and a value of another type or form;
//   - all of YAML that makes a file hard to read or larger than it looks: anchors, aliases, merge keys,
//     tags, directives, keys after "?", a second document, deep nesting;
//   - a file of more than [MaxBytes], more than [MaxTargets] hosts and origins written as ranges;
//   - what [stage.Validate] refuses: sizes, lengths, parts that do not go together, and faults that no
//     seed can draw or that can do nothing.
//
// Every refusal is an [Error], which says where, what was found there and what is allowed.
package file
