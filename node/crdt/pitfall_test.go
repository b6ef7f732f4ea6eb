package crdt

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// Each test quotes the shortest event sequence, found by exhaustive search, that breaks a design
// near to this one, shows that it breaks the design, and that this map survives it. Writes of C
// have priority over those of B, those of B over those of A.

// One winner per key, causality of a whole-replica vector, priority between concurrent writes: the
// talk's map. At the end "A: z, B: x (x was causally overwritten by y!), equal VVs, nothing is ever
// sent again". That this breaks the talk's map is shown where that map is, in
// scenarios/rivals/literal.
const singleWinner = "w(B) w(C) p(A<-C) w(A) p(A<-B) p(B<-C) p(B<-A)"

func TestSurvivesSingleWinnerSchedule(t *testing.T) {
	s := newStory().play(singleWinner)
	require.Equal(t, "b1 b1 c1", s.read("k"))
	s.settle().requireConverged(t, "k", "b1")
	require.Len(t, s.replicas[0].Siblings("k"), 2, "y and z are concurrent, x is overwritten")
}

// "Per-record DVV + priority: 6 events (last step p(C<-A): C holds x, z from A: x||z, C keeps x; A
// holds z). Full per-record causality does not help: the order itself is intransitive."
func TestSurvivesRecordCausalityWithPriority(t *testing.T) {
	const script = "w(B) w(C) p(A<-C) w(A) p(A<-B) p(C<-A)"
	broken := newStory()
	broken.pull = pullOneWinner
	broken.play(script).settle().requireLost(t, "k", "b1 b1 c1")

	newStory().play(script).settle().requireConverged(t, "k", "b1")
}

// pullOneWinner keeps one record per key, with its own causal past: a record supersedes another
// whose dot is in its past; between concurrent ones the priority decides.
func pullOneWinner(to, from *testMap) {
	var theirs, ours testDelta
	from.Answer(&CausalContext{}, 0, &theirs)
	to.Answer(&CausalContext{}, 0, &ours)
	for i := range theirs.Entries {
		e := &theirs.Entries[i]
		held := slices.IndexFunc(ours.Entries, func(o testEntry) bool { return o.Key == e.Key })
		if to.versions.Covers(e.Siblings[0].Dot) || held >= 0 && !beats(e, &ours.Entries[held]) {
			continue
		}
		replaceEntry(to, e)
	}
	to.versions.Join(&from.versions)
}

func beats(a, b *testEntry) bool {
	x, y := a.Siblings[0].Dot, b.Siblings[0].Dot
	aSawB, bSawA := VersionVector(a.Context).Covers(y), VersionVector(b.Context).Covers(x)
	if aSawB || bSawA {
		return aSawB
	}
	return x.Actor.Node() > y.Actor.Node()
}

// replaceEntry makes m forget what it knows of a key in favour of other.
func replaceEntry(m *testMap, other *testEntry) {
	f := m.locate(other.Key)
	m.entries[f.place].size = 0
	m.mergeEntry(f.place, other, &VersionVector{})
}

// "DotFun with eager pruning of losers (loser dropped, dot kept in context), 7 events:
// ANNIHILATION: A has z (B covers z, lacks it), B has x (A covers x, lacks it) -> both removed: key
// vanishes although never deleted." Here pulls are filtered, so that the other side sends.
func TestSurvivesEagerPruning(t *testing.T) {
	broken := newStory()
	broken.pull = func(to, from *testMap) {
		pull(to, from)
		for i := range to.entries {
			e := &to.entries[i]
			best, _ := to.resolve(e)
			overwriteAll(to, e, func(dot Dot) bool { return dot != best.Dot })
		}
	}
	broken.play(singleWinner)
	require.Equal(t, "b1 - c1", broken.read("k"), "B has lost what nobody removed")

	newStory().play(singleWinner).settle().requireConverged(t, "k", "b1")
}

// overwriteAll takes from e the values of the chosen dots.
func overwriteAll(m *testMap, e *entry[string, string], chosen func(Dot) bool) {
	for i := range e.size {
		if s := m.at(e, i); chosen(m.dot(s)) {
			s.overwrite()
		}
	}
}

// "View-dependent priority (rank computed over my live view), only 2 writers, 5 events: A ranks
// A>B, C ranks B>A -> A: a1, C: b1 with equal V=[1,1,0]." The state converges here whatever the
// priority; what is read does not, and that is why Priority must be a pure function.
func TestViewDependentPriorityReadsDifferently(t *testing.T) {
	const script = "w(A) w(B) p(C<-A) p(A<-B) p(C<-B)"
	broken := newStory()
	broken.replicas[0].config.Priority = func(_ string, writer node.ID) uint64 {
		return 9 - uint64(writer)
	}
	broken.play(script)
	require.Equal(t, "a1 b1 b1", broken.read("k"))
	requireSame(t, broken.replicas[0], broken.replicas[2])

	newStory().play(script).settle().requireConverged(t, "k", "b1")
}

// Amnesia: "w(A,k)=(A,1)v0 | p(B<-A) | crash A, restart empty, same id | w(A,k)=(A,1)v2 => one dot,
// two values; V equal [1]; never exchanged. With k'!=k: k' is never sent to B (covered) and k never
// sent to A."
func TestSurvivesRestartWithANewBoot(t *testing.T) {
	const script = "w(A,k) p(B<-A) crash(A) w(A,x)"
	broken := newStory()
	broken.newBoot = func(boot uint64) uint64 { return boot }
	broken.play(script + " p(C<-A)").settle()
	broken.requireLost(t, "k", "- a1 -")
	broken.requireLost(t, "x", "a1 - a1")

	s := newStory().play(script).settle()
	s.requireConverged(t, "k", "a1")
	s.requireConverged(t, "x", "a1")
}

// "Do NOT fold incarnation lexicographically into one VV entry: w(A.0,k1) | p(B<-A) | crash/restart
// A.1 | w(A.1,k2): V=[(inc1,1)] covers (inc0,1) which C never received -> C never gets k1."
func TestSurvivesWritesOfAnEarlierLife(t *testing.T) {
	const script = "w(A,k1) p(B<-A) crash(A) w(A,k2) p(C<-A) p(C<-B)"
	broken := newStory()
	broken.pull = pullFolded
	broken.play(script)
	require.Equal(t, "- a1 -", broken.settle().read("k1"))

	s := newStory().play(script)
	require.Equal(t, "- a1 a1", s.read("k1"))
	s.settle().requireConverged(t, "k1", "a1")
}

// pullFolded asks as if knowing a later life of a node were knowing all of its earlier ones.
func pullFolded(to, from *testMap) {
	folded := to.versions.Clone()
	for _, theirs := range from.versions {
		for _, ours := range to.versions {
			if ours.Actor.Node() == theirs.Actor.Node() && ours.Actor > theirs.Actor {
				folded.Advance(theirs)
			}
		}
	}
	var delta testDelta
	from.Answer(&CausalContext{Vector: folded}, 0, &delta)
	delta.Since.Vector.CopyFrom(&to.versions)
	to.Apply(&delta, nil)
}

// "w(A,k)=(A,1) | p(B<-A) | remove(A,k) by dropping record => V equal [1]; B keeps k forever (no
// new dot, nothing to send)."
func TestSurvivesRemoval(t *testing.T) {
	const script = "w(A) p(B<-A) r(A)"
	broken := newStory()
	broken.remove = func(m *testMap, key string) {
		f, _ := m.find(key)
		overwriteAll(m, &m.entries[f.place], func(Dot) bool { return true })
	}
	broken.play(script+" p(C<-A)").settle().requireLost(t, "k", "- a1 -")

	newStory().play(script).settle().requireConverged(t, "k", "-")
}

// "Unilateral tombstone GC: w(A,k) | p(B<-A) | tombstone(A,k)=(A,2) | gc(A) => later p(B<-A) moves
// V_B to [2] without k's death: B keeps k forever." Here who has not seen what A collected gets a
// whole answer.
func TestSurvivesUnilateralCollection(t *testing.T) {
	const script = "w(A) p(B<-A) r(A) gc(A)"
	broken := newStory()
	broken.collect = func(m *testMap) {
		m.Collect(m.Versions())
		m.horizon.Reset() // as if it had not
	}
	broken.play(script+" p(B<-A) p(C<-A)").requireLost(t, "k", "- a1 -")

	s := newStory().play(script)
	require.Empty(t, s.replicas[0].index.keys, "A has forgotten the key")
	s.play("p(B<-A) p(C<-A)").requireConverged(t, "k", "-")
	newStory().play(script+" p(A<-B)").settle().requireConverged(t, "k", "-")
}

// "Truncated delta + full version-vector join => lost update: w(A,k1)=(A,1) | w(A,k2)=(A,2) |
// p_1rec(B<-A) B gets k2 (or k1) and V_B:=[2]; the other record is never requested again."
func TestSurvivesTruncation(t *testing.T) {
	const script = "w(A,k1) w(A,k2) p1(B<-A) p(C<-A)"
	broken := newStory()
	broken.pullOne = func(to, from *testMap) {
		var delta testDelta
		from.Answer(contextOf(to), 1, &delta)
		delta.Versions.CopyFrom(from.Versions())
		to.Apply(&delta, nil)
	}
	broken.play(script).requireLost(t, "k2", "a2 - a2")

	s := newStory().play(script)
	require.Equal(t, VersionVector{{NewActor(0, 0), 1}}, *s.replicas[1].Versions())
	s.play("p1(B<-A)").requireConverged(t, "k2", "a2")
}

// "Half-fix that is still wrong (7 events): advance V only to the per-actor safe prefix but keep
// using replica V as merge context. p_1rec(C<-B): C gets k2->(B,1) [which overwrote (A,2)]; k1 ->
// omitted => V_C=[0,1] (C's context for k2 should contain (A,2) but cannot express it). p(A<-C): A
// keeps the overwritten value." Here the context of the entry says it, and (A,2) is in C's cloud.
func TestSurvivesTruncationOfACausalPast(t *testing.T) {
	s := newStory().play("w(A,k1) w(A,k2) w(A,k1) p(B<-A) w(B,k2) p1(C<-B)")
	a, b, c := s.replicas[0].self, s.replicas[1].self, s.replicas[2]
	require.Equal(t, CausalContext{VersionVector{{b, 1}}, []Dot{{a, 2}}}, *contextOf(c))
	require.Equal(t, "a3 a3 -", s.read("k1"), "it was left out")
	s.play("p(A<-C)")
	require.Equal(t, "b1 b1 b1", s.read("k2"), "it was sent with its past")
	s.settle().requireConverged(t, "k2", "b1")
}

// A safe prefix may not pass a write that a newer one of its writer has replaced: its key, k, may
// be among those that were left out. w(A,k)=(A,1), w(A,l)=(A,2), w(A,k)=(A,3): an answer with l
// alone says nothing of (A,1), though nobody keeps it.
func TestSafePrefixEndsAtAGap(t *testing.T) {
	s := newStory().play("w(A,k) w(A,l) p(C<-A) w(A,k) p1(B<-A)")
	b := s.replicas[1]
	require.Equal(t, "a2", b.Siblings("l")[0].Value)
	require.Empty(t, *b.Versions())
	require.Equal(t, []Dot{{NewActor(0, 0), 2}}, contextOf(b).Cloud)
	s.settle().requireConverged(t, "k", "a3")
}

// "Unilateral pruning, 5 events: w(B,k)=(B,1) | p(A<-B) | w(A,k)=(A,1) overwrites | p(C<-A) | prune
// id B at A -> p(A<-B): the overwritten value returns at A." A life that is retired stays covered.
func TestSurvivesRetirement(t *testing.T) {
	const script = "w(B) p(A<-B) w(A) p(C<-A) p(C<-B)"
	broken := newStory().play(script)
	a := broken.replicas[0]
	first := broken.replicas[1].self
	a.keep(&a.entries[0], func(s *slot[string]) bool { return a.dot(s).Actor != first })
	a.versions.Reset()
	a.versions.Advance(Dot{a.self, 1})
	broken.play("p(A<-B)")
	require.Equal(t, "b1", broken.read("k")[:2], "the overwritten value has returned")

	s := newStory().play(script + " crash(B) w(B,x) p(A<-B) p(C<-A) p(B<-A) gc(A)")
	a = s.replicas[0]
	require.Equal(t, uint64(Retired), a.Versions().Seq(first))
	require.Len(t, *a.Versions(), 3)
	s.settle().requireConverged(t, "k", "a1")
}

// "In-flight reply crossing a restart, 8 events, only one write: w(A,k) | B req/reply/applied | B
// req(V=[1]) | A reply(0, ctx=[1]) | B crash+restart empty | reply applied => V_B=[1], store empty:
// B never receives k again."
func TestRefusesAnAnswerToAnEarlierLife(t *testing.T) {
	s := newStory().play("w(A) p(B<-A)")
	var late testDelta
	s.replicas[0].Answer(contextOf(s.replicas[1]), 0, &late)
	s.play("crash(B)")
	require.False(t, s.replicas[1].Apply(&late, nil))
	require.Empty(t, *s.replicas[1].Versions(), "a refusal changes nothing")
	s.settle().requireConverged(t, "k", "a1")

	broken := newStory().play("w(A) p(B<-A) crash(B) p(C<-A)")
	late.Since.Reset() // as if nobody had asked what the answer answers
	require.True(t, broken.replicas[1].Apply(&late, nil))
	broken.settle().requireLost(t, "k", "a1 - a1")
}
