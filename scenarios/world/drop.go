package world

// The codes by which the trace names why the world, and not the network, has dropped a message: each
// its own, and none of [netmodel.Cause].
const (
	dropForged  = 255 - iota // an outsider has made it, and has no key
	dropForeign              // it is in another version than its receiver's
	dropAstray               // it goes to where its receiver is no more
)
