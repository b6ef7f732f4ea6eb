package record

import (
	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/wire"
	"butterfly/sim/clock"
)

// kind says what an [input] is, as the machine's method of that name does.
type kind byte

const (
	start kind = iota + 1
	receive
	wake
	serve
	returned
	probed
	leave
	register
	unregister
	define
	describe
)

func (k kind) String() string {
	return [...]string{
		start: "start", receive: "receive", wake: "wake", serve: "serve", returned: "returned",
		probed: "probed", leave: "leave", register: "register", unregister: "unregister",
		define: "define", describe: "describe",
	}[k]
}

// input is one input of a machine. Its kind says which of the other fields mean something.
type input struct {
	kind kind
	at   clock.Time // of all but define, which has no time

	from    node.ID       // receive, serve, returned
	message *wire.Message // receive, serve; returned, nil if there is none
	call    node.CallID   // returned
	failure node.Failure  // returned

	timer      node.TimerID      // wake
	result     node.ProbeResult  // probed
	origin     uint32            // register, unregister
	definition uint16            // register
	defined    health.Definition // define
	bytes      []byte            // start: what was saved, nil without; describe: the metadata
}
