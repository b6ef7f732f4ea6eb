package replicas

import (
	"butterfly/checkers"
	"butterfly/node"
	"butterfly/node/crdt"
)

// witness answers the questions of checkers for one life of a replica.
type witness struct {
	replica *Replica

	seen     crdt.CausalContext // memory to work in
	siblings []crdt.Sibling[uint64]
}

// witness returns the [checkers.Replica] of a host; nil while it is down.
func (g *group) witness(host node.ID) checkers.Replica {
	if r := g.replica(host); r != nil {
		return &witness{replica: r}
	}
	return nil
}

// Actor implements [checkers.Replica].
func (w *witness) Actor() uint64 { return uint64(w.replica.Actor()) }

// Vector implements [checkers.Replica].
func (w *witness) Vector(buffer []checkers.Dot) []checkers.Dot {
	return appendDots(buffer, *w.replica.Map().Versions())
}

// Cloud implements [checkers.Replica].
func (w *witness) Cloud(buffer []checkers.Dot) []checkers.Dot {
	w.replica.Map().Context(&w.seen)
	return appendDots(buffer, w.seen.Cloud)
}

// Siblings implements [checkers.Replica].
func (w *witness) Siblings(key uint32, buffer []checkers.Sibling) []checkers.Sibling {
	w.siblings = w.replica.Map().AppendSiblings(w.siblings[:0], key)
	for _, s := range w.siblings {
		buffer = append(buffer, checkers.Sibling{Dot: told(s.Dot), Value: HashValue(s.Value)})
	}
	return buffer
}

func appendDots(buffer []checkers.Dot, dots []crdt.Dot) []checkers.Dot {
	for _, dot := range dots {
		buffer = append(buffer, told(dot))
	}
	return buffer
}

// told is a dot in the words of the checkers.
func told(dot crdt.Dot) checkers.Dot { return checkers.Dot{Actor: uint64(dot.Actor), Seq: dot.Seq} }
