package checkers

import "butterfly/node"

// MapPromise is what a map promises.
type MapPromise struct {
	// Replicas returns the replica of a host that is up. It is asked once a life, at the first
	// event of the map in it.
	Replicas func(host node.ID) Replica
	// Truncated: answers may be cut short. A replica may then have seen a write without holding it
	// or what overwrote it, while the latter is on its way, and what it has seen is causally closed
	// for each key only.
	Truncated bool
	// Whole: lives are retired only while nobody is missing, so that nothing is lost by it.
	Whole bool
	// SingleWinner: merging keeps one of two concurrent writes. Then nothing is promised of what
	// survives, and map-coverage and causal-past are not judged.
	SingleWinner bool
}

// MapHistory checks each replica of a map against the history of what was written. It hears of each
// write when it is made ([node.Wrote]) and asks each replica, whenever it has changed
// ([node.MapChanged]), what it has now seen. From the two it knows what the replica must show of
// each key: the writes it has seen that no write it has seen overwrote, where a write overwrites
// what its writer had seen of the key.
//
//	property        promise
//	dot-uniqueness  a dot is one write: one key, one value
//	versions-grow   what a replica has seen never shrinks during a life
//	no-thin-air     what it shows was written, so, and has been seen
//	map-coverage    what it has seen it shows, unless something it has seen overwrote it
//	causal-past     it shows nothing that it knows to be overwritten, and drops nothing for a write
//	                that did not overwrite it
//	causal-closure  with a write it has seen what the writer had seen when it wrote
//	fixed-point     at the end, replicas that have seen the same show the same
//	retired-unheld  if lives are retired only while nobody is missing, nobody holds a write of a life
//	                that is retired which who retires it first has not seen
//
// They fire at the replica and the moment of the loss, before any two replicas need differ. The
// last but one is in the sense of "causally closed" in Almeida, Shoker and Baquero, "Delta state
// replicated data types" (JPDC 2018).
//
// What was written in a life that ended may be lost, if nobody had seen it who retired that life
// ([Retired]): who alone had seen it then drops it, and may show again what it had overwritten. What
// a retired life overwrote is not demanded of those that are through with it.
//
// It measures map_writes, map_siblings_most, which is the most writes of a key that a replica had
// to hold at once, removals included, and map_replicas_behind: those at the end that lack a write
// another replica of their side has seen.
//
// It costs O(actors) for each change of a replica, and O(1) for each write that becomes known to
// one. It keeps 4 bytes for each key and replica, and 4 for each write ever made; of these it holds
// those in full that some replica has not seen or still has to show, and at most 65,536 or as many
// again of others. A write it no longer holds is never missed: every replica that was up had seen
// what overwrote it. Should a replica show it all the same, that breaks causal-past.
type MapHistory struct {
	promise  MapPromise
	log      mapLog
	replicas []mapReplica // by host

	touched   []int32 // keys of which the replica at hand may show something else now
	inTouched []bool  // by key; false for all once they are judged
	judged    bool    // touched is of the last change, and nothing has come since
	advanced  []mark  // how far the replica at hand has come with the actors it has news of

	most        int // siblings of one key
	room, limit int // how many writes are held at least, and now, before any are collected

	news    []int32 // the writes that the replica at hand has news of
	fetched uint32  // see fetch

	kept     []int32 // memory to work in
	actors   []int32
	vector   []Dot
	cloud    []Dot
	siblings []Sibling
	others   []Sibling
}

// roomForWrites is how many writes are held before any is collected: about 6 MB, and 4 bytes for
// each life that wrote with every write that followed news.
const roomForWrites = 1 << 16

// NewMapHistory returns a checker of an empty map.
func NewMapHistory(promise MapPromise) *MapHistory {
	return &MapHistory{
		promise: promise, log: newMapLog(), room: roomForWrites, limit: roomForWrites,
	}
}

// Watches implements [Checker].
func (h *MapHistory) Watches() Kind { return Event | HostUp | HostDown | Ended }

// Observe implements [Checker].
func (h *MapHistory) Observe(o *Observation, view View, report *Report) {
	switch {
	case o.Kind == Ended:
		h.finish(o, view, report)
	case o.Kind != Event:
		h.at(o.Host).begin(o.Kind == HostUp)
	case o.Event.Kind == node.Wrote:
		h.turn()
		h.wrote(o, report)
	case o.Event.Kind == node.MapChanged:
		h.turn()
		h.changed(o, report)
	}
}

func (h *MapHistory) at(host node.ID) *mapReplica {
	for int(host) >= len(h.replicas) {
		h.replicas = append(h.replicas, mapReplica{})
	}
	return &h.replicas[host]
}

// living returns the replica of a host that has said something.
func (h *MapHistory) living(host node.ID) *mapReplica {
	r := h.at(host)
	if r.replica == nil {
		r.replica = h.promise.Replicas(host)
		r.self = h.log.actor(r.replica.Actor())
	}
	return r
}

// turn begins a batch of events, if the last has been judged.
func (h *MapHistory) turn() {
	if h.judged {
		h.judged, h.touched = false, h.touched[:0]
	}
}

// wrote logs a write: it overwrites what its replica has to hold at this moment.
func (h *MapHistory) wrote(o *Observation, report *Report) {
	r, l := h.living(o.Host), &h.log
	key := l.key(o.Event.Subject)
	w, fresh := l.add(key, r.self, uint32(o.Event.A), o.Event.B)
	if !fresh {
		h.reused(o, r, report)
		return
	}
	for _, held := range r.held.at(key) {
		l.overwrites(w, held)
	}
	l.writes[w].saw = r.snapshot()
	r.advance(r.self, max(r.extent(r.self), uint32(o.Event.A)))
	r.held.set(key, w)
	h.touch(key)
}

func (h *MapHistory) reused(o *Observation, r *mapReplica, report *Report) {
	report.Violate(PropertyDotUniqueness, o.At,
		"host %d writes key %d with the dot %v, which it has used before",
		o.Host, o.Event.Subject, Dot{h.log.names[r.self], o.Event.A})
}

// touch marks a key to be judged.
func (h *MapHistory) touch(key int32) {
	for int(key) >= len(h.inTouched) {
		h.inTouched = append(h.inTouched, false)
	}
	if !h.inTouched[key] {
		h.inTouched[key] = true
		h.touched = append(h.touched, key)
	}
}

// changed takes up what a replica has newly seen, and judges all that this may have changed.
func (h *MapHistory) changed(o *Observation, report *Report) {
	c := mapCase{h, h.living(o.Host), o, report}
	h.advanced = h.advanced[:0]
	c.claimVector()
	c.claimCloud()
	c.seeNews()
	c.judgeClosure()
	for _, key := range h.touched {
		c.judgeKey(key)
		h.inTouched[key] = false
	}
	h.judged = true
	if h.log.held() > h.limit {
		h.collect()
	}
}
