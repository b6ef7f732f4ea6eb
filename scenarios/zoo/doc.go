// Package zoo keeps planted bugs: the proof that the checkers bite.
//
// # The model
//
// A green run says as much as the checkers can see. What they can see is found out by bugs that are
// known, each of them planted by itself. A [Mutant] is a bug as data: a few [Patch] values, texts to be
// replaced in the sources of the node, and the [Hunt] values that are to find it. Nothing of it is in
// the product. It is compiled by
//
//	go build -overlay overlay.json ./cmd/butterfly
//
// where the overlay names, for each source with a patch, a copy that has it; the program that comes
// out is then hunted from outside, as a user would do it:
//
//	butterfly hunt storm -set servers=5 -set origins=50 -seeds 1-200 -failures 1 -json
//	butterfly shrink storm-0x0000000000000003.json -json
//
// The zoo began as a list of hypotheses that was drawn up before there was any code to plant them in,
// M01 to M40, a few numbers of which were never given out. Where our design differs, the mutant is
// the nearest equivalent, and its title says what it is here. M41 and up are the pitfalls of the
// literature, bugs of others, and rules that the packages of the node state in their documentation:
// a rule that can be broken unnoticed is not checked.
//
// The mutants are in files by what they are bugs of:
//
//	swim.go       who is suspected, who answers, who is declared dead
//	group.go      leaving, forgetting, healing
//	ownership.go  who checks what
//	maps.go       what two replicas make of two entries of one key
//	deltas.go     what is sent, and what is taken for seen
//	lives.go      writers that restart, and forgetting those that are over
//	health.go     what is concluded from probes, and written about it
//	routing.go    where requests go, and how an agent reads the map
//
// # The kill matrix
//
// [Measure] makes so many searches with a strategy, each over [SeedsPerRestart] seeds of its own, and
// stops each at the first run that fails. A run fails if it breaks a promise, and also if it panics: an
// assertion is a checker, too, and is counted apart. The median of the seeds that it took, and of the
// faults that were left when the failed plan had been shrunk, make a row, a [Kill]. All rows, of all
// mutants, hunts and strategies, are the [Matrix]. Its table is in MATRIX.md beside this file, made by
//
//	go test ./scenarios/zoo -run 'TestZoo$' -zoo -timeout 0 -v
//
// which takes a few hours, and may be stopped: what has been measured stands in MATRIX.csv and is
// not measured again, unless the patches of the mutant have changed. Delete a row to have it measured
// anew, or the file for all of them. -zoo.only=M08,M10 keeps to some mutants, -zoo.restarts=3 makes
// fewer searches, -zoo.strategies=random,pct with some of the strategies, -zoo.out=matrix writes elsewhere.
// Each flag has a twin in the environment, BUTTERFLY_ZOO=1, BUTTERFLY_ZOO_ONLY and so on, for go test of
// several packages, of which the others do not know the flags (./scenarios/...), and .ci/nightly
// measures all of it anew. It fails if a mutant survives, or one is found that is called equivalent.
//
// M00 is the program as it is. It is run wherever a mutant is hunted, with the same strategies and seeds, and
// must not fail once: a checker that bites everything proves as little as one that bites nothing.
//
// # Equivalent mutants
//
// A mutant that nobody can tell from the original by any promise has an argument in place of a kill
// ([Mutant.Equivalent]). Where there is something to plant, it is planted and hunted like the others:
// that it survives is measured, and that it must is argued.
//
// # Adding one
//
// Plant what would pass a review: a comparison turned, a line left out, a case forgotten. Choose the
// smallest scenario in which the faults occur that it takes. If it survives there are three
// explanations, and each is worth the search: it is not planted where it bites, no scenario has the
// fault, or a checker is missing. The tests that are always run show that every patch still fits, and that
// the matrix has each mutant as it is: hunt it with -zoo.only=M69, and commit the matrix with it.
package zoo
