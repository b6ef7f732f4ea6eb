package checkers

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// Origins is which origins of a run are to be checked, but for what operators say
// ([OriginRegistered]).
type Origins struct {
	// Count is how many origins there can be: 0 to Count-1.
	Count int
	// Configured is how many of them every server knows from its start, the first ones; 0 for all.
	Configured int
}

// configured reports whether every server knows of origin from its start.
func (s Origins) configured(origin uint32) bool {
	return s.Configured == 0 || int(origin) < s.Configured
}

// demand is what may be demanded of one side of the network about an origin.
type demand uint8

const (
	// free: the side may check the origin or not, for it may or may not have heard the last word.
	free demand = iota
	// owed: some server of the side knows that the origin is to be checked.
	owed
	// barred: some server of the side knows that the origin is not to be checked.
	barred
)

// registry knows which origins are to be checked, and who must have heard so. An order is an
// operator's word to one server. Any server that has shared a side with one that knows of it for as
// long as news takes, both of them up and the side as it is, knows of it too; no other is sure to.
// The last word counts, and whoever overrules a word without having heard it makes the matter
// disputed: what is heard in the end is up to the servers. So is a word that was lost with all who
// knew of it. Then nothing is demanded until a word is given to a server that knows what there is
// to be known.
//
// It keeps a few bytes per origin that was ordered, 4 per origin that was not.
type registry struct {
	origins Origins
	news    time.Duration // how long a word takes to reach a whole side
	sides   sides
	orders  []order
	placeOf []uint32 // by origin: 1 + its place in orders, 0 for never ordered
}

// order is the last word about an origin.
type order struct {
	at       clock.Time
	wanted   bool
	disputed bool
	knows    hostSet // who is sure to know it, or if it is disputed, all that it is about
}

// ordering is the set of kinds that a registry has to be shown.
const ordering = topology | OriginRegistered

func newRegistry(origins Origins, news time.Duration) registry {
	return registry{origins: origins, news: news, placeOf: make([]uint32, origins.Count)}
}

// observe takes an observation of any kind.
func (r *registry) observe(o *Observation, view View) {
	switch o.Kind {
	case HostUp:
		r.sides.fit(view.Hosts())
		r.sides.hostUp(o.Host, o.At)
	case HostDown:
		r.spread(o.At)
		r.sides.hostDown(o.Host)
		r.forget(o.Host)
	case Reachability:
		r.sides.fit(view.Hosts())
		r.spread(o.At)
		r.sides.change(view, o.At)
	case OriginRegistered:
		r.spread(o.At)
		r.take(o)
	}
}

// take takes an operator's word. One that says nothing new about whether the origin is to be
// checked changes at most how.
func (r *registry) take(o *Observation) {
	last := r.orderOf(o.Origin)
	switch {
	case last == nil && r.origins.configured(o.Origin) == o.Up:
		return
	case last == nil:
		last = r.enter(o.Origin)
	case last.knows.has(o.Host):
	case !last.disputed && last.wanted == o.Up:
		last.knows.add(o.Host)
		return
	default:
		*last = order{at: o.At, wanted: o.Up, disputed: true, knows: r.nobody()}
		return
	}
	if last.disputed || last.wanted != o.Up || last.knows.empty() {
		*last = order{at: o.At, wanted: o.Up, knows: r.nobody()}
		last.knows.add(o.Host)
	}
}

// enter makes room for the first order of an origin.
func (r *registry) enter(origin uint32) *order {
	r.orders = append(r.orders, order{knows: r.nobody()})
	r.placeOf[origin] = uint32(len(r.orders))
	return r.orderOf(origin)
}

func (r *registry) nobody() hostSet { return newHostSet(len(r.sides.side)) }

// orderOf returns the last word about origin, nil if there was none.
func (r *registry) orderOf(origin uint32) *order {
	if place := r.placeOf[origin]; place > 0 {
		return &r.orders[place-1]
	}
	return nil
}

// forget notes that a host is down, and with it all it knew.
func (r *registry) forget(host node.ID) {
	for i := range r.orders {
		word := &r.orders[i]
		word.knows.remove(host)
		word.disputed = word.disputed || word.knows.empty()
	}
}

// spread notes who must have heard what by now.
func (r *registry) spread(at clock.Time) {
	for i := range r.orders {
		if word := &r.orders[i]; !word.disputed || !word.knows.empty() {
			r.spreadWord(word, at)
		} else if r.met(word, at) {
			r.tellAll(word)
		}
	}
}

// spreadWord tells the servers that have shared a side with one that knows for long enough.
func (r *registry) spreadWord(word *order, at clock.Time) {
	for host := range r.sides.side {
		host := node.ID(host)
		if !word.knows.has(host) && r.hears(host, word, at) && r.knownOn(r.sides.side[host], word) {
			word.knows.add(host)
		}
	}
}

// hears reports whether a server has been up and on its side for as long as the word takes to reach
// it.
func (r *registry) hears(host node.ID, word *order, at clock.Time) bool {
	return r.sides.up(host) && at >= max(word.at, r.sides.undisturbedSince(host)).Add(r.news)
}

// knownOn reports whether some server of a side is sure to know the word.
func (r *registry) knownOn(side int, word *order) bool {
	for host, on := range r.sides.side {
		if on == side && word.knows.has(node.ID(host)) {
			return true
		}
	}
	return false
}

// met reports whether all servers that are up have been on one side for as long as news takes.
func (r *registry) met(word *order, at clock.Time) bool {
	for host := range r.sides.side {
		if host := node.ID(host); r.sides.up(host) && !r.hears(host, word, at) {
			return false
		}
	}
	return r.sides.whole
}

func (r *registry) tellAll(word *order) {
	for host := range r.sides.side {
		if host := node.ID(host); r.sides.up(host) {
			word.knows.add(host)
		}
	}
}

// ordered reports whether an operator has ever said something about origin that was news.
func (r *registry) ordered(origin uint32) bool { return r.placeOf[origin] > 0 }

// demandOn is what may be demanded about origin of the servers on a side, by what they were sure to
// know when something last happened.
func (r *registry) demandOn(side int, origin uint32) demand {
	word := r.orderOf(origin)
	switch {
	case word == nil && r.origins.configured(origin):
		return owed
	case word == nil:
		return barred
	case word.disputed || !r.knownOn(side, word):
		return free
	case word.wanted:
		return owed
	}
	return barred
}
