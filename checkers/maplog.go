package checkers

import "math"

// mapLog is every write to a map that can still matter, from the day it was announced.
//
// Actors, keys and writes are numbered in the order in which they are met, so that tables can be
// arrays.
//
// Invariants:
//  1. writes[0] is not used.
//  2. numbers[a][s-1] is the write with the s-th dot of actor a, or unlogged, or collected.
type mapLog struct {
	actors  map[uint64]int32 // by name
	names   []uint64         // of actors
	numbers [][]int32        // of writes, by actor and seq
	retired []uint32         // by actor: what the first to retire it had seen of it
	keys    map[uint32]int32 // by name
	labels  []uint32         // of keys
	writes  []mapWrite
	free    []int32 // unused numbers of writes

	total int // writes ever announced
}

// What stands in place of the number of a write that is not in the log.
const (
	unlogged  int32 = 0
	collected int32 = -1
)

// notRetired stands in the table of what was seen of retired actors for those that are not.
const notRetired = math.MaxUint32

// mapWrite is one write. A removal has value 0.
type mapWrite struct {
	key   int32
	actor int32
	seq   uint32
	// overwritten: some write has this one in its past.
	overwritten bool
	value       uint64
	// past is what the writer had seen of the key: for each actor its newest dot, and with it all
	// earlier ones. It holds all that the write overwrote, and all that was overwritten by that.
	past []mark
	// saw is what the writer had seen at all, by actor. Writes share it.
	saw []uint32
}

// mark is a dot by the number of its actor.
type mark struct {
	actor int32
	seq   uint32
}

func newMapLog() mapLog {
	return mapLog{
		actors: make(map[uint64]int32), keys: make(map[uint32]int32),
		writes: make([]mapWrite, 1),
	}
}

// actor returns the number of an actor.
func (l *mapLog) actor(name uint64) int32 {
	number, known := l.actors[name]
	if !known {
		number = int32(len(l.names))
		l.actors[name] = number
		l.names, l.numbers = append(l.names, name), append(l.numbers, nil)
		l.retired = append(l.retired, notRetired)
	}
	return number
}

// key returns the number of a key.
func (l *mapLog) key(name uint32) int32 {
	number, known := l.keys[name]
	if !known {
		number = int32(len(l.labels))
		l.keys[name] = number
		l.labels = append(l.labels, name)
	}
	return number
}

// written is how many dots actor has given out.
func (l *mapLog) written(actor int32) uint32 { return uint32(len(l.numbers[actor])) }

// add logs a write without a past, and returns its number; false if its dot has been given out
// already. Dots that were passed over stay unlogged.
func (l *mapLog) add(key, actor int32, seq uint32, value uint64) (number int32, fresh bool) {
	for l.written(actor) < seq {
		l.numbers[actor] = append(l.numbers[actor], unlogged)
	}
	place := &l.numbers[actor][seq-1]
	if *place != unlogged {
		return 0, false
	}
	*place = l.room()
	w := &l.writes[*place]
	*w = mapWrite{key: key, actor: actor, seq: seq, value: value, past: w.past[:0]}
	l.total++
	return *place, true
}

// room returns a number for one more write.
func (l *mapLog) room() int32 {
	if last := len(l.free) - 1; last >= 0 {
		number := l.free[last]
		l.free = l.free[:last]
		return number
	}
	l.writes = append(l.writes, mapWrite{})
	return int32(len(l.writes) - 1)
}

// overwrites puts write e, and all that it overwrote, into the past of write w of the same key.
func (l *mapLog) overwrites(w, e int32) {
	later, earlier := &l.writes[w], &l.writes[e]
	earlier.overwritten = true
	for _, m := range earlier.past {
		later.remember(m)
	}
	later.remember(mark{earlier.actor, earlier.seq})
}

func (w *mapWrite) remember(m mark) {
	for i := range w.past {
		if w.past[i].actor == m.actor {
			w.past[i].seq = max(w.past[i].seq, m.seq)
			return
		}
	}
	w.past = append(w.past, m)
}

// after reports whether an earlier write of the same key is in the past of w.
func (w *mapWrite) after(earlier mark) bool {
	for _, m := range w.past {
		if m.actor == earlier.actor {
			return earlier.seq <= m.seq
		}
	}
	return false
}

func (w *mapWrite) mark() mark { return mark{w.actor, w.seq} }

// find returns the number of the write with this dot, or unlogged, or collected.
func (l *mapLog) find(dot Dot) int32 {
	actor, known := l.actors[dot.Actor]
	if !known {
		return unlogged
	}
	return l.number(actor, dot.Seq)
}

// number is find for an actor by number.
func (l *mapLog) number(actor int32, seq uint64) int32 {
	if seq == 0 || seq > uint64(l.written(actor)) {
		return unlogged
	}
	return l.numbers[actor][seq-1]
}

// dot is the name of a write.
func (l *mapLog) dot(m mark) Dot { return Dot{l.names[m.actor], uint64(m.seq)} }

// held is how many writes the log holds.
func (l *mapLog) held() int { return len(l.writes) - 1 - len(l.free) }

// collect forgets write number w.
func (l *mapLog) collect(w int32) {
	write := &l.writes[w]
	l.numbers[write.actor][write.seq-1] = collected
	*write = mapWrite{past: write.past[:0]}
	l.free = append(l.free, w)
}

// trim takes out of the pasts what is collected: nobody will be asked about it again.
func (l *mapLog) trim() {
	for i := range l.writes {
		w, kept := &l.writes[i], 0
		for _, m := range w.past {
			if l.numbers[m.actor][m.seq-1] != collected {
				w.past[kept] = m
				kept++
			}
		}
		w.past = w.past[:kept]
	}
}
