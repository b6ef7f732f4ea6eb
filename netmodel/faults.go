package netmodel

import (
	"iter"

	"butterfly/node"
)

// faults is the set of faults of one sort that are in force, oldest first, each with a state F.
type faults[F any] struct {
	groups  groups
	inForce []fault[F]
	lastID  int
}

type fault[F any] struct {
	id    int
	place slot
	state F
}

func newFaults[F any](hosts int) faults[F] { return faults[F]{groups: newGroups(hosts)} }

// add puts a fault into force and returns its ID: they count up from 1 and are not used again.
func (f *faults[F]) add(s span, state F) int {
	f.lastID++
	f.inForce = append(f.inForce, fault[F]{id: f.lastID, place: f.groups.add(s), state: state})
	return f.lastID
}

// remove ends a fault and returns its last state, zero if it was not in force.
func (f *faults[F]) remove(id int) (state F) {
	for i, ended := range f.inForce {
		if ended.id == id {
			f.groups.remove(ended.place)
			f.inForce = append(f.inForce[:i], f.inForce[i+1:]...)
			return ended.state
		}
	}
	return state
}

// on yields the state of each fault on the path.
func (f *faults[F]) on(from, to node.ID) iter.Seq[*F] {
	return func(yield func(*F) bool) {
		if !f.groups.any(from, to) {
			return
		}
		for i := range f.inForce {
			if f.groups.has(f.inForce[i].place, from, to) && !yield(&f.inForce[i].state) {
				return
			}
		}
	}
}
