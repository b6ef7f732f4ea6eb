package cap

import "butterfly/node"

// What clients say, for the history.
const (
	// Invoked: the client asks a server for an operation. Subject is the key, A the server, the
	// verb and the number, B the value.
	Invoked = node.UserEvents + iota
	// Ended: so did it end. Subject is the [Outcome], A the number, B the result.
	Ended
)

// Outcome is how an operation ended for the client. But for Served ones nobody knows whether they
// took place.
type Outcome uint32

const (
	// Served: there is an answer.
	Served Outcome = iota
	// Unreached: the server was not there to be asked.
	Unreached
	// Lacking: the server had not got what the client insists on.
	Lacking
	// Waited: the server took the operation, and no answer came.
	Waited

	outcomes // how many there are
)

func invoked(o *Operation, server node.ID) node.Event {
	return node.Event{
		Kind: Invoked, Subject: o.Key, B: o.Value,
		A: uint64(server)<<40 | uint64(o.Verb)<<32 | uint64(o.Number),
	}
}

// invocation reads what [invoked] wrote.
func invocation(e *node.Event) (o Operation, server node.ID) {
	o = Operation{Number: uint32(e.A), Verb: Verb(e.A >> 32), Key: e.Subject, Value: e.B}
	return o, node.ID(e.A >> 40)
}

func ended(o *Operation, outcome Outcome, result uint64) node.Event {
	return node.Event{Kind: Ended, Subject: uint32(outcome), A: uint64(o.Number), B: result}
}
