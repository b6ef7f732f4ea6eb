package literal

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/crdt"
)

// replica is the method set that crdt.Map and the talk's map have in common: one can stand in for
// the other.
type replica interface {
	Put(key, value uint64) crdt.Dot
	Remove(key uint64) (crdt.Dot, bool)
	Get(key uint64) (crdt.Sibling[uint64], bool)
	AppendSiblings(siblings []crdt.Sibling[uint64], key uint64) []crdt.Sibling[uint64]
	Len() int
	Versions() *crdt.VersionVector
	Context(c *crdt.CausalContext)
	Answer(since *crdt.CausalContext, limit int, delta *crdt.Delta[uint64, uint64])
	Apply(delta *crdt.Delta[uint64, uint64], changed func(uint64)) bool
	VersionHash() uint64
	StateHash() uint64
}

var (
	_ replica = (*Map[uint64, uint64])(nil)
	_ replica = (*crdt.Map[uint64, uint64])(nil)
)

// testConfig gives priority to the higher ID: C > B > A.
func testConfig() crdt.Config[uint64, uint64] {
	return crdt.Config[uint64, uint64]{
		KeyHash:   func(k uint64) uint64 { return k },
		ValueHash: func(v uint64) uint64 { return v },
		Priority:  func(_ uint64, writer node.ID) uint64 { return uint64(writer) },
	}
}

func talksMap(id node.ID) replica { return New(crdt.NewActor(id, 1), testConfig()) }

func ourMap(id node.ID) replica { return crdt.New(crdt.NewActor(id, 1), testConfig()) }

func newReplicas(n int, one func(node.ID) replica) []replica {
	replicas := make([]replica, n)
	for i := range replicas {
		replicas[i] = one(node.ID(i))
	}
	return replicas
}

func pull(to, from replica, delta *crdt.Delta[uint64, uint64]) {
	var since crdt.CausalContext
	to.Context(&since)
	from.Answer(&since, 0, delta)
	to.Apply(delta, nil)
}

// mix lets everybody pull from everybody, twice: then everything is everywhere.
func mix(replicas []replica, delta *crdt.Delta[uint64, uint64]) {
	for range 2 {
		for _, to := range replicas {
			for _, from := range replicas {
				pull(to, from, delta)
			}
		}
	}
}

func TestPutGetAll(t *testing.T) {
	m := New(crdt.NewActor(0, 1), testConfig())
	_, found := m.Get(7)
	require.False(t, found)
	m.Put(7, 1)
	dot := m.Put(7, 2)
	m.Put(8, 3)
	require.Equal(t, crdt.Dot{Actor: crdt.NewActor(0, 1), Seq: 2}, dot)
	got, found := m.Get(7)
	require.True(t, found)
	require.Equal(t, crdt.Sibling[uint64]{Dot: dot, Value: 2}, got)
	require.Equal(t, 2, m.Len())
	var keys []uint64
	for key := range m.All() {
		keys = append(keys, key)
	}
	require.Equal(t, []uint64{7, 8}, keys)
}

// "One record per key", and "the slides say nothing about removal, so there is none here".
func TestOneRecordIsAllThereIsAndItStays(t *testing.T) {
	m := New(crdt.NewActor(0, 1), testConfig())
	require.Empty(t, m.AppendSiblings(nil, 7))
	m.Put(7, 1)
	m.Put(7, 2)
	only, _ := m.Get(7)
	before := m.StateHash()
	_, removed := m.Remove(7)
	require.False(t, removed)
	require.Equal(t, before, m.StateHash())
	require.Equal(t, []crdt.Sibling[uint64]{only}, m.AppendSiblings(nil, 7))
}

// The hashes are functions of the content, however it came about.
func TestEqualContentEqualHashes(t *testing.T) {
	replicas := newReplicas(2, talksMap)
	var delta crdt.Delta[uint64, uint64]
	replicas[0].Put(1, 1)
	replicas[0].Put(1, 2)
	replicas[0].Put(2, 2)
	require.NotEqual(t, replicas[0].StateHash(), replicas[1].StateHash())
	pull(replicas[1], replicas[0], &delta)
	require.Equal(t, replicas[0].VersionHash(), replicas[1].VersionHash())
	require.Equal(t, replicas[0].StateHash(), replicas[1].StateHash())
}
