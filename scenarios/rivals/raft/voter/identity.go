package voter

import (
	"butterfly/node"
	"butterfly/sim/clock"
)

// identity is what Raft knows a voter by. It outlives crashes that spare the disk, and no others:
// who has lost its disk has forgotten whom it voted for, and comes back as somebody else.
//
// The lowest byte is the node's ID plus 1; the rest is when the disk was found empty, in
// milliseconds plus 1, and 0 of the founders. So of two identities of a node the later is the
// greater.
type identity = uint64

func founder(id node.ID) identity { return identity(id) + 1 }

func newcomer(id node.ID, now clock.Time) identity {
	return (identity(now.Since().Milliseconds())+1)<<8 | founder(id)
}

// host is the node that an identity is of.
func host(id identity) node.ID { return node.ID(id&0xff) - 1 }
