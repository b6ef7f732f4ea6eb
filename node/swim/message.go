package swim

import "butterfly/node"

// Message is everything members say to each other. Which fields a message uses depends on its kind;
// the others are zero. See the package documentation for who sends what.
type Message struct {
	Kind Kind
	// Sequence is the probe's number at the member that began it. Ping, Ack, PingReq.
	Sequence uint32
	// Origin is the member that began the probe. Ping, Ack, PingReq.
	Origin node.ID
	// Target is the member being probed. Ping, Ack, PingReq.
	Target node.ID
	// Updates are claims about members: piggybacked on a datagram at most [Config.MaxUpdates], on a
	// stream the sender's whole table.
	Updates []Update
}

// Reset empties m and keeps the memory of Updates.
func (m *Message) Reset() { *m = Message{Updates: m.Updates[:0]} }

// Kind says what a [Message] is. The zero kind is no message and is ignored.
type Kind uint8

const (
	// Ping asks Target for an Ack. Origin is the sender, or who asked the sender for it by PingReq.
	Ping Kind = iota + 1
	// Ack answers a Ping, to whoever sent it; a helper passes it on to Origin.
	Ack
	// PingReq asks a helper to ping Target on behalf of Origin.
	PingReq
	// Gossip carries updates and nothing else.
	Gossip
	// SyncRequest, on a stream, gives the caller's table and asks for the callee's.
	SyncRequest
	// SyncReply answers it.
	SyncReply
)

// Update is a claim about one member.
type Update struct {
	Member node.ID
	State  State
	// From is who says so: the accuser of a suspect or dead member, the member itself otherwise.
	From        node.ID
	Incarnation Incarnation
}

// State is what one member holds another to be.
type State uint8

const (
	// Unknown: never heard of, or forgotten.
	Unknown State = iota
	// Alive: in the group.
	Alive
	// Suspect: failed a probe and has not answered the accusation yet. Still in the group.
	Suspect
	// Dead: failed a probe and left the accusation unanswered.
	Dead
	// Left: went on its own account.
	Left
)

var stateNames = [...]string{"unknown", "alive", "suspect", "dead", "left"}

func (s State) String() string {
	if int(s) < len(stateNames) {
		return stateNames[s]
	}
	return "state?"
}

// live reports whether a member in this state is in the group: SWIM treats suspects "like a
// non-faulty member" in choosing whom to probe (section 4.2), and so do we for every other purpose.
func (s State) live() bool { return s == Alive || s == Suspect }

// gone reports whether a member in this state is kept only as a reminder that it is not in the
// group.
func (s State) gone() bool { return s == Dead || s == Left }
