// Package commit is an example of a protocol that is not ours, in the way a user writes one: atomic
// commitment, with two phases and with three. It knows package node and nothing of the harness;
// what is promised, and in which weather, is in commit_test.go, which would be in the user's
// module.
//
// # Two phases, and how they block
//
// The coordinator, server 0, asks the participants to vote, and tells them the outcome: commit if
// all have voted yes, abort otherwise (Gray, "Notes on Data Base Operating Systems", 1978). A vote
// for yes is a promise. Whoever has given it is in doubt until the outcome is known, and may
// neither commit nor abort on its own account, for the others may do the other thing.
//
//	coordinator     Prepare ─▶ votes ─▶ saved: commit ─▶ Commit
//	participant               saved: yes ──── in doubt ────────▶ saved: commit
//
// So one fault is enough: the coordinator crashes after the votes and before the outcome, and all
// participants are in doubt until it is back. TestTwoPhasesBlock finds this in a storm of crashes
// of any servers and of losses, and keeps one crash:
//
//	1m25.175s crash server 0 for 13.825s
//
// It has to be longer than the bound on doubt, which is 10 s here. What two phases never do is
// disagree, whatever is lost, late, cut off or restarted, as long as the disks are not lost:
// TestTwoPhasesNeverDisagree.
//
// # Three phases, and how they disagree
//
// Skeen ("Nonblocking Commit Protocols", SIGMOD 1981) puts a phase in between: the news that all
// have voted yes, which is acknowledged before anybody commits. Now participants in doubt can go on
// by themselves. They ask each other (termination.go): if somebody has the news, nobody can have
// aborted, and they commit; if nobody has it, nobody can have committed, and they abort. No crash
// of a single server blocks anybody: TestThreePhasesSurviveACrash.
//
// The price is that silence is taken for death. TestThreePhasesDisagreeAcrossAPartition finds the
// partition that this is wrong about, and keeps it alone:
//
//	10.224s partition server 2 from the rest for 3.776s
//
// It begins when the news is on its way. On one side of it servers have the news, and commit; on
// the other side nobody has, and server 2 aborts. Under the same partition two phases would have
// blocked: one of the two it has to be.
//
// # What is left out
//
// One transaction a second, at the whole second, and the next only when the one before is over, so
// that a fault at a given time hits the same phase of the same transaction whatever has happened
// before: this is what lets plans shrink. The states of all transactions are one byte each and
// never forgotten.
package commit
