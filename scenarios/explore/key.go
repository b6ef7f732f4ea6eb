package explore

import "butterfly/sim/rng"

// Key is a 128-bit digest of a state: a multiset of facts, in any order. The zero value is that of
// no facts. Among ten million states the chance that any two share a key by accident is below 1 in
// 10^24.
type Key [2]uint64

// With returns the key of a state for which fact holds as well. All that tells facts apart goes
// into the 64 bits, by position or through [rng.Mix].
func (k Key) With(fact uint64) Key {
	high := rng.Mix(fact + 0x9e3779b97f4a7c15)
	return Key{k[0] + high, k[1] + rng.Mix(high^fact)}
}

// Plus returns the key of a state that has the facts of both. So the parts of a state that do not
// change can keep their keys.
func (k Key) Plus(other Key) Key { return Key{k[0] + other[0], k[1] + other[1]} }

// Less is a total order of keys that means nothing. The least key of a state's renamings is a key
// for all of them.
func (k Key) Less(other Key) bool {
	return k[0] < other[0] || k[0] == other[0] && k[1] < other[1]
}
