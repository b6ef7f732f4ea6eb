package backup

import (
	"math/bits"

	"butterfly/node"
)

// Message is the only message; what a kind does not mention is 0. Writes are numbered from 1, and
// the client begins one when the one before has been acknowledged. So whoever has a write has had
// all before it as well, and a log is written down as its last write.
type Message struct {
	Kind Kind
	// Term counts the leaders.
	Term uint32
	// Version counts the states of the controller, of a Lead.
	Version uint32
	// Life is the sender's, of a Hello, or the one of the receiver's that the controller knows, of
	// a Lead. A replica that has restarted is another one.
	Life uint32
	// Fresh: the sender has come up without its disk, of a Hello.
	Fresh bool
	// Leader and InSync are what the controller has decided, of a Lead.
	Leader node.ID
	InSync Set
	// Member is whom a Shrink or Grow is about.
	Member node.ID
	// Write is one write, or the last one of a log.
	Write uint32
}

// Kind says what a message is for.
type Kind uint8

const (
	// Hello tells the controller that a replica is there.
	Hello Kind = iota + 1
	// Lead tells everybody who leads, and who is in sync.
	Lead
	// Shrink and Grow ask the controller to change the in-sync set.
	Shrink
	Grow
	// Append is the client's next write, Appended its acknowledgement.
	Append
	Appended
	// Copy gives a backup the leader's log, and Copied says that it has it.
	Copy
	Copied
)

// Set is a set of servers, bit i being server i.
type Set uint32

func (s Set) has(id node.ID) bool    { return s&(1<<id) != 0 }
func (s Set) with(id node.ID) Set    { return s | 1<<id }
func (s Set) without(id node.ID) Set { return s &^ (1 << id) }
func (s Set) size() int              { return bits.OnesCount32(uint32(s)) }
func (s Set) minus(other Set) Set    { return s &^ other }
func (s Set) union(other Set) Set    { return s | other }

// What the servers say about themselves.
const (
	// Acknowledged: the client has been told that write A is safe.
	Acknowledged = node.UserEvents + iota
	// Led: the server leads from now on, with a log whose last write is A.
	Led
	// Shrunk: the controller has taken server Subject out of the in-sync set, which has A left.
	Shrunk
)
