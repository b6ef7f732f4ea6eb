package checkers

import (
	"slices"

	"butterfly/node"
	"butterfly/sim/clock"
)

// death is the last one of an origin.
type death struct {
	at       clock.Time
	open     bool       // it is not known yet how long it takes to route around
	awaited  int        // servers that have sent it requests ever since
	released clock.Time // when the last of the others ceased to
	anybody  bool       // there is one of these
}

// deaths is how those that are over went.
type deaths struct {
	took      samples // those that were routed around
	notAround int
	unrouted  int
}

// originChanged takes an origin's death or return.
func (u *Users) originChanged(origin uint32, down bool, at clock.Time) {
	t := &u.targets[origin]
	if t.down == down {
		return
	}
	u.giveUp(origin)
	u.alter(origin, at, func() { t.down, t.turned = down, at })
	if !down {
		u.dead = slices.DeleteFunc(u.dead, func(dead uint32) bool { return dead == origin })
		return
	}
	u.dead = append(u.dead, origin)
	t.death = death{at: at}
	if t.registered {
		u.await(origin)
	}
}

// originRegistered takes an operator's word. A server that has not heard it knows what it knew.
func (u *Users) originRegistered(origin uint32, registered bool, at clock.Time) {
	t := &u.targets[origin]
	if t.registered && !registered {
		u.giveUp(origin)
	}
	u.alter(origin, at, func() { t.registered, t.told = registered, at })
}

// alter changes an origin, and its weight in all sums with it.
func (u *Users) alter(origin uint32, at clock.Time, change func()) {
	whole := make([]bool, len(u.servers))
	for host := range u.servers {
		whole[host] = u.withdraw(&u.servers[host], origin, at)
	}
	change()
	for host := range u.servers {
		u.contribute(&u.servers[host], origin, at, whole[host])
	}
}

// await begins to await all servers whose requests go to an origin that has just died.
func (u *Users) await(origin uint32) {
	d := &u.targets[origin].death
	for host := range u.servers {
		if u.sends(node.ID(host), origin) {
			u.servers[host].views[origin] |= awaited
			d.awaited++
		}
	}
	if d.open = d.awaited > 0; !d.open {
		u.deaths.unrouted++
	}
}

// sends reports whether users of a server get sent to an origin that is dead.
func (u *Users) sends(host node.ID, origin uint32) bool {
	s, t := &u.servers[host], &u.targets[origin]
	return s.serves() && s.views[origin]&(knows|routes) == knows|routes &&
		t.down && t.registered && t.weight > 0
}

// release notes that a server has ceased to send requests to an origin.
func (u *Users) release(host node.ID, origin uint32, at clock.Time, report *Report) {
	if u.servers[host].views[origin]&awaited != 0 {
		d := &u.targets[origin].death
		d.released, d.anybody = at, true
		u.excuse(host, origin, report)
	}
}

// excuse no longer awaits a server. The death is over when none is awaited any more.
func (u *Users) excuse(host node.ID, origin uint32, report *Report) {
	s := &u.servers[host]
	if s.views[origin]&awaited == 0 {
		return
	}
	s.views[origin] &^= awaited
	d := &u.targets[origin].death
	if d.awaited--; d.awaited > 0 {
		return
	}
	d.open = false
	if d.anybody {
		u.deaths.took.add(d.released.Sub(d.at))
		report.Saw(SituationRoutedAround)
	} else {
		u.deaths.notAround++
	}
}

// excuseAll no longer awaits a server that has no users any more.
func (u *Users) excuseAll(host node.ID, report *Report) {
	for _, origin := range u.dead {
		u.excuse(host, origin, report)
	}
}

// giveUp ends a death that was not routed around.
func (u *Users) giveUp(origin uint32) {
	d := &u.targets[origin].death
	if !d.open {
		return
	}
	d.open = false
	u.deaths.notAround++
	for host := range u.servers {
		u.servers[host].views[origin] &^= awaited
	}
}

func (u *Users) measureDeaths(report *Report) {
	for _, origin := range u.dead {
		u.giveUp(origin)
	}
	took := u.deaths.took
	report.Metric("deaths_routed_around", float64(len(took)))
	report.Metric("deaths_not_routed_around", float64(u.deaths.notAround))
	report.Metric("deaths_unrouted", float64(u.deaths.unrouted))
	if len(took) == 0 {
		return
	}
	took.sort()
	report.MetricSeconds("routed_around_seconds_p50", took.quantile(50))
	report.MetricSeconds("routed_around_seconds_p99", took.quantile(99))
	report.MetricSeconds("routed_around_seconds_max", took.quantile(100))
}
