package gossip

import "butterfly/node/crdt"

// Message is what gossiping nodes say to each other, in requests and replies on streams. Kind says
// which of the other fields means something.
type Message[K comparable, V any] struct {
	Kind Kind
	// Seen is what the sender has seen: of a request, all of it; of an Answer all of it if Lacks is
	// set, nothing otherwise.
	Seen crdt.CausalContext
	// Lacks is set in an Answer to an Offer or an Exchange if the sender lacks something of the Seen
	// it was offered. It is not the same as a Seen that is not empty: who has nothing lacks most.
	Lacks bool
	// Delta is what the receiver lacks, or empty. Kinds Answer and Push. Its Since does not travel in
	// an Answer: who asked knows what it asked.
	Delta crdt.Delta[K, V]
}

// Kind says what a [Message] is. The zero kind is no message.
type Kind uint8

const (
	// Pull asks for what the sender lacks.
	Pull Kind = iota + 1
	// Offer asks what the receiver has seen, should it lack anything that the sender has.
	Offer
	// Exchange is both: the round of push-pull.
	Exchange
	// Answer is the reply to each of them, and to Push, to which it is empty.
	Answer
	// Push brings what the receiver, by its answer, lacks.
	Push
)

// Reset empties m and keeps its memory, but for that of a large delta.
func (m *Message[K, V]) Reset() {
	m.Kind, m.Lacks = 0, false
	m.Seen.Reset()
	m.Delta.Release()
}

// brings reports whether m has a delta. That of a replica that has nothing is not sent.
func (m *Message[K, V]) brings() bool { return len(m.Delta.Versions)+len(m.Delta.Entries) > 0 }
