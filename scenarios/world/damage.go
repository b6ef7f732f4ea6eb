package world

import (
	"butterfly/netmodel"
	"butterfly/node"
)

// showDamaged gives what is left of a damaged datagram to the parser, as if no checksum had refused
// it, and notes whether it passes for a message. Nobody gets that message, unless the carrier is bare.
func (w *World[M]) showDamaged(from, to node.ID, m *M, fate *netmodel.Fate) {
	c := w.spec.Codec
	if c == nil {
		return
	}
	if c.DamagedOnly {
		w.wire = w.codecOf(from).Append(w.wire[:0], m)
	} // else it is there: the message has just been weighed
	left := fate.Damage.Apply(w.wire)
	if !w.parses(to, left) {
		return
	}
	w.passed++
	if w.spec.BareCarrier {
		w.kernel.Deliver(w.kernel.Pack(from, &w.decoded, len(left)), to, fate.Delay[0])
	}
}

// parses reports whether bytes pass at a server for a message, which is left in w.decoded.
func (w *World[M]) parses(at node.ID, datagram []byte) bool {
	node.ResetMessage(&w.decoded)
	w.atWork = at
	err := w.codecOf(at).Parse(datagram, &w.decoded)
	w.atWork = nobody
	return err == nil
}
