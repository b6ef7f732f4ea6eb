package world

import (
	"butterfly/checkers"
	"butterfly/node"
	"butterfly/sim"
)

// Dialect is another version of the wire format: hosts that speak it and hosts that do not refuse each
// other's messages.
type Dialect[M any] struct {
	// Native reports whether a host speaks it from its first start. The others do once they have been
	// upgraded.
	Native func(host node.ID) bool
	// Codec takes the place of Spec.Codec with those who speak it; nobody asks for it where there is none,
	// and what either is for says Spec.Codec.DamagedOnly.
	Codec *Codec[M]
}

// speaks reports whether a host spoke the dialect in a life of its.
func (w *World[M]) speaks(host node.ID, life int) bool {
	d := w.spec.Dialect
	upgraded := w.hosts[host].upgraded
	return d != nil && (d.Native(host) || upgraded > 0 && life >= upgraded)
}

// speaksNow is speaks for the present life, or the next if the host is down.
func (w *World[M]) speaksNow(host node.ID) bool { return w.speaks(host, w.kernel.Life(host)) }

// spoke reports whether the sender of a message that has arrived spoke the dialect when it sent it.
func (w *World[M]) spoke(s *sim.Step[M]) bool { return w.speaks(s.From, w.kernel.SenderLife()) }

// codec is that of hosts that speak the dialect or not.
func (w *World[M]) codec(dialect bool) *Codec[M] {
	if dialect {
		return w.spec.Dialect.Codec
	}
	return w.spec.Codec
}

// codecOf is the codec by which a host encodes what it sends and decodes what it gets.
func (w *World[M]) codecOf(host node.ID) *Codec[M] { return w.codec(w.speaksNow(host)) }

// foreign reports whether a datagram or a request that has arrived is in another version than its
// receiver's, which refuses it.
func (w *World[M]) foreign(s *sim.Step[M]) bool {
	return w.spec.Dialect != nil && w.spoke(s) != w.speaksNow(s.Host) && w.rejects(s)
}

// rejects gives a foreign message to its receiver's parser, and counts that it was refused. A parser that
// takes it all the same has misread it: the message gets through.
func (w *World[M]) rejects(s *sim.Step[M]) bool {
	if w.spec.Codec != nil && w.misread(s) {
		return false
	}
	w.refused++
	w.observe.report.Saw(checkers.SituationForeign)
	w.remarkDrop(s.From, s.Host, s.Size, dropForeign)
	return true
}

// misread encodes a foreign message as its sender did, and reports whether the receiver takes it for one
// of its own.
func (w *World[M]) misread(s *sim.Step[M]) bool {
	w.wire = w.codec(w.spoke(s)).Append(w.wire[:0], s.Message)
	return w.parses(s.Host, w.wire)
}

// countSides works out the sides of the network. Those who speak the dialect have sides of their own:
// nothing passes between two versions, and through the other one neither.
func (w *World[M]) countSides() int {
	if w.spec.Dialect == nil {
		return w.network.Sides(w.Up, w.sides)
	}
	count := w.network.Sides(func(id node.ID) bool { return w.Up(id) && !w.speaksNow(id) }, w.sides)
	theirs := make([]int, len(w.hosts))
	others := w.network.Sides(func(id node.ID) bool { return w.Up(id) && w.speaksNow(id) }, theirs)
	for id, side := range theirs {
		if side >= 0 {
			w.sides[id] = count + side
		}
	}
	return count + others
}
