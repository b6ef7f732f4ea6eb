package explore_test

import (
	"slices"

	"butterfly/node"
	"butterfly/node/crdt"
	"butterfly/scenarios/rivals/literal"
)

// recordWinner keeps one record of a key, with the causal past of the record: a record supersedes
// one in its past, and between concurrent ones the priority decides.
type recordWinner struct{ *plain }

func newRecordWinner(self crdt.Actor) replica { return recordWinner{newPlain(self)} }

func (m recordWinner) Apply(d *delta, _ func(uint32)) bool {
	for i := range d.Entries {
		other := &d.Entries[i]
		e, r := m.entry(other.Key), other.Siblings[0]
		if m.versions.Covers(r.Dot) || len(e.siblings) > 0 && !m.beats(other, e) {
			continue
		}
		e.context, e.siblings = slices.Clone(other.Context), []sibling{r}
	}
	m.versions.Join(&d.Versions)
	return true
}

func (recordWinner) beats(other *crdt.Entry[uint32, uint64], e *plainEntry) bool {
	theirs, ours := other.Siblings[0], e.siblings[0]
	if crdt.VersionVector(other.Context).Covers(ours.Dot) || e.context.Covers(theirs.Dot) {
		return !e.context.Covers(theirs.Dot)
	}
	return prior(theirs, ours)
}

// pruner drops from the siblings all but the one of the highest priority, after each merge.
type pruner struct{ *plain }

func newPruner(self crdt.Actor) replica { return pruner{newPlain(self)} }

func (m pruner) Apply(d *delta, changed func(uint32)) bool {
	m.plain.Apply(d, changed)
	for i := range m.entries {
		if e := &m.entries[i]; len(e.siblings) > 1 {
			e.siblings = []sibling{first(e.siblings)}
		}
	}
	return true
}

// newPartial is the talk's map where A, unlike the others, ranks itself first, as if priority were
// taken over the servers one believes to be alive.
func newPartial(self crdt.Actor) replica {
	c := newConfig()
	if self.Node() == 0 {
		c.Priority = func(_ uint32, writer node.ID) uint64 { return 9 - uint64(writer) }
	}
	return talks{literal.New(self, c)}
}

// hasty answers with one record at a time and with all of its vector.
type hasty struct {
	*crdt.Map[uint32, uint64]
}

func newHasty(self crdt.Actor) replica { return hasty{crdt.New(self, newConfig())} }

func (m hasty) Answer(since *crdt.CausalContext, limit int, d *delta) {
	m.Map.Answer(since, limit, d)
	d.Versions.CopyFrom(m.Versions())
}

// onlyRecord cuts an answer down to the record of key, and its vector to the part that is safe:
// that is before any record left out.
func onlyRecord(d *delta, key uint32) {
	safe := crdt.VersionVector{}
	for _, dot := range d.Versions {
		for _, e := range d.Entries {
			if left := e.Siblings[0].Dot; e.Key != key && left.Actor == dot.Actor {
				dot.Seq = min(dot.Seq, left.Seq-1)
			}
		}
		if dot.Seq > 0 {
			safe.Advance(dot)
		}
	}
	d.Versions = safe
	d.Entries = slices.DeleteFunc(d.Entries, func(e crdt.Entry[uint32, uint64]) bool {
		return e.Key != key
	})
}

// folded has seen, it says, all writes of the earlier lives of a server of which it has seen a
// later one: its vector has one entry for a server, the life and the number, in that order.
type folded struct {
	*crdt.Map[uint32, uint64]
}

func newFolded(self crdt.Actor) replica { return folded{crdt.New(self, newConfig())} }

func (m folded) Context(c *crdt.CausalContext) {
	m.Map.Context(c)
	for _, dot := range *m.Versions() {
		if boot := dot.Actor.Boot(); boot > 1 {
			earlier := crdt.NewActor(dot.Actor.Node(), boot-1)
			c.Vector.Advance(crdt.Dot{Actor: earlier, Seq: crdt.Retired})
		}
	}
}

func (m folded) VersionHash() uint64 {
	var c crdt.CausalContext
	m.Context(&c)
	return c.Hash()
}

func (m folded) Apply(d *delta, changed func(uint32)) bool {
	return gullible(m).Apply(d, changed)
}

// gullible applies any answer, whatever request it is to.
type gullible struct {
	*crdt.Map[uint32, uint64]
}

func newGullible(self crdt.Actor) replica { return gullible{crdt.New(self, newConfig())} }

func (m gullible) Apply(d *delta, changed func(uint32)) bool {
	any := *d
	any.Since = crdt.CausalContext{}
	return m.Map.Apply(&any, changed)
}

// dropper removes by forgetting the value.
type dropper struct{ *plain }

func newDropper(self crdt.Actor) replica { return dropper{newPlain(self)} }

func (m dropper) Remove(key uint32) (crdt.Dot, bool) {
	m.entry(key).siblings = nil
	return crdt.Dot{}, false
}

// forgetter collects every tombstone it has, whoever may not have seen it.
type forgetter struct{ *plain }

func newForgetter(self crdt.Actor) replica { return forgetter{newPlain(self)} }

func (m forgetter) Collect(*crdt.VersionVector) {
	m.entries = slices.DeleteFunc(m.entries, func(e plainEntry) bool { return len(e.siblings) == 0 })
}

// retirer deletes the entry of a writer from its vectors.
type retirer struct{ *plain }

func newRetirer(self crdt.Actor) replica { return retirer{newPlain(self)} }

func (m retirer) Prune(gone crdt.Actor) {
	of := func(dot crdt.Dot) bool { return dot.Actor == gone }
	m.versions = slices.DeleteFunc(m.versions, of)
	for i := range m.entries {
		m.entries[i].context = slices.DeleteFunc(m.entries[i].context, of)
	}
}
