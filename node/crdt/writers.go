package crdt

import (
	"cmp"
	"slices"
)

// number stands for an actor inside one replica, in half the space and as an index: actors are
// numbered in the order in which the replica meets them. No two replicas need agree.
type number uint32

// ownNumber is the replica's number for itself.
const ownNumber number = 0

// writers is what a replica knows about each actor.
type writers struct {
	actors   []Actor   // by number
	journals []journal // by number
	order    []number  // sorted by actor
}

func newWriters(self Actor) writers {
	return writers{
		actors: []Actor{self}, journals: make([]journal, 1), order: []number{ownNumber},
	}
}

// number returns the number of actor, which gets one if it has none yet.
func (w *writers) number(actor Actor) number {
	i, known := slices.BinarySearchFunc(w.order, actor, func(n number, a Actor) int {
		return cmp.Compare(w.actors[n], a)
	})
	if !known {
		w.order = slices.Insert(w.order, i, number(len(w.actors)))
		w.actors = append(w.actors, actor)
		w.journals = append(w.journals, journal{})
	}
	return w.order[i]
}

// appendSeqs appends what v says of each actor with a number, in the order of the numbers, to seqs.
func (w *writers) appendSeqs(seqs []uint64, v VersionVector) []uint64 {
	for _, actor := range w.actors {
		seqs = append(seqs, v.Seq(actor))
	}
	return seqs
}
