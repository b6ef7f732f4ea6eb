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
	// Seeds are the servers through which all others come to know of each other when they start; none
	// if each knows of all from the start. What operators say spreads among those only who do.
	Seeds []node.ID
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
// long as news takes, both of them up, the side as it is and neither a stranger there (company),
// knows of it too; no other is sure to. The last word counts. One that says otherwise than the last,
// given to a server that has not heard all there were, makes the matter disputed: what comes of both
// is up to the servers. So does the loss of all who knew. Then nothing is demanded until a word is
// given to a server that knows what there is to be known.
//
// It keeps a few bytes per origin that was ordered, 4 per origin that was not.
type registry struct {
	company
	origins Origins
	news    time.Duration // how long a word takes to reach a whole side, and a server to join at most
	orders  []order
	placeOf []uint32 // by origin: 1 + its place in orders, 0 for never ordered
}

// order is what operators have said of an origin.
type order struct {
	at       clock.Time // of the last word
	wanted   bool       // by the last word
	disputed bool
	always   bool    // the origin is configured, and no word has said otherwise
	heard    hostSet // who is sure to know all words
	agrees   hostSet // who is sure to know one that says the same, and none later that does not
}

// ordering is the set of kinds that a registry has to be shown.
const ordering = topology | OriginRegistered

func newRegistry(origins Origins, news time.Duration) registry {
	return registry{
		company: company{seeds: origins.Seeds, joining: news},
		origins: origins, news: news, placeOf: make([]uint32, origins.Count),
	}
}

// observe takes an observation of any kind.
func (r *registry) observe(o *Observation, view View) {
	switch o.Kind {
	case HostUp:
		r.company.observe(o, view)
	case HostDown:
		r.spread(o.At)
		r.company.observe(o, view)
		r.forget(o.Host)
	case Reachability:
		r.spread(o.At)
		r.company.observe(o, view)
	case OriginRegistered:
		r.spread(o.At)
		r.take(o)
	}
}

// take takes an operator's word. To remove what nobody has registered says nothing.
func (r *registry) take(o *Observation) {
	word := r.orderOf(o.Origin)
	if word == nil {
		if !o.Up && !r.origins.configured(o.Origin) {
			return
		}
		word = r.enter(o.Origin)
	}
	heard, same := word.heard.has(o.Host), !word.disputed && word.wanted == o.Up
	word.at, word.wanted = o.At, o.Up
	word.always = word.always && o.Up
	word.disputed = !heard && !same
	word.heard.clear()
	if !same {
		word.agrees.clear()
	}
	if heard {
		word.heard.add(o.Host)
	}
	if heard || same && o.Up { // who has not heard of an origin removes nothing
		word.agrees.add(o.Host)
	}
}

// enter makes room for the first word about an origin, as everybody knows it to be configured.
func (r *registry) enter(origin uint32) *order {
	hosts, configured := len(r.sides.side), r.origins.configured(origin)
	word := order{
		wanted: configured, always: configured, heard: newHostSet(hosts), agrees: newHostSet(hosts),
	}
	for host := range r.sides.side {
		word.heard.add(node.ID(host))
	}
	r.orders = append(r.orders, word)
	r.placeOf[origin] = uint32(len(r.orders))
	return r.orderOf(origin)
}

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
		word.heard.remove(host)
		word.agrees.remove(host)
		word.disputed = word.disputed || word.agrees.empty() && !word.always
	}
}

// spread notes who must have heard what by now.
func (r *registry) spread(at clock.Time) {
	r.introduce(at)
	for i := range r.orders {
		word := &r.orders[i]
		r.spreadTo(word.agrees, word.at, at)
		if !word.heard.empty() {
			r.spreadTo(word.heard, word.at, at)
		} else if r.met(word, at) {
			r.addRunning(word.heard)
		}
	}
}

// spreadTo adds the servers that have shared a side with one that knows something since a given
// time, for long enough.
func (r *registry) spreadTo(knows hostSet, since, at clock.Time) {
	for host := range r.sides.side {
		host := node.ID(host)
		if !knows.has(host) && r.hears(host, since, at) && r.tellsOn(r.sides.side[host], knows) {
			knows.add(host)
		}
	}
}

// hears reports whether a server has been up and on its side, known to the others there, for as long
// as news takes to reach it.
func (r *registry) hears(host node.ID, since, at clock.Time) bool {
	return r.sides.up(host) && !r.stranger(host) &&
		at >= max(since, r.sides.undisturbedSince(host)).Add(r.news)
}

// tellsOn reports whether one of hosts is on a side and no stranger there.
func (r *registry) tellsOn(side int, hosts hostSet) bool {
	for host, on := range r.sides.side {
		if host := node.ID(host); on == side && hosts.has(host) && !r.stranger(host) {
			return true
		}
	}
	return false
}

// anyOn reports whether one of hosts is on a side.
func (r *registry) anyOn(side int, hosts hostSet) bool {
	for host, on := range r.sides.side {
		if on == side && hosts.has(node.ID(host)) {
			return true
		}
	}
	return false
}

// met reports whether all servers that are up have been on one side for as long as news takes.
func (r *registry) met(word *order, at clock.Time) bool {
	for host := range r.sides.side {
		if host := node.ID(host); r.sides.up(host) && !r.hears(host, word.at, at) {
			return false
		}
	}
	return r.sides.whole
}

func (r *registry) addRunning(hosts hostSet) {
	for host := range r.sides.side {
		if host := node.ID(host); r.sides.up(host) {
			hosts.add(host)
		}
	}
}

// ordered reports whether an operator has ever said something about origin.
func (r *registry) ordered(origin uint32) bool { return r.placeOf[origin] > 0 }

// demandOn is what may be demanded about origin of the servers on a side, by what they were sure to
// know when something last happened.
func (r *registry) demandOn(side int, origin uint32) demand {
	word := r.orderOf(origin)
	switch {
	case word == nil && r.origins.configured(origin), word != nil && word.always:
		return owed
	case word == nil:
		return barred
	case word.disputed || !r.anyOn(side, word.agrees):
		return free
	case word.wanted:
		return owed
	}
	return barred
}

// demandOf is what may be demanded about origin of one server, by what its side was sure to know: of a
// stranger there only what it was told itself, and what is configured.
func (r *registry) demandOf(host node.ID, origin uint32) demand {
	word := r.orderOf(origin)
	if word != nil && !word.always && !word.agrees.has(host) && r.stranger(host) {
		return free
	}
	return r.demandOn(r.sides.side[host], origin)
}
