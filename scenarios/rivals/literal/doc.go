// Package literal is the shared map of the talk "Building a Skyscraper with Legos: The Anatomy of a
// Distributed System" exactly as its slides describe it, to be measured against [crdt.Map], whose
// methods and messages it has.
//
//	Received_Version(V)  answer with every record whose dot V does not cover, and the own vector
//	Received_Delta(D)    for each record R of D:
//	                       skip it if the own vector covers R.dot
//	                       take it if there is none of that key, or D.Version covers its dot
//	                       else they are concurrent: rendezvous hashing decides
//	                     then join D.Version into the own vector
//
// One record per key, the version vector of the whole replica for the causality of each record, and
// a priority between concurrent records: the three do not make a join. A later record beats an
// earlier one and a record of high priority beats a concurrent one of low priority, and the union
// of these two relations has cycles, as in rock-paper-scissors. Which record survives a cycle
// depends on the order of the merges, and when the version vectors are equal nothing is sent any
// more. The test quotes the shortest such run, of seven events; it was found by exhaustive search.
//
// Only the next write of the key repairs it. With one or two writers per key it cannot happen.
//
// The slides say nothing about removal, so there is none here; nor about restarts, so this map
// applies answers that an earlier life of the replica asked for.
package literal
