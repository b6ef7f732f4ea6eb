package commit

import "butterfly/node"

// journal is the state of every transaction at one server, a byte each, by number. What it holds is
// saved before anybody hears of it.
type journal []byte

// state is that of a transaction.
func (j journal) state(transaction uint32) State {
	if int(transaction) >= len(j) {
		return Unknown
	}
	return State(j[transaction])
}

// write notes a new state. What is final stays. It reports whether there was anything to note.
func (j *journal) write(transaction uint32, s State, out *node.Out[Message]) bool {
	if before := j.state(transaction); before == s || before.final() {
		return false
	}
	for int(transaction) >= len(*j) {
		*j = append(*j, byte(Unknown))
	}
	(*j)[transaction] = byte(s)
	out.Save(*j)
	switch s {
	case Committed:
		out.Emit(node.Event{Kind: Decided, Subject: transaction, A: 1})
	case Aborted:
		out.Emit(node.Event{Kind: Decided, Subject: transaction})
	}
	return true
}

// open returns the first transaction that has begun and is not over.
func (j journal) open() (transaction uint32, found bool) {
	for i, s := range j {
		if State(s) == Prepared || State(s) == PreCommitted {
			return uint32(i), true
		}
	}
	return 0, false
}
