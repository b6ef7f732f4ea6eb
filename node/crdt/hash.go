package crdt

import "butterfly/sim/rng"

// VersionHash summarises what this replica has seen. It is [CausalContext.Hash] of its Context
// without the dots in the cloud that their own writer has replaced since: they make no difference
// to the state.
func (m *Map[K, V]) VersionHash() uint64 { return m.versionHash }

// StateHash summarises what can be read: all keys that have a value, with their siblings. By
// invariant 1 replicas with equal VersionHash have equal StateHash. What is left of removed and
// overwritten writes is no part of it, since replicas collect that at different times.
func (m *Map[K, V]) StateHash() uint64 { return m.stateHash }

// The hashes of a context and of a map are sums over their parts, so that a change of one part
// costs a subtraction and an addition, and the order of the parts does not matter.

func (d Dot) hash() uint64 { return rng.Mix(rng.Mix(uint64(d.Actor)) + d.Seq) }

// hashEntry digests one key, whose digest is given, with its siblings, which are in canonical
// order.
func (m *Map[K, V]) hashEntry(e *entry[K, V], digest uint64) uint64 {
	h := digest
	for i := range e.size {
		if s := m.at(e, i); s.alive {
			h = rng.Mix(h ^ m.dot(s).hash())
			h = rng.Mix(h ^ m.config.ValueHash(s.value))
		}
	}
	return h
}
