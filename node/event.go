package node

import "strconv"

// Event is something observable that a node says about itself. Checkers, traces and logs read
// events; nodes never do.
type Event struct {
	Kind    EventKind
	Subject uint32 // a node's ID or an origin's number, as the kind says
	A, B    uint64 // details, as the kind says
}

// EventKind says what an [Event] means. Kinds below [UserEvents] are ours; a user's own protocol
// numbers its kinds from UserEvents on.
type EventKind uint16

const (
	// Ready: the node has joined and holds the cluster's state, or has given up waiting for it.
	Ready EventKind = iota + 1

	// Founded: the node starts out holding the nodes 0 to A-1 alive, all at incarnation B.
	Founded
	// MemberAlive: Subject is alive in this node's view at incarnation A, with metadata whose hash is
	// B, 0 for none.
	MemberAlive
	// MemberSuspect: Subject is suspected at incarnation A; B is who accused it.
	MemberSuspect
	// MemberDead: Subject is dead in this node's view at incarnation A.
	MemberDead
	// MemberLeft: Subject left on its own account at incarnation A.
	MemberLeft
	// MemberForgotten: Subject's entry was dropped from the table.
	MemberForgotten
	// Refuted: the node answered an accusation against itself with incarnation A.
	Refuted
	// Described: the node gave itself metadata whose hash is B, at incarnation A.
	Described
	// Yielded: the node stopped, because another life uses its ID, at incarnation A.
	Yielded
	// MemberProbed: the node began a probe of member Subject, the first of a protocol period.
	MemberProbed
	// ProbeFailed: nothing answered the node's probe of Subject, neither directly nor by a helper
	// nor on a stream. A is 1 if the node held it alive until now.
	ProbeFailed
	// BroadcastHeard: the node took up broadcast number A of member Subject; B is the payload's hash.
	BroadcastHeard

	// CheckBegan: the node starts checking origin Subject; A is its rank for it among the members
	// it believes alive, 0 for the owner.
	CheckBegan
	// CheckEnded: the node stops checking origin Subject.
	CheckEnded
	// HealthChanged: by this node's own probes origin Subject now has status A (health.Status).
	HealthChanged
	// Believed: by whatever it has heard, this node now takes origin Subject to have status A
	// (health.Status). Before the first one it knows nothing of the origin.
	Believed
	// Routed: this node's requests now go to origin Subject if A is 1, and no longer if it is 0.
	// Before the first one they go to every origin.
	Routed
	// OriginLearned: this node now knows that origin Subject is to be checked, by definition A.
	OriginLearned
	// OriginForgotten: this node now knows that origin Subject is not to be checked any more.
	OriginForgotten
	// NetworkLost: the node takes its own network to be down, and holds back what its probes seem to
	// show. NetworkFound ends that.
	NetworkLost
	NetworkFound

	// Wrote: the node wrote key Subject of the map. A is the number of the write in this life (the
	// Seq of its dot), B the hash of the value, 0 for a removal. The MapChanged of the same input
	// comes after it.
	Wrote
	// MapChanged: the node's replica of the map changed. A is the hash of its version vector, B of
	// its whole state: equal A must mean equal B, on any two nodes at any two moments.
	MapChanged

	// UserEvents is the first kind free for protocols that are not ours.
	UserEvents EventKind = 256
)

var eventNames = [...]string{
	Ready: "ready", Founded: "founded", MemberAlive: "member-alive", MemberSuspect: "member-suspect",
	MemberDead: "member-dead", MemberLeft: "member-left", MemberForgotten: "member-forgotten",
	Refuted: "refuted", Described: "described", Yielded: "yielded",
	MemberProbed: "member-probed", ProbeFailed: "probe-failed", BroadcastHeard: "broadcast-heard",
	CheckBegan: "check-began", CheckEnded: "check-ended",
	HealthChanged: "health-changed", Believed: "believed", Routed: "routed",
	OriginLearned: "origin-learned", OriginForgotten: "origin-forgotten",
	NetworkLost: "network-lost", NetworkFound: "network-found", Wrote: "wrote", MapChanged: "map-changed",
}

func (k EventKind) String() string {
	if int(k) < len(eventNames) && eventNames[k] != "" {
		return eventNames[k]
	}
	if k >= UserEvents {
		return "user-" + strconv.Itoa(int(k-UserEvents))
	}
	return "event-" + strconv.Itoa(int(k))
}
