package explore_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/scenarios/explore"
)

// Each test explores a design that is near to [crdt.Map] and broken. It quotes the shortest
// execution that an independent search found, and says which one is found here by the checkers of
// real runs: as short, or shorter where a checker sees the loss before two replicas show it. "For
// good" means that the difference is still there when all have pulled from all, in turn, until that
// changed nothing; the quotes that end with a pull, and so show it, are a pull longer.

// finds demands that the shortest execution which violates a property is the given one.
func finds(t *testing.T, d *design, property, shortest string) {
	t.Helper()
	requireShortest(t, d.keeps(property), property, shortest)
}

// findsForGood demands that the shortest execution after which replicas that have seen the same
// differ for good is the given one.
func findsForGood(t *testing.T, d *design, shortest string) {
	t.Helper()
	requireShortest(t, d.settles(checkers.PropertyFixedPoint), checkers.PropertyFixedPoint, shortest)
}

func requireShortest(
	t *testing.T, m explore.Model[*cluster, event], property, shortest string,
) {
	t.Helper()
	r := explore.Exhaust(m, explore.Bounds{Events: len(strings.Fields(shortest))})
	require.ErrorContains(t, r.Violation, property+": ", r.String())
	require.Equal(t, shortest, line(r.Counterexample), r.String())
	t.Logf("%d states, %d events: %v", r.States, len(r.Counterexample), r.Violation)
}

// walksInto demands that of random walks of the given number of events, with seed 1, the given one
// is the first to violate a property, and that what remains of it is the given execution.
func walksInto(t *testing.T, d *design, property string, events, walk int, remains string) {
	t.Helper()
	f := explore.Walk(d.keeps(property), 1, events, 1_000)
	require.ErrorContains(t, f.Violation, property+": ", f.String())
	require.Equal(t, remains, line(f.Counterexample), f.String())
	require.Equal(t, walk, f.Walks)
}

// line prints an execution in one line.
func line(events []event) string { return strings.Trim(fmt.Sprint(events), "[]") }

// "w(B) z=(B,1) | w(C) x=(C,1) | p(A<-C) | w(A) y=(A,1) overwrites x | p(A<-B): z||y, pri B>A -> A
// holds z | p(B<-C): x||z, pri C>B -> B holds x | p(B<-A): A sends nothing useful: z is covered by
// V_B -> A: z, B: x, equal VVs": the talk's map, 7 events.
func TestSingleWinner(t *testing.T) {
	d := &design{
		replica: newTalks, singleWinner: true,
		servers: 3, keys: 1, alphabet: everywhere(3, 1, write, pull),
	}
	finds(t, d, checkers.PropertyStrong,
		"w(B,k1) w(C,k1) p(A<-C) w(A,k1) p(A<-B) p(B<-C) p(B<-A)")
	walksInto(t, d, checkers.PropertyStrong, 20, 277,
		"w(C,k1) p(A<-C) w(A,k1) w(B,k1) p(A<-B) p(B<-C) p(B<-A)")
}

// "Per-record DVV + priority: 6 events. Full per-record causality does not help: the order itself
// is intransitive."
func TestWinnerByRecord(t *testing.T) {
	d := &design{
		replica: newRecordWinner, singleWinner: true,
		servers: 3, keys: 1, alphabet: everywhere(3, 1, write, pull),
	}
	finds(t, d, checkers.PropertyStrong, "w(B,k1) w(C,k1) p(A<-B) p(A<-C) w(A,k1) p(B<-A)")
	walksInto(t, d, checkers.PropertyStrong, 20, 51,
		"w(B,k1) w(C,k1) p(C<-B) p(A<-C) w(A,k1) p(B<-A)")
}

// "DotFun with eager pruning of losers (loser dropped, dot kept in context), 7 events:
// ANNIHILATION: key vanishes although never deleted." The checkers that know what was written need
// no second replica: they fire where the first concurrent write is dropped, after 3 events.
func TestEagerPruning(t *testing.T) {
	d := &design{
		replica: newPruner, servers: 3, keys: 1, alphabet: everywhere(3, 1, write, pull),
	}
	finds(t, d, checkers.PropertyStrong,
		"w(B,k1) w(C,k1) p(A<-C) w(A,k1) p(A<-B) p(B<-C) p(B<-A)")
	finds(t, d, checkers.PropertyCausalPast, "w(A,k1) w(B,k1) p(A<-B)")
	finds(t, d, checkers.PropertyMapCoverage, "w(A,k1) w(B,k1) p(A<-B)")
	walksInto(t, d, checkers.PropertyStrong, 20, 277,
		"w(C,k1) p(A<-C) w(A,k1) w(B,k1) p(A<-B) p(B<-C) p(B<-A)")
}

// "View-dependent priority, only 2 writers, 5 events: w(A) w(B) p(C<-A) p(A<-B) p(C<-B); A ranks
// A>B, C ranks B>A -> A: a1, C: b1 with equal V=[1,1,0]." The execution found is as long, and ends
// with A and B.
func TestPriorityByView(t *testing.T) {
	d := &design{
		replica: newPartial, singleWinner: true,
		servers: 3, keys: 1, alphabet: everywhere(3, 1, write, pull),
	}
	finds(t, d, checkers.PropertyStrong, "w(A,k1) w(B,k1) p(C<-A) p(A<-B) p(B<-C)")
	walksInto(t, d, checkers.PropertyStrong, 20, 19,
		"w(C,k1) w(A,k1) p(B<-A) p(A<-C) p(C<-B)")
}

// "Truncated delta + full version-vector join => lost update, 3 events, 2 nodes: w(A,k1)=(A,1) |
// w(A,k2)=(A,2) | p_1rec(B<-A): B gets one and V_B:=[2]; the other record is never requested
// again."
func TestTruncationWithFullVector(t *testing.T) {
	const lost = "w(A,k1) w(A,k2) p(B<-A)"
	d := &design{
		replica: newHasty, limit: 1, servers: 2, keys: 2, alphabet: everywhere(2, 2, write, pull),
	}
	finds(t, d, checkers.PropertyMapCoverage, lost)
	finds(t, d, checkers.PropertyStrong, lost)
	walksInto(t, d, checkers.PropertyMapCoverage, 20, 1,
		"w(A,k1) w(A,k2) p(B<-A)")
}

// "Half-fix that is still wrong (7 events, 3 nodes, 2 writers, 2 keys): advance V only to the
// per-actor safe prefix, but keep using replica V as merge context. C's context for k2 should
// contain (A,2) but cannot express it; p(A<-C): A keeps the overwritten value. Permanent." The
// seven found are these with A and B in each other's place. The checker that knows what overwrote
// what fires one event earlier, at C. With a third writer the cycle of TestSingleWinner is shorter.
// And the safe prefix is not safe: before a write that is left out there may be one that it has
// overwritten, of which nothing is sent any more. B then claims it and shows nothing, unlike A when
// it had seen as much. That takes 3 events; [crdt.Map.Answer] ends the prefix at such a gap.
func TestTruncationWithVectorAsContext(t *testing.T) {
	d := &design{
		replica: newTalks, singleWinner: true, shorten: onlyRecord, servers: 3, keys: 2,
		alphabet: append(everywhere(3, 2, pullOne), everywhere(2, 2, write)...),
	}
	finds(t, d, checkers.PropertyStrong, "w(A,k1) w(A,k1) p(B<-A,k2)")
	finds(t, d, checkers.PropertyCausalClosure,
		"w(A,k1) p(B<-A,k1) w(A,k2) p(B<-A,k2) w(B,k2) p(C<-B,k2)")
	findsForGood(t, d,
		"w(B,k1) p(A<-B,k1) w(B,k2) p(A<-B,k2) w(A,k2) p(C<-A,k2) p(B<-C,k2)")
	walksInto(t, d, checkers.PropertyCausalClosure, 20, 122,
		"w(B,k2) p(A<-B,k2) w(B,k1) p(A<-B,k1) w(A,k1) p(C<-A,k1)")
}

// "w(A,k)=(A,1)v0 | p(B<-A) | crash A, restart empty, same id | w(A,k)=(A,1)v2 => one dot, two
// values; V equal [1]; never exchanged": 4 events. The dot is given out twice without B's help, and
// the checker of dots has seen both: 3 events.
func TestAmnesia(t *testing.T) {
	d := &design{
		replica: correct, amnesia: true,
		servers: 3, keys: 1, alphabet: everywhere(3, 1, write, pull, crash),
	}
	finds(t, d, checkers.PropertyDotUniqueness, "w(A,k1) crash(A) w(A,k1)")
	finds(t, d, checkers.PropertyStrong, "w(A,k1) crash(A) w(A,k1)")
	findsForGood(t, d, "w(A,k1) p(B<-A) crash(A) w(A,k1)")
	walksInto(t, d, checkers.PropertyDotUniqueness, 20, 1,
		"w(B,k1) crash(B) w(B,k1)")
}

// "Do NOT fold incarnation lexicographically into one VV entry: 4 events: w(A.0,k1) | p(B<-A) |
// crash/restart A.1 | w(A.1,k2): V=[(inc1,1)] covers (inc0,1) which C never received -> C never
// gets k1." After these four it is lost for good; a fifth shows it, and the same key will do.
func TestFoldedLives(t *testing.T) {
	d := &design{
		replica: newFolded, servers: 3, keys: 2, alphabet: everywhere(3, 2, write, pull, crash),
	}
	findsForGood(t, d, "w(A,k1) p(B<-A) crash(A) w(A,k1)")
	finds(t, d, checkers.PropertyStrong, "w(A,k1) p(B<-A) crash(A) w(A,k1) p(B<-A)")
	walksInto(t, d, checkers.PropertyStrong, 20, 27,
		"w(A,k1) p(C<-A) crash(A) w(A,k2) p(C<-A)")
}

// "w(A,k)=(A,1) | p(B<-A) | remove(A,k) by dropping record => V equal [1]; B keeps k forever": 3
// events. As strong convergence is about any two moments, A alone violates it, after 2.
func TestRemovalByDropping(t *testing.T) {
	d := &design{
		replica: newDropper, servers: 3, keys: 1, alphabet: everywhere(3, 1, write, pull, remove),
	}
	findsForGood(t, d, "w(A,k1) p(B<-A) r(A,k1)")
	finds(t, d, checkers.PropertyStrong, "w(A,k1) r(A,k1)")
	finds(t, d, checkers.PropertyMapCoverage, "w(A,k1) r(A,k1) p(B<-A)")
	walksInto(t, d, checkers.PropertyStrong, 20, 1,
		"w(B,k1) r(B,k1)")
}

// "Unilateral tombstone GC, 4 events: w(A,k) | p(B<-A) | tombstone(A,k)=(A,2) | gc(A) => later
// p(B<-A) moves V_B to [2] without k's death: B keeps k forever."
func TestTombstonesCollectedAlone(t *testing.T) {
	d := &design{
		replica: newForgetter, servers: 3, keys: 1,
		alphabet: everywhere(3, 1, write, pull, remove, collect),
	}
	findsForGood(t, d, "w(A,k1) p(B<-A) r(A,k1) gc(A)")
	finds(t, d, checkers.PropertyStrong, "w(A,k1) p(B<-A) r(A,k1) gc(A) p(B<-A)")
	finds(t, d, checkers.PropertyCausalPast, "w(A,k1) p(B<-A) r(A,k1) gc(A) p(B<-A)")
	walksInto(t, d, checkers.PropertyStrong, 20, 26,
		"w(C,k1) p(A<-C) r(A,k1) p(B<-C) gc(A) p(B<-A)")
}

// "Unilateral pruning, 5 events, 3 nodes: w(B,k)=(B,1) | p(A<-B) | w(A,k)=(A,1) overwrites |
// p(C<-A) | prune id B at A -> p(A<-B): the overwritten value returns at A." The return takes 5
// events without C, and what the vector loses shows after 3.
func TestWriterPrunedAlone(t *testing.T) {
	d := &design{
		replica: newRetirer, servers: 3, keys: 1, alphabet: everywhere(3, 1, write, pull, prune),
	}
	finds(t, d, checkers.PropertyVersionsGrow, "w(A,k1) p(B<-A) prune(B,A)")
	finds(t, d, checkers.PropertyCausalPast, "w(A,k1) p(B<-A) w(B,k1) prune(B,A) p(A<-B)")
	finds(t, d, checkers.PropertyMapCoverage,
		"w(A,k1) p(B<-A) w(B,k1) p(A<-B) prune(A,B) p(C<-A)")
	walksInto(t, d, checkers.PropertyCausalPast, 20, 18,
		"w(A,k1) p(B<-A) p(C<-A) w(B,k1) prune(B,A) p(C<-B)")
}

// "In-flight reply crossing a restart, 8 events, only one write: w(A,k) | B req/reply/applied | B
// req(V=[1]) | A reply(0, ctx=[1]) | B crash+restart empty | reply applied => V_B=[1], store
// empty." The execution found is as long; in it the writer itself is the one that restarts.
func TestAnswerToAnEarlierLife(t *testing.T) {
	const lost = "w(A,k1) req(B<-A) ans(B<-A) apply(B<-A) " +
		"req(A<-B) crash(A) ans(A<-B) apply(A<-B)"
	d := &design{
		replica: newGullible, late: 1, servers: 2, keys: 1,
		alphabet: everywhere(2, 1, write, crash, request, answer, apply),
	}
	finds(t, d, checkers.PropertyMapCoverage, lost)
	finds(t, d, checkers.PropertyStrong, lost)
	walksInto(t, d, checkers.PropertyMapCoverage, 30, 24,
		"req(A<-B) w(B,k1) ans(A<-B) apply(A<-B) req(A<-B) crash(A) ans(A<-B) apply(A<-B)")
}
