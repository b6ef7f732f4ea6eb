package checkers

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// Client is one that reads from a server and writes to it, one server at a time: it reads every key
// when it changes there, and what the server writes the client wrote.
type Client struct {
	// Host is the server it begins with.
	Host node.ID
	// Stay is how long it stays before it moves to another server, any of those that have a map,
	// and reads there all it has read and written before; 0 for a client that is pinned to its
	// server.
	Stay time.Duration
}

// Sessions checks two session guarantees for clients (Terry, Demers, Petersen, Spreitzer, Theimer
// and Welch, "Session guarantees for weakly consistent replicated data", PDIS 1994):
//
//	read-your-writes  what a client reads of a key reflects its own last write of it
//	monotonic-reads   what it reads of a key reflects what it read of it before
//
// A read reflects a write that is among the siblings, or that one of them, or a removal the replica
// has seen, overwrote. A map without coordination keeps both promises to clients that are pinned to
// their server, and to no others: the server a client moves to need not have heard yet. A crash of
// its server ends a session, for nothing is promised of a map that was lost; the client begins anew
// when the server is back, or where it moves to.
//
// It knows what overwrote what from a [MapHistory], after which it has to be told each observation.
type Sessions struct {
	history *MapHistory
	clients []session
	luck    rng.Rand

	hosts   []node.ID // memory to work in
	visible []mark
}

// session is what one client remembers.
type session struct {
	Client
	moves clock.Time // when it moves next, Never if it is pinned
	wrote []mark     // by key: its last write, zero for none
	read  [][]mark   // by key: what it read last
}

// NewSessions returns a checker of sessions that have not begun. luck decides where clients move.
func NewSessions(history *MapHistory, luck rng.Rand, clients ...Client) *Sessions {
	s := &Sessions{history: history, luck: luck}
	for _, c := range clients {
		one := session{Client: c, moves: clock.Never}
		if c.Stay > 0 {
			one.moves = clock.At(c.Stay)
		}
		s.clients = append(s.clients, one)
	}
	return s
}

// Watches implements [Checker].
func (s *Sessions) Watches() Kind { return Event | HostDown }

// Observe implements [Checker].
func (s *Sessions) Observe(o *Observation, _ View, report *Report) {
	for i := range s.clients {
		c := &s.clients[i]
		if o.At >= c.moves && o.Event.Kind == node.MapChanged {
			s.move(c, o, report)
		}
		if c.Host == o.Host {
			s.served(c, o, report)
		}
	}
}

// served takes up what happened at the server of a client.
func (s *Sessions) served(c *session, o *Observation, report *Report) {
	switch {
	case o.Kind == HostDown:
		c.wrote, c.read = nil, nil
	case o.Event.Kind == node.Wrote:
		key, w := s.history.log.keys[o.Event.Subject], s.history.at(o.Host).self
		c.remember(key)
		c.wrote[key] = mark{w, uint32(o.Event.A)}
	case o.Event.Kind == node.MapChanged:
		for _, key := range s.history.touched {
			c.remember(key)
			s.reads(c, key, o, report)
		}
	}
}

// remember makes room for a key.
func (c *session) remember(key int32) {
	for int(key) >= len(c.read) {
		c.wrote, c.read = append(c.wrote, mark{}), append(c.read, nil)
	}
}

// move takes a client to another server, where it reads all it knows.
func (s *Sessions) move(c *session, o *Observation, report *Report) {
	c.moves = o.At.Add(c.Stay)
	s.hosts = s.hosts[:0]
	for i := range s.history.replicas {
		if host := node.ID(i); host != c.Host && s.history.replicas[i].replica != nil {
			s.hosts = append(s.hosts, host)
		}
	}
	if len(s.hosts) == 0 {
		return
	}
	c.Host = s.hosts[s.luck.Intn(len(s.hosts))]
	for key := range c.read {
		s.reads(c, int32(key), o, report)
	}
}

// reads makes a client read a key from its server.
func (s *Sessions) reads(c *session, key int32, o *Observation, report *Report) {
	r := s.history.at(c.Host)
	s.see(r, key)
	if w := c.wrote[key]; w != (mark{}) && !s.reflects(r, w) {
		report.Violate(PropertyReadYourWrites, o.At,
			"a client of host %d reads key %d there without its own write %v",
			c.Host, s.history.log.labels[key], s.history.log.dot(w))
	}
	for _, before := range c.read[key] {
		if !s.reflects(r, before) {
			report.Violate(PropertyMonotonicReads, o.At,
				"a client of host %d reads key %d there without %v, which it has read before",
				c.Host, s.history.log.labels[key], s.history.log.dot(before))
		}
	}
	c.read[key] = append(c.read[key][:0], s.visible...)
}

// see reads a key: the siblings that the replica shows, and the removals that it shows by showing
// nothing.
func (s *Sessions) see(r *mapReplica, key int32) {
	h := s.history
	s.visible = s.visible[:0]
	h.siblings = r.replica.Siblings(h.log.labels[key], h.siblings[:0])
	for _, shown := range h.siblings {
		if number := h.log.find(shown.Dot); number > 0 {
			s.visible = append(s.visible, h.log.writes[number].mark())
		}
	}
	for _, number := range r.held.at(key) {
		if w := &h.log.writes[number]; w.value == 0 {
			s.visible = append(s.visible, w.mark())
		}
	}
}

// reflects reports whether what is visible of a key contains write w or what overwrote it. A write
// that the history has collected is known to be overwritten wherever it was seen. One that went with
// its life is nobody's any more, and what a retired life overwrote need not be read.
func (s *Sessions) reflects(r *mapReplica, w mark) bool {
	log := &s.history.log
	number := log.numbers[w.actor][w.seq-1]
	if number == collected || s.history.lost(r, &log.writes[number]) {
		return true
	}
	for _, v := range s.visible {
		if v == w || log.writes[log.numbers[v.actor][v.seq-1]].after(w) {
			return true
		}
	}
	return s.history.buried(r, &log.writes[number])
}
