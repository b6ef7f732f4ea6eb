package cap

import (
	"fmt"

	"butterfly/node"
)

// Verb is what a client asks for.
type Verb uint8

const (
	// Read asks for the value of a register.
	Read Verb = iota
	// Write gives a register a value.
	Write
	// Buy takes a seat if it is free, and asks who has it then.
	Buy

	verbs // how many there are
)

// Operation is one thing a client asks for. Values are never 0, which is what nobody has written,
// and none comes twice: what is read says which write it was, and who holds a seat which purchase.
type Operation struct {
	// Number counts the operations of a client from 1.
	Number uint32
	Verb   Verb
	// Key is a register's number, or after those a seat's.
	Key uint32
	// Value is what a Write writes, and whom a Buy is for.
	Value uint64
}

// step is what an operation does to the value of its key, and its result: what a Read reads, and
// who has the seat after a Buy. It is what registers and seats are, wherever there is one copy of
// them.
func (o *Operation) step(value uint64) (next, result uint64) {
	switch {
	case o.Verb == Write:
		return o.Value, 0
	case o.Verb == Buy && value == 0:
		return o.Value, o.Value
	}
	return value, value
}

// describe says what happened to whoever looks at a history.
func (o *Operation) describe(result uint64, known bool) string {
	outcome := "?"
	if known {
		outcome = describeValue(result)
	}
	switch o.Verb {
	case Write:
		if known {
			return fmt.Sprintf("write %s", describeValue(o.Value))
		}
		return fmt.Sprintf("write %s -> ?", describeValue(o.Value))
	case Buy:
		return fmt.Sprintf("buy for %s -> %s has it", describeValue(o.Value), outcome)
	}
	return fmt.Sprintf("read -> %s", outcome)
}

// newValue makes the value of an operation: who, and the how-manieth.
func newValue(client node.ID, number uint32) uint64 { return uint64(client)<<32 | uint64(number) }

func describeValue(value uint64) string {
	if value == 0 {
		return "nobody"
	}
	return fmt.Sprintf("%d.%d", value>>32, uint32(value))
}
