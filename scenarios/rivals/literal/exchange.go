package literal

import "butterfly/node/crdt"

// Answer is the slides' Received_Version: it fills delta with every record whose dot did not happen
// before since, and the replica's version vector. The slides cut nothing short, so limit is not
// looked at.
func (m *Map[K, V]) Answer(since *crdt.CausalContext, limit int, delta *crdt.Delta[K, V]) {
	delta.Reset()
	delta.Since.CopyFrom(since)
	delta.Versions.CopyFrom(&m.versions)
	if since.Vector.CoversAll(&m.versions) {
		return
	}
	for i := range m.records {
		if r := &m.records[i]; !since.Vector.Covers(r.dot) {
			delta.Append(r.key, []crdt.Dot{r.dot}, []crdt.Sibling[V]{r.sibling()})
		}
	}
}

// Apply is the slides' Received_Delta. It calls changed, unless it is nil, for each key whose
// record was replaced. It never refuses: the slides do not ask whether the delta answers the
// replica's own request.
func (m *Map[K, V]) Apply(delta *crdt.Delta[K, V], changed func(K)) bool {
	for i := range delta.Entries {
		e := &delta.Entries[i]
		if r := e.Siblings[0]; m.takes(e.Key, r.Dot, delta.Versions) {
			m.store(e.Key, r.Value, r.Dot)
			if changed != nil {
				changed(e.Key)
			}
		}
	}
	m.versions.Join(&delta.Versions)
	return true
}

// takes decides between the received record of key, written as dot at a replica at versions, and
// the replica's own.
func (m *Map[K, V]) takes(key K, dot crdt.Dot, versions crdt.VersionVector) bool {
	if m.versions.Covers(dot) {
		return false
	}
	p, known := m.places[key]
	if !known || versions.Covers(m.records[p].dot) {
		return true
	}
	return m.wins(key, dot, m.records[p].dot)
}

// wins reports whether dot has precedence over the concurrent dot other: the slides' rendezvous
// hashing. They do not say what happens between two lives of one server; here the later one wins.
func (m *Map[K, V]) wins(key K, dot, other crdt.Dot) bool {
	p, q := m.config.Priority(key, dot.Actor.Node()), m.config.Priority(key, other.Actor.Node())
	if p != q {
		return p > q
	}
	return dot.Compare(other) > 0
}
