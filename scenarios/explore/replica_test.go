package explore_test

import (
	"butterfly/checkers"
	"butterfly/node"
	"butterfly/node/crdt"
	"butterfly/scenarios/rivals/literal"
)

// The maps of the models have keys 0, 1, ..., printed k1, k2, ..., and values that are never used
// twice. Servers 0, 1, 2 are printed A, B, C.
type (
	delta   = crdt.Delta[uint32, uint64]
	sibling = crdt.Sibling[uint64]
	config  = crdt.Config[uint32, uint64]
)

// replica is what a model asks of one replica of a map: the public API of [crdt.Map], which the
// broken designs share.
type replica interface {
	Put(key uint32, value uint64) crdt.Dot
	Remove(key uint32) (crdt.Dot, bool)
	Siblings(key uint32) []sibling
	Context(*crdt.CausalContext)
	Horizon() *crdt.VersionVector
	Answer(since *crdt.CausalContext, limit int, d *delta)
	Apply(d *delta, changed func(uint32)) bool
	Collect(stable *crdt.VersionVector)
	VersionHash() uint64
	StateHash() uint64
}

// newConfig gives priority to the later letter: C > B > A.
func newConfig() config {
	return config{
		KeyHash:   func(key uint32) uint64 { return uint64(key) },
		ValueHash: func(value uint64) uint64 { return value },
		Priority:  func(_ uint32, writer node.ID) uint64 { return uint64(writer) },
	}
}

func correct(self crdt.Actor) replica { return crdt.New(self, newConfig()) }

// talks is the talk's map, of which nothing can be removed.
type talks struct {
	*literal.Map[uint32, uint64]
}

func newTalks(self crdt.Actor) replica { return talks{literal.New(self, newConfig())} }

func (talks) Remove(uint32) (crdt.Dot, bool) { return crdt.Dot{}, false }

func (talks) Horizon() *crdt.VersionVector { return &crdt.VersionVector{} }

func (m talks) Siblings(key uint32) []sibling {
	if s, found := m.Get(key); found {
		return []sibling{s}
	}
	return nil
}

// witness answers the questions of checkers about the replica that a server has at the moment.
type witness struct{ current func() *server }

func (w witness) Actor() uint64 { return uint64(w.current().actor) }

func (w witness) Vector(buffer []checkers.Dot) []checkers.Dot {
	return appendDots(buffer, w.current().seen.Vector)
}

func (w witness) Cloud(buffer []checkers.Dot) []checkers.Dot {
	return appendDots(buffer, w.current().seen.Cloud)
}

func (w witness) Siblings(key uint32, buffer []checkers.Sibling) []checkers.Sibling {
	for _, s := range w.current().replica.Siblings(key) {
		buffer = append(buffer, checkers.Sibling{Dot: told(s.Dot), Value: s.Value})
	}
	return buffer
}

func appendDots(buffer []checkers.Dot, dots []crdt.Dot) []checkers.Dot {
	for _, dot := range dots {
		buffer = append(buffer, told(dot))
	}
	return buffer
}

func told(dot crdt.Dot) checkers.Dot { return checkers.Dot{Actor: uint64(dot.Actor), Seq: dot.Seq} }
