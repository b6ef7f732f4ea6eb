// Package explore executes a small model in every way there is, up to a number of events.
//
// # The model
//
// A [Model] is a state, the events that may happen to it, and what each makes of it; Check says
// what must hold. The state is anything: the tests of this package put three replicas of the real
// map into it, with every checker of a real run. Nothing is known here of what is modelled.
//
//	Exhaust   every execution, shortest first: the first counterexample is a shortest one
//	Walk      random executions, for models too large: a counterexample, shortened
//	Shorten   deletes from an execution what its violation can do without
//
// A [Result] is a proof within its bounds, a counterexample, or says that the budget ran out and
// how far it went; it never passes off one for another.
//
// # What it proves
//
// If [Exhaust] is complete and found nothing, no execution of the model with so many events or
// fewer violates Check. That says nothing of longer ones, nor of more servers. It is worth having
// because of what Jackson calls the small scope hypothesis ("Software Abstractions", MIT Press
// 2006, section 5.1.3): most bugs have small counterexamples. The known ways to get a map without
// coordination wrong all do, eight events at most, and the tests find each.
//
// # How executions are merged
//
// States with equal keys are one state, and only the first and shortest execution that reaches it
// goes on. That is sound if Key tells apart all that Events, Apply and Check depend on, for then
// whatever follows one execution follows the other. Two reductions need nothing more:
//
//	symmetry        If servers, or keys, differ in nothing but their names, renaming them throughout
//	                an execution gives another one that is judged alike. Then the least key of a
//	                state's renamings is a key for them all. It is not sound if something depends
//	                on the order of names, such as a priority, or which record goes first.
//	partial order   Events that do not touch each other lead to the same state in any order. With a
//	                key that does not tell in which order they came, all orders are one state: the
//	                saving that partial order reduction is after, without a proof of independence to
//	                get wrong. Each order is still tried as a step, about two steps for a state of
//	                the map's model.
//
// A step is judged even if it leads to a state that is known, so a promise about steps, such as
// that a version vector never shrinks, is checked for all of them. A promise that depends on more
// of the past than the key tells apart is checked along one execution to each state: a violation is
// real, and its absence proves less.
//
// # What it costs
//
// States are not kept. Each is remembered as its parent and the event, and made again when its turn
// comes; neighbours share most of their histories, so that is about one event. With the keys seen,
// a state costs 53 to 72 bytes, whatever its size (live heap after collection, 130,000 to 1.8
// million states of three counters): ten million need about 600 MB. The time is the model's own. It
// is one goroutine: the order of the search is part of the result.
//
// # The caller's duties
//
// The functions of a model are deterministic and modify no state that was returned. Events offers
// what may happen in the same order every time. Key is sound, as above: leaving out of it what is
// always the same, or what a server cannot tell, is where to take care.
package explore
