package crdt_test

import (
	"fmt"

	"butterfly/node"
	"butterfly/node/crdt"
)

// The lunch of Jack and Jill. Jack plans arugula, Jill sees it and makes it burgers. Then, without
// hearing from each other, Jack writes calzone and Jill writes daal. Both writes are kept, and both
// read the same one.
func Example() {
	config := crdt.Config[string, string]{
		KeyHash:   func(k string) uint64 { return uint64(len(k)) },
		ValueHash: func(v string) uint64 { return uint64(len(v)) },
		Priority:  func(_ string, writer node.ID) uint64 { return uint64(writer) },
	}
	jack := crdt.New(crdt.NewActor(1, 1), config)
	jill := crdt.New(crdt.NewActor(2, 1), config)
	pull := func(to, from *crdt.Map[string, string]) {
		var delta crdt.Delta[string, string]
		from.Answer(to.Versions(), &delta)
		to.Apply(&delta, nil)
	}
	show := func(moment string) {
		a, _ := jack.Get("lunch")
		b, _ := jill.Get("lunch")
		fmt.Printf("%s: Jack reads %s, Jill reads %s; ", moment, a.Value, b.Value)
		fmt.Println("their versions are", jack.Versions().Compare(jill.Versions()))
	}

	jack.Put("lunch", "arugula")
	pull(jill, jack)
	jill.Put("lunch", "burgers")
	pull(jack, jill)
	show("agreed")

	jack.Put("lunch", "calzone")
	jill.Put("lunch", "daal")
	show("apart")

	pull(jack, jill)
	pull(jill, jack)
	show("exchanged")
	fmt.Println("kept:", jack.Siblings("lunch"))

	// Output:
	// agreed: Jack reads burgers, Jill reads burgers; their versions are equal
	// apart: Jack reads calzone, Jill reads daal; their versions are concurrent
	// exchanged: Jack reads daal, Jill reads daal; their versions are equal
	// kept: [{1.1:2 calzone} {2.1:2 daal}]
}
