package commit

import "butterfly/node"

// Message is the only message. Transactions are numbered from 0.
type Message struct {
	Kind        Kind
	Transaction uint32
	// State is the sender's, of a Report.
	State State
}

// Kind says what a message is for.
type Kind uint8

const (
	// Prepare asks a participant to vote.
	Prepare Kind = iota + 1
	// VoteYes and VoteNo are the votes.
	VoteYes
	VoteNo
	// PreCommit says that all have voted yes, and asks for an Acknowledgement. Three phases only.
	PreCommit
	Acknowledge
	// Commit and Abort are the outcome.
	Commit
	Abort
	// Ask asks for the receiver's State, which is answered with a Report.
	Ask
	Report
)

// State is how far a transaction is at one server. It is all that is written to disk.
type State uint8

const (
	// Unknown: the server has not heard of it, or has not voted.
	Unknown State = iota
	// Prepared: a participant has voted yes, or the coordinator has asked for votes. A participant
	// is in doubt from here on: it must neither commit nor abort on its own account.
	Prepared
	// PreCommitted: all have voted yes.
	PreCommitted
	// Committed and Aborted are final.
	Committed
	Aborted
)

func (s State) final() bool { return s == Committed || s == Aborted }

// What the servers say about themselves. Subject is the transaction.
const (
	// Voted: a participant has voted yes.
	Voted = node.UserEvents + iota
	// Decided: the transaction is over for this server, committed if A is 1 and aborted if it is 0.
	Decided
	// Doubted: a participant still does not know the outcome.
	Doubted
)
