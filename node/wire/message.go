package wire

import (
	"butterfly/node/crdt"
	"butterfly/node/gossip"
	"butterfly/node/origin"
	"butterfly/node/swim"
)

// Message is everything our nodes say to each other. Kind says which of the other fields means
// something.
type Message struct {
	Kind Kind
	// Swim is a message of the failure detector. Kind Swim.
	Swim swim.Message
	// Gossip is a message about the map of origins: from the keys to the values of package origin.
	// Kind Gossip.
	Gossip gossip.Message[uint32, origin.Value]
}

// Delta is news of the map of origins.
type Delta = crdt.Delta[uint32, origin.Value]

// ReplicaMessage is what replicas of a map of numbers say to each other: nodes that have the map
// and its gossip and nothing else. Its encoding is that of a [Message] of kind Gossip, but for the
// values.
type ReplicaMessage = gossip.Message[uint32, uint64]

// Kind says what a [Message] is. The zero kind is no message.
type Kind uint8

const (
	// Swim travels as a datagram, and as request and reply on a stream when members sync.
	Swim Kind = iota + 1
	// Gossip travels as request and reply on a stream.
	Gossip
)

// Reset empties m and keeps its memory.
func (m *Message) Reset() {
	m.Kind = 0
	m.Swim.Reset()
	m.Gossip.Reset()
}
