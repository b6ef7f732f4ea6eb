package swim

import "butterfly/node"

// Message is everything members say to each other. Which fields a message uses depends on its kind;
// the others are zero. See the package documentation for who sends what.
type Message struct {
	Kind Kind
	// Sequence is the probe's number at the member that began it. Ping, Ack, Nack, PingReq.
	Sequence uint32
	// Origin is the member that began the probe. Ping, Ack, Nack, PingReq.
	Origin node.ID
	// Target is the member being probed. Ping, Ack, Nack, PingReq.
	Target node.ID
	// Digest sums up the sender's table: equal digests mean equal tables. SyncRequest, SyncReply.
	Digest uint64
	// Updates are claims about members: on a datagram as many as fit into [Config.DatagramBytes], on
	// a stream the sender's whole table.
	Updates []Update
	// Broadcasts are the application's own messages, on datagrams only.
	Broadcasts []Broadcast
	// Bytes holds the metadata of the updates and then the payloads of the broadcasts, one after the
	// other, each as long as its update or broadcast says.
	Bytes []byte
}

// Reset empties m and keeps its memory. It is done for every message there is, and field by field no
// pointer is written.
func (m *Message) Reset() {
	m.Kind, m.Sequence, m.Origin, m.Target, m.Digest = 0, 0, 0, 0, 0
	m.Updates, m.Broadcasts, m.Bytes = m.Updates[:0], m.Broadcasts[:0], m.Bytes[:0]
}

// add appends a claim with its metadata. All updates come before the first broadcast.
func (m *Message) add(u Update, metadata []byte) {
	u.MetadataBytes = uint16(len(metadata))
	m.Updates = append(m.Updates, u)
	m.Bytes = append(m.Bytes, metadata...)
}

// addBroadcast appends a broadcast with its payload.
func (m *Message) addBroadcast(b Broadcast, payload []byte) {
	b.PayloadBytes = uint16(len(payload))
	m.Broadcasts = append(m.Broadcasts, b)
	m.Bytes = append(m.Bytes, payload...)
}

// cut splits off the first count bytes, or reports that there are not so many.
func cut(bytes []byte, count uint16) (first, rest []byte, ok bool) {
	if int(count) > len(bytes) {
		return nil, nil, false
	}
	return bytes[:count], bytes[count:], true
}

// Kind says what a [Message] is. The zero kind is no message and is ignored.
type Kind uint8

const (
	// Ping asks Target for an Ack. Origin is the sender, or who asked the sender for it by PingReq.
	// On a stream it is the last attempt of a probe.
	Ping Kind = iota + 1
	// Ack answers a Ping, to whoever sent it; a helper passes it on to Origin.
	Ack
	// PingReq asks a helper to ping Target on behalf of Origin.
	PingReq
	// Gossip carries updates and broadcasts and nothing else.
	Gossip
	// SyncRequest, on a stream, gives the caller's table, or only its digest, and asks for the
	// callee's.
	SyncRequest
	// SyncReply answers it: with the callee's table, unless its digest is the caller's.
	SyncReply
	// Nack tells Origin that the helper is there and has not heard from Target.
	Nack
)

// Update is a claim about one member.
type Update struct {
	Member node.ID
	State  State
	// MetadataBytes is how many bytes of [Message.Bytes] are the member's metadata. Only an alive
	// claim has any.
	MetadataBytes uint16
	// From is who says so: the accuser of a suspect or dead member, the member itself otherwise.
	From        node.ID
	Incarnation Incarnation
}

// Broadcast is a message of the application to all members. Origin and Sequence name it.
type Broadcast struct {
	Origin node.ID
	// Sequence numbers the broadcasts of one origin from the incarnation with which its life began, so
	// that a later life never repeats a number.
	Sequence uint64
	// PayloadBytes is how many bytes of [Message.Bytes] are its payload.
	PayloadBytes uint16
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
