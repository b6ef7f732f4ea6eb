package crdt

import (
	"cmp"
	"slices"
)

// number stands for an actor inside one replica, in half the space and as an index: actors are
// numbered in the order in which the replica meets them. No two replicas need agree. The number of
// an actor that is retired goes to another one.
type number uint32

// ownNumber is the replica's number for itself.
const ownNumber number = 0

// writers is what a replica knows about each actor.
type writers struct {
	actors   []Actor   // by number
	journals []journal // by number
	order    []number  // those in use, sorted by actor
	free     []number  // those that are not
}

func newWriters(self Actor) writers {
	return writers{
		actors: []Actor{self}, journals: make([]journal, 1), order: []number{ownNumber},
	}
}

// find returns where in order the number of actor is, or belongs.
func (w *writers) find(actor Actor) (int, bool) {
	return slices.BinarySearchFunc(w.order, actor, func(n number, a Actor) int {
		return cmp.Compare(w.actors[n], a)
	})
}

// journal returns the journal of actor; nil if it has no number.
func (w *writers) journal(actor Actor) *journal {
	if i, known := w.find(actor); known {
		return &w.journals[w.order[i]]
	}
	return nil
}

// number returns the number of actor, which gets one if it has none yet.
func (w *writers) number(actor Actor) number {
	i, known := w.find(actor)
	if !known {
		w.order = slices.Insert(w.order, i, w.unused())
		w.actors[w.order[i]] = actor
	}
	return w.order[i]
}

// unused returns a number that no actor has.
func (w *writers) unused() number {
	if last := len(w.free) - 1; last >= 0 {
		n := w.free[last]
		w.free = w.free[:last]
		return n
	}
	w.actors = append(w.actors, 0)
	w.journals = append(w.journals, journal{})
	return number(len(w.actors) - 1)
}

// release takes the number of an actor without slots away, if it has one.
func (w *writers) release(actor Actor) {
	if i, known := w.find(actor); known {
		n := w.order[i]
		w.journals[n] = journal{}
		w.order = slices.Delete(w.order, i, i+1)
		w.free = append(w.free, n)
	}
}

// appendSeqs appends what v says of each actor, by number, to seqs.
func (w *writers) appendSeqs(seqs []uint64, v VersionVector) []uint64 {
	for _, actor := range w.actors {
		seqs = append(seqs, v.Seq(actor))
	}
	return seqs
}
