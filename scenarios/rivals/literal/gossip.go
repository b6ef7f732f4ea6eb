package literal

import "butterfly/node/crdt"

// Context fills c with what the replica has seen: its version vector, for answers are never cut
// short.
func (m *Map[K, V]) Context(c *crdt.CausalContext) {
	c.Reset()
	c.Vector.CopyFrom(&m.versions)
}

// Collect does nothing: the slides remove nothing, so there is nothing to forget.
func (m *Map[K, V]) Collect(*crdt.VersionVector) {}
