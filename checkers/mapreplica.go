package checkers

import "slices"

// mapReplica is what one replica claims to have seen in its present life, and what it therefore has
// to hold. To be through with a retired life is not to have seen all of it: what nobody had seen
// who retired it is lost.
//
// Invariants:
//  1. seen[a] is the newest dot of actor a below which, itself included, all is claimed. It never
//     shrinks, whatever the replica says later.
//  2. held has, for each key, the writes of the key that are claimed and in the past of no other
//     claimed write of it; removals included.
type mapReplica struct {
	up      bool
	replica Replica // nil until the first event of the life
	self    int32   // the number of its actor
	claims  []Dot   // its vector when it was last looked at
	actors  []int32 // the numbers of the actors in claims
	cloud   []Dot   // its cloud when it was last looked at
	seen    []uint32
	gone    []bool // by actor: whether its life is retired here
	held    siblingSets
	// saw is a copy of seen for writes to share, nil if something was merged since it was made.
	saw []uint32
}

// begin ends the last life of the replica, if there was one, and keeps its memory. Another begins
// if the host is up.
func (r *mapReplica) begin(up bool) {
	r.held.reset()
	*r = mapReplica{
		up:     up,
		claims: r.claims[:0], actors: r.actors[:0], cloud: r.cloud[:0], seen: r.seen[:0],
		gone: r.gone[:0], held: r.held,
	}
}

// extent returns the newest dot of actor below which all is claimed, 0 for none.
func (r *mapReplica) extent(actor int32) uint32 {
	if int(actor) < len(r.seen) {
		return r.seen[actor]
	}
	return 0
}

// advance claims all dots of actor up to seq, which are more than were claimed.
func (r *mapReplica) advance(actor int32, seq uint32) {
	for int(actor) >= len(r.seen) {
		r.seen = append(r.seen, 0)
	}
	r.seen[actor] = seq
}

// retire notes that the replica is through with an actor.
func (r *mapReplica) retire(actor int32) {
	for int(actor) >= len(r.gone) {
		r.gone = append(r.gone, false)
	}
	r.gone[actor] = true
}

// retired reports whether the replica is through with an actor, whatever that wrote.
func (r *mapReplica) retired(actor int32) bool {
	return int(actor) < len(r.gone) && r.gone[actor]
}

// has reports whether the replica claims a write of the given key.
func (r *mapReplica) has(log *mapLog, key int32, write mark) bool {
	if write.seq <= r.extent(write.actor) || r.retired(write.actor) {
		return true
	}
	return r.hasSingle(log, key, write)
}

// hasSingle reports whether the cloud has a write of the given key, or a later one of its actor.
func (r *mapReplica) hasSingle(log *mapLog, key int32, write mark) bool {
	dot := log.dot(write)
	from, _ := slices.BinarySearchFunc(r.cloud, dot, Dot.compare)
	for _, d := range r.cloud[from:] {
		if d.Actor != dot.Actor {
			return false
		}
		if later := log.number(write.actor, d.Seq); later > 0 && log.writes[later].key == key {
			return true
		}
	}
	return false
}

// snapshot returns what the replica has seen at this moment, not to be modified.
func (r *mapReplica) snapshot() []uint32 {
	if r.saw == nil {
		r.saw = slices.Clone(r.seen)
	}
	return r.saw
}

// hold adds a claimed write to those held, unless one of them overwrote it, and takes away those
// that it overwrote. kept is memory to work in.
func (r *mapReplica) hold(log *mapLog, number int32, kept []int32) []int32 {
	w := &log.writes[number]
	held := r.held.at(w.key)
	kept = kept[:0]
	for _, other := range held {
		o := &log.writes[other]
		switch {
		case other == number:
			return kept
		case w.after(o.mark()):
		case o.after(w.mark()):
			return kept
		default:
			kept = append(kept, other)
		}
	}
	kept = append(kept, number)
	r.held.set(w.key, kept...)
	return kept
}
