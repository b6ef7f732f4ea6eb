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
	from.Answer(&VersionVector{}, &theirs)
	to.Answer(&VersionVector{}, &ours)
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
	m.mergeEntry(f.place, other)
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
	from.Answer(&folded, &delta)
	delta.Since.CopyFrom(&to.versions)
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
// V_B to [2] without k's death: B keeps k forever." That is why tombstones stay.
func TestSurvivesRemovalOnlyWithTombstone(t *testing.T) {
	const script = "w(A) p(B<-A) r(A)"
	broken := newStory()
	broken.remove = func(m *testMap, key string) {
		m.Remove(key)
		m.index, m.writers.journals[ownNumber] = newIndex(), journal{} // there is one key only
	}
	broken.play(script+" p(B<-A) p(C<-A)").requireLost(t, "k", "- a1 -")

	newStory().play(script+" p(B<-A) p(C<-A)").requireConverged(t, "k", "-")
}

// "In-flight reply crossing a restart, 8 events, only one write: w(A,k) | B req/reply/applied | B
// req(V=[1]) | A reply(0, ctx=[1]) | B crash+restart empty | reply applied => V_B=[1], store empty:
// B never receives k again."
func TestRefusesAnAnswerToAnEarlierLife(t *testing.T) {
	s := newStory().play("w(A) p(B<-A)")
	var late testDelta
	s.replicas[0].Answer(s.replicas[1].Versions(), &late)
	s.play("crash(B)")
	require.False(t, s.replicas[1].Apply(&late, nil))
	require.Empty(t, *s.replicas[1].Versions(), "a refusal changes nothing")
	s.settle().requireConverged(t, "k", "a1")

	broken := newStory().play("w(A) p(B<-A) crash(B) p(C<-A)")
	late.Since.Reset() // as if nobody had asked what the answer answers
	require.True(t, broken.replicas[1].Apply(&late, nil))
	broken.settle().requireLost(t, "k", "a1 - a1")
}
