package checkers

import "testing"

// At the end those that have seen the same must show the same, whatever happened to keys since they
// were last looked at.
func TestMapHistoryFiresOnUnequalFixedPoints(t *testing.T) {
	m := playMaps(t, 3, MapPromise{SingleWinner: true})
	x := m.write(0, 1, 0xa)
	m.write(1, 1, 0xb)
	m.pull(0, 1)
	m.pull(1, 0)
	m.maps[0].hidden[x] = true // host 2 shows nothing either, and has not seen them
	m.at(9 * second).end()
	m.broke(PropertyFixedPoint, 9*second,
		"hosts 1 and 0 have seen the same and end with the siblings [{0.1:1 10} {1.1:1 11}] and "+
			"[{1.1:1 11}] of key 1")
}

func TestReplicasThatHaveSeenDifferentThingsMayEndDifferently(t *testing.T) {
	m := playMaps(t, 3, MapPromise{})
	m.write(0, 1, 0xa)
	m.write(1, 1, 0xb)
	m.pull(2, 0)
	m.down(0)
	m.end()
	m.clean()
	m.metric("map_replicas_behind", 2)
}

// "those at the end that lack a write another replica of their side has seen."
func TestReplicasAreNotBehindWhatIsOutOfTheirReach(t *testing.T) {
	m := playMaps(t, 3, MapPromise{})
	m.write(0, 1, 0xa)
	m.cut(1, 0)
	m.end()
	m.metric("map_replicas_behind", 0)
}
