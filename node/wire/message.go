package wire

import (
	"butterfly/node/crdt"
	"butterfly/node/health"
	"butterfly/node/swim"
)

// Message is everything our nodes say to each other. Kind says which of the other fields means
// something.
type Message struct {
	Kind Kind
	// Swim is a message of the failure detector. Kind Swim.
	Swim swim.Message
	// Since is the version vector of a replica that asks for what it lacks. Kind Pull.
	Since crdt.VersionVector
	// Answer is what it lacks; empty, versions included, when it lacks nothing. Its Since does not
	// travel: the puller knows what it asked. Kind Answer.
	Answer Delta
}

// Delta is an answer about the map of origins: from an origin's number to its status.
type Delta = crdt.Delta[uint32, health.Status]

// Kind says what a [Message] is. The zero kind is no message.
type Kind uint8

const (
	// Swim travels as a datagram, and as request and reply on a stream when members sync.
	Swim Kind = iota + 1
	// Pull is a request on a stream.
	Pull
	// Answer is the reply to a Pull.
	Answer
)

// Reset empties m and keeps its memory.
func (m *Message) Reset() {
	m.Kind = 0
	m.Swim.Reset()
	m.Since.Reset()
	m.Answer.Reset()
}
