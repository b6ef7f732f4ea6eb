package checkers

import "butterfly/node"

// views is whom every host holds to be a member, by its own events. It keeps a byte per pair of
// hosts. Invariants:
//
//  1. members[h] is 1 + the number of others that h holds to be members
//  2. missing is the number of ordered pairs of present hosts of which the first does not hold the
//     second to be a member
type views struct {
	presence
	table   []opinion // [observer][subject]; what a host says of itself is not in it
	members []int     // by observer, itself included
	missing int
}

// viewed is the set of kinds that views has to be shown.
const viewed = Event | HostUp | HostDown

// observe takes an observation of any kind.
func (v *views) observe(o *Observation, view View) {
	switch o.Kind {
	case HostUp:
		v.fit(view.Hosts())
		v.enter(o.Host)
	case HostDown:
		v.exit(o.Host)
		v.clear(o.Host)
	case Event:
		v.event(o)
	}
}

func (v *views) fit(hosts int) {
	if hosts == len(v.members) {
		return
	}
	v.presence.fit(hosts)
	v.table = make([]opinion, hosts*hosts)
	v.members = make([]int, hosts)
	for host := range v.members {
		v.members[host] = 1
	}
}

func (v *views) event(o *Observation) {
	if departs(o) {
		v.exit(o.Host)
		return
	}
	if o.Event.Kind == node.Founded {
		v.found(o.Host, founders(o, len(v.members)))
		return
	}
	if as, says := opinionAfter(o.Event.Kind); says {
		v.set(o.Host, node.ID(o.Event.Subject), as)
	}
}

// founders is how many nodes an event of kind Founded is about. What the run has no hosts for is
// left out.
func founders(o *Observation, hosts int) node.ID {
	return node.ID(min(o.Event.A, uint64(hosts)))
}

func (v *views) found(observer, count node.ID) {
	for subject := range count {
		v.set(observer, subject, alive)
	}
}

func (v *views) of(observer, subject node.ID) opinion {
	return v.table[int(observer)*len(v.members)+int(subject)]
}

func (v *views) set(observer, subject node.ID, to opinion) {
	if observer == subject {
		return
	}
	cell := &v.table[int(observer)*len(v.members)+int(subject)]
	more := oneIf(to.member()) - oneIf(cell.member())
	*cell = to
	v.members[observer] += more
	if v.present[observer] && v.present[subject] {
		v.missing -= more
	}
}

// clear forgets all that observer holds.
func (v *views) clear(observer node.ID) {
	for subject := range v.members {
		v.set(observer, node.ID(subject), unknown)
	}
}

func (v *views) enter(host node.ID) {
	if v.presence.set(host, true) {
		v.missing += v.missingWith(host)
	}
}

func (v *views) exit(host node.ID) {
	if v.presence.set(host, false) {
		v.missing -= v.missingWith(host)
	}
}

// missingWith counts the pairs of host and present others, either way round, that are missing.
func (v *views) missingWith(host node.ID) int {
	missing := 0
	for other, present := range v.present {
		if other := node.ID(other); present && other != host {
			missing += oneIf(!v.of(host, other).member()) + oneIf(!v.of(other, host).member())
		}
	}
	return missing
}

// sizes returns how many members each present host holds, itself included.
func (v *views) sizes() []int {
	var sizes []int
	for host, present := range v.present {
		if present {
			sizes = append(sizes, v.members[host])
		}
	}
	return sizes
}

// stale is the number of pairs of which the first is present, and holds the second to be a member
// though it is not present. Of what the present hold, themselves included, all else is present.
func (v *views) stale() int {
	present, held := 0, 0
	for host, is := range v.present {
		if is {
			present, held = present+1, held+v.members[host]
		}
	}
	return held - (present*present - v.missing)
}
