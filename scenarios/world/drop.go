package world

import (
	"butterfly/node"
	"butterfly/sim/trace"
)

// The codes by which the trace names why the world, and not the network, has dropped a message: each
// its own, and none of [netmodel.Cause].
const (
	dropForged  = 255 - iota // an outsider has made it, and has no key
	dropForeign              // it is in another version than its receiver's
	dropAstray               // it goes to where its receiver is no more
)

// remarkDrop writes into the trace that a message does not arrive, and why: one of the codes above, or a
// [netmodel.Cause].
func (w *World[M]) remarkDrop(from, to node.ID, size int, code uint16) {
	w.kernel.Remark(&trace.Record{
		Kind: trace.Drop, Host: uint32(to), Peer: uint32(from), Size: uint32(size), Code: code,
	})
}
