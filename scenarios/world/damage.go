package world

import (
	"butterfly/netmodel"
	"butterfly/node"
)

// showDamaged gives what is left of a damaged datagram to the parser, as if no checksum had refused
// it, and notes whether it passes for a message. Nobody gets that message.
func (w *World[M]) showDamaged(m *M, damage netmodel.Damage) {
	c := w.spec.Codec
	if c == nil {
		return
	}
	if c.DamagedOnly {
		w.wire = c.Append(w.wire[:0], m)
	} // else it is there: the message has just been weighed
	node.ResetMessage(&w.decoded)
	if c.Parse(damage.Apply(w.wire), &w.decoded) == nil {
		w.passed++
	}
}
