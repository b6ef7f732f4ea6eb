package checkers

import "testing"

// "with a write it has seen what the writer had seen when it wrote".
func TestMapHistoryFiresOnAnEffectWithoutItsCause(t *testing.T) {
	m := playMaps(t, 3, MapPromise{})
	m.write(0, 1, 0xa)
	m.pull(1, 0)
	effect := m.write(1, 2, 0xb)
	m.maps[2].seen[effect] = m.maps[1].seen[effect]
	m.maps[2].vector[life(1, 1)] = 1
	m.at(2 * second).changed(2)
	m.broke(PropertyCausalClosure, 2*second,
		"host 2 has seen 1.1:1, whose writer had seen 0.1:1, and only 0 writes of the latter's")
}

// Where answers are cut short the same is in order, and a key without its past is not.
func TestTruncatedAnswersAreClosedForEachKey(t *testing.T) {
	for key, want := range map[uint32][]string{2: nil, 1: {PropertyCausalClosure}} {
		m := playMaps(t, 3, MapPromise{Truncated: true})
		m.write(0, 1, 0xa)
		m.pull(1, 0)
		effect := m.write(1, key, 0xb)
		m.maps[2].seen[effect] = m.maps[1].seen[effect]
		m.maps[2].cloud = []Dot{effect}
		m.changed(2)
		m.breaks(want...)
	}
}
