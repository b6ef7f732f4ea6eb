package trace

import "strconv"

// Kind says what a [Record] is about and, with it, what the record's Peer, Code, Subject, Size, A
// and B mean. The zero Kind is no kind: a record without one is refused by [Writer.Write].
//
// Values are part of the file format: new kinds go at the end.
type Kind uint8

const (
	// Start: Host's process started; A counts its lives, from 1.
	Start Kind = iota + 1
	// Crash: Host's process died; its volatile state is gone.
	Crash
	// Pause: Host's process stopped running but keeps its state.
	Pause
	// Resume: Host's process runs again.
	Resume

	// Deliver: a datagram of Size bytes from Peer reached Host.
	Deliver
	// Drop: the network lost a message of Size bytes from Peer to Host. Code says of what
	// (netmodel.Cause); 0 is a cut that came while the message was on its way. What is lost because
	// a host is down or its socket buffer full has no record.
	Drop
	// Wake: alarm Code of Host went off.
	Wake
	// Serve: a stream request of Size bytes from Peer reached Host. The Return that answers it
	// names it as its cause.
	Serve
	// Return: Host's call Subject to Peer ended with Size bytes; Code is the failure, 0 for a
	// reply.
	Return
	// ProbeDone: Host's probe of origin Subject ended; A is its token, Code its outcome.
	ProbeDone

	// Control: a step of the scenario itself rather than of a host; Code and Subject are the
	// scenario's.
	Control
	// Fault: fault Subject of the scenario began (Code 1) or ended (Code 0).
	Fault
	// Origin: origin Subject went up (Code 1) or down (Code 0).
	Origin

	// NodeEvent: Host said something about itself: Code is the event's kind, Subject, A and B are
	// its own.
	NodeEvent
	// Save: Host stored Size bytes of durable state.
	Save
	// Digest: the run is over and Host's state sums up to A.
	Digest

	// Block: Host's sockets are blocked, and Host waits for them where it sends.
	Block
	// Unblock: Host's sockets work again.
	Unblock

	// Operator: an operator told Host to have origin Subject checked by definition A (Code 1), or
	// checked no more (Code 0).
	Operator
	// Unanswered: the answer to Host's probe of origin Subject, whose token is A, did not get
	// through. The ProbeDone of the time-out names the one that would have been it as its cause.
	Unanswered

	// Held: the message of Size bytes from Peer that has just reached Host waits on a clogged link.
	// The step of its next arrival names that one as its cause.
	Held

	kinds // one past the last kind
)

var kindNames = [kinds]string{
	Start: "start", Crash: "crash", Pause: "pause", Resume: "resume",
	Deliver: "deliver", Drop: "drop", Wake: "wake", Serve: "serve", Return: "return",
	ProbeDone: "probe-done", Control: "control", Fault: "fault", Origin: "origin",
	NodeEvent: "event", Save: "save", Digest: "digest",
	Block: "block", Unblock: "unblock", Operator: "operator", Unanswered: "unanswered",
	Held: "held",
}

func (k Kind) valid() bool { return 0 < k && k < kinds }

// String returns the kind's name in lower case: "deliver".
func (k Kind) String() string {
	if k.valid() {
		return kindNames[k]
	}
	return "kind-" + strconv.Itoa(int(k))
}

// hasPeer reports whether a record of this kind is about something that went from Peer to Host.
func (k Kind) hasPeer() bool {
	switch k {
	case Deliver, Drop, Serve, Return, Held:
		return true
	}
	return false
}
