package crdt_test

import (
	"fmt"

	"butterfly/node"
	"butterfly/node/crdt"
)

type lunch = crdt.Map[string, string]

// what returns all that a replica has seen.
func what(m *lunch) (seen crdt.CausalContext) {
	m.Context(&seen)
	return seen
}

func pull(to, from *lunch) {
	var answer crdt.Delta[string, string]
	since := what(to)
	from.Answer(&since, 0, &answer)
	to.Apply(&answer, nil)
}

// The lunch of Jack and Jill. Jack orders arugula; Jill, having seen it, makes it burgers. Then,
// without hearing from each other, Jack writes calzone and Jill writes daal. After each event
// what the two have seen is compared. Both of the concurrent writes are kept, and both read the
// same one.
func Example() {
	config := crdt.Config[string, string]{
		KeyHash:   func(k string) uint64 { return uint64(len(k)) },
		ValueHash: func(v string) uint64 { return uint64(len(v)) },
		Priority:  func(_ string, writer node.ID) uint64 { return uint64(writer) },
	}
	jack := crdt.New(crdt.NewActor(1, 1), config)
	jill := crdt.New(crdt.NewActor(2, 1), config)
	show := func(event string) {
		a, b := what(jack), what(jill)
		fmt.Printf("%s: Jack %v Jill\n", event, a.Compare(&b))
	}

	jack.Put("lunch", "arugula")
	show("arugula")
	pull(jill, jack)
	show("pulled")
	jill.Put("lunch", "burgers")
	show("burgers")
	pull(jack, jill)
	fmt.Println("Jack's lunch:", jack.Siblings("lunch"))

	jack.Put("lunch", "calzone")
	jill.Put("lunch", "daal")
	show("calzone and daal")
	pull(jack, jill)
	pull(jill, jack)
	show("exchanged")
	fmt.Println("kept:", jack.Siblings("lunch"))
	a, _ := jack.Get("lunch")
	b, _ := jill.Get("lunch")
	fmt.Printf("Jack reads %s, Jill reads %s\n", a.Value, b.Value)

	// Output:
	// arugula: Jack after Jill
	// pulled: Jack equal Jill
	// burgers: Jack before Jill
	// Jack's lunch: [{2.1:1 burgers}]
	// calzone and daal: Jack concurrent Jill
	// exchanged: Jack equal Jill
	// kept: [{1.1:2 calzone} {2.1:2 daal}]
	// Jack reads daal, Jill reads daal
}
