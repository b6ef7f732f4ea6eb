package crdt

import "slices"

// journal is the index that makes an answer cost what it makes up for: the writes of one actor that
// a replica has merged, each with the entry it went to, in the order of their numbers. It is read
// from the first write the other side lacks to the end.
//
// A record is outdated when the actor has written the key again, or the write was collected. Such a
// record stays until the vector covers the write, to say that it was seen, and then until its room
// is needed, so its place may be another key's by now: what it leads to counts if the entry there
// has its very dot.
//
// Invariants, but for the writes of an answer that is being applied:
//  1. The numbers strictly rise.
//  2. Each key of the actor has a record for the actor's newest dot of it.
type journal struct {
	records []record
	keys    int // records that are not outdated
}

// record says that the write seq went to the entry at place: the one in the upper 40 bits, see
// [maxSeq], the other below. So records compare as numbers do.
type record uint64

// placeBits is the width of a place: entries need that of [MaxKeys].
const placeBits = 24

func newRecord(seq uint64, p place) record { return record(seq<<placeBits | uint64(p)) }

func (r record) seq() uint64 { return uint64(r >> placeBits) }

func (r record) place() place { return place(r & (1<<placeBits - 1)) }

// after returns the records of the writes after seq. Those need not be in order among themselves.
func (j *journal) after(seq uint64) []record {
	low, high := 0, len(j.records)
	for low < high {
		middle := int(uint(low+high) >> 1)
		if j.records[middle].seq() <= seq {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return j.records[low:]
}

// sortAfter puts the records of the writes after seq in order, each once: one that is outdated may
// have come again.
func (j *journal) sortAfter(seq uint64) {
	records := j.after(seq)
	slices.Sort(records)
	repeated := len(records) - len(slices.Compact(records))
	j.records = j.records[:len(j.records)-repeated]
}

// has reports whether there is a record of the write seq. The records must be in order.
func (j *journal) has(seq uint64) bool {
	records := j.after(seq - 1)
	return len(records) > 0 && records[0].seq() == seq
}

// last returns the number of the last write; 0 if there is none.
func (j *journal) last() uint64 {
	if len(j.records) == 0 {
		return 0
	}
	return j.records[len(j.records)-1].seq()
}

// note adds a dot of actor for the entry at p, the newest or one beyond the vector, to the actor's
// journal.
func (m *Map[K, V]) note(actor number, seq uint64, p place) {
	j := &m.writers.journals[actor]
	if len(j.records) == cap(j.records) {
		m.makeRoom(actor)
	}
	j.records = append(j.records, newRecord(seq, p))
}

// fewRecords is how many records a journal gets room for at least: one after the other would move it
// each time.
const fewRecords = 16

// makeRoom gets room for more records, by dropping the outdated ones if they are more than a
// quarter of all: so at most four records are looked at for each that is noted.
func (m *Map[K, V]) makeRoom(actor number) {
	j := &m.writers.journals[actor]
	if outdated := len(j.records) - j.keys; outdated <= len(j.records)/4 {
		j.records = withRoom(j.records, fewRecords)
		return
	}
	m.dropOutdated(actor)
	j.records = withRoom(j.records, len(j.records)/4+1)
}

// dropOutdated drops the outdated records of an actor, but for those that say what was seen.
func (m *Map[K, V]) dropOutdated(actor number) {
	j, seen := &m.writers.journals[actor], m.versions.Seq(m.writers.actors[actor])
	j.records = slices.DeleteFunc(j.records, func(r record) bool {
		return r.seq() <= seen && m.written(actor, r) == nil
	})
}

// written returns the slot that a record of actor is about; nil if the record is outdated.
func (m *Map[K, V]) written(actor number, r record) *slot[V] {
	s := m.slotOf(&m.entries[r.place()], actor)
	if s == nil || s.seq() != r.seq() {
		return nil
	}
	return s
}
