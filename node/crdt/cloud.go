package crdt

import "slices"

// The cloud of a replica is not stored: it is the journals' records beyond its vector. Hardly ever
// is there one, so clouded says whether to look.
//
// The outdated among them make no difference to the state, and the hash leaves them out: who lacks
// one has not missed anything. They are in the cloud because a peer that holds nothing newer would
// otherwise send them again and again, and an answer that is cut short would hold nothing else.

// Context fills c with the set of all dots this replica has seen.
func (m *Map[K, V]) Context(c *CausalContext) {
	c.Reset()
	c.Vector.CopyFrom(&m.versions)
	if !m.clouded {
		return
	}
	for _, actor := range m.writers.order {
		for _, r := range m.ahead(actor) {
			c.Cloud = append(c.Cloud, Dot{m.writers.actors[actor], r.seq()})
		}
	}
	c.Cloud = slices.Compact(c.Cloud) // a liar may have used one dot for two keys
}

// Horizon returns up to where this replica has collected: with every dot in it that nothing is left
// of, it has forgotten that the write was overwritten. It is the map's own and not to be modified.
func (m *Map[K, V]) Horizon() *VersionVector { return &m.horizon }

// ahead returns the records of an actor's writes beyond the vector.
func (m *Map[K, V]) ahead(actor number) []record {
	return m.writers.journals[actor].after(m.versions.Seq(m.writers.actors[actor]))
}

// hasSeen reports whether this replica has seen all dots of since.
func (m *Map[K, V]) hasSeen(since *CausalContext) bool {
	if !m.versions.CoversAll(&since.Vector) {
		return false
	}
	for _, dot := range since.Cloud {
		if m.versions.Covers(dot) {
			continue
		}
		if j := m.writers.journal(dot.Actor); j == nil || !j.has(dot.Seq) {
			return false
		}
	}
	return true
}

// see joins versions after their writes have been merged, which may have gone beyond.
func (m *Map[K, V]) see(versions *VersionVector) {
	m.sortJournals(versions)
	if m.versions.Join(versions) || m.clouded {
		m.settle()
	}
}

// settle brings the hash up to date, and the vector to the end of what the cloud has next to it.
func (m *Map[K, V]) settle() {
	m.versionHash = m.versions.Hash()
	if !m.clouded {
		return
	}
	m.clouded = false
	for _, actor := range m.writers.order {
		m.versionHash += m.compact(actor)
	}
}

// compact advances the vector over an actor's dots that are next to it. It returns by how much
// that, and the dots beyond, which are the cloud, change the hash.
func (m *Map[K, V]) compact(actor number) uint64 {
	id := m.writers.actors[actor]
	before, hash := m.versions.Seq(id), uint64(0)
	seen := before
	for _, r := range m.ahead(actor) {
		if r.seq() == seen+1 {
			seen++
			continue
		}
		m.clouded = true
		if m.written(actor, r) != nil {
			hash += Dot{id, r.seq()}.cloudHash()
		}
	}
	if m.versions.Advance(Dot{id, seen}) {
		hash += Dot{id, seen}.hash()
		if before > 0 {
			hash -= Dot{id, before}.hash()
		}
	}
	return hash
}

// sortJournals puts the new writes in order: an entry with new writes of several actors came with
// the first of them. All are newer than the vector was before: what that covers, its entries hold
// already.
func (m *Map[K, V]) sortJournals(versions *VersionVector) {
	if m.clouded {
		for _, actor := range m.writers.order {
			m.writers.journals[actor].sortAfter(m.versions.Seq(m.writers.actors[actor]))
		}
		return
	}
	for _, newest := range *versions {
		if seen := m.versions.Seq(newest.Actor); seen < newest.Seq {
			if j := m.writers.journal(newest.Actor); j != nil {
				j.sortAfter(seen)
			}
		}
	}
}
