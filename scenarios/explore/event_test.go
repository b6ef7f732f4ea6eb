package explore_test

import (
	"fmt"

	"butterfly/node"
)

// event is one thing that happens to a cluster.
type event struct {
	kind     kind
	at, from node.ID
	key      uint32
}

type kind uint8

const (
	write   kind = iota // at writes key
	remove              // at removes key, of which it has a value
	pull                // at pulls from from, in one step
	pullOne             // at pulls from from, and gets the record of key alone
	crash               // at crashes and starts again without its map
	collect             // at collects what is stable
	prune               // at forgets that from ever wrote
	request             // at asks from; the request is taken down at once
	answer              // from answers the request of at
	apply               // at applies the oldest answer of from that is on its way to it
)

// String prints an event as in "w(A,k1)", "p(A<-B)".
func (e event) String() string {
	at, from := string(rune('A'+e.at)), string(rune('A'+e.from))
	switch e.kind {
	case write:
		return fmt.Sprintf("w(%s,k%d)", at, e.key+1)
	case remove:
		return fmt.Sprintf("r(%s,k%d)", at, e.key+1)
	case pull:
		return fmt.Sprintf("p(%s<-%s)", at, from)
	case pullOne:
		return fmt.Sprintf("p(%s<-%s,k%d)", at, from, e.key+1)
	case crash:
		return fmt.Sprintf("crash(%s)", at)
	case collect:
		return fmt.Sprintf("gc(%s)", at)
	case prune:
		return fmt.Sprintf("prune(%s,%s)", at, from)
	}
	steps := [...]string{request: "req", answer: "ans", apply: "apply"}
	return fmt.Sprintf("%s(%s<-%s)", steps[e.kind], at, from)
}

// everywhere returns one event of each kind for each server of n, and each other and each key where
// the kind has them.
func everywhere(n node.ID, keys uint32, kinds ...kind) (events []event) {
	for _, k := range kinds {
		for at := range n {
			events = append(events, eventsAt(k, at, n, keys)...)
		}
	}
	return events
}

func eventsAt(k kind, at, n node.ID, keys uint32) (events []event) {
	switch k {
	case write, remove:
		for key := range keys {
			events = append(events, event{kind: k, at: at, key: key})
		}
		return events
	case crash, collect:
		return []event{{kind: k, at: at}}
	}
	if k != pullOne {
		keys = 1
	}
	for from := range n {
		for key := range keys {
			if from != at {
				events = append(events, event{k, at, from, key})
			}
		}
	}
	return events
}
