package checkers

import (
	"butterfly/node"
	"butterfly/sim/clock"
)

// disturb takes an observation of who is up, who reaches whom and who stands still.
func (u *Users) disturb(o *Observation, view View, report *Report) {
	u.fit(view.Hosts())
	switch o.Kind {
	case HostUp:
		u.begin(o.Host, o.At)
	case HostDown:
		u.end(o.Host, o.At, report)
	case Reachability:
		u.regroup(view, o.At)
	default:
		u.interrupt(o, report)
	}
}

// fit makes room for hosts, all of them down.
func (u *Users) fit(hosts int) {
	for len(u.servers) < hosts {
		u.servers = append(u.servers, server{
			id: node.ID(len(u.servers)), side: -1,
			views: make([]view, len(u.targets)), lanes: make([]lane, len(u.pools)),
		})
	}
}

// begin starts a life, which knows the configured origins and routes to all it knows.
func (u *Users) begin(host node.ID, at clock.Time) {
	s := &u.servers[host]
	u.accountAll(s, at)
	s.up, s.stalled, s.calm = true, false, at
	for origin := range s.views {
		s.views[origin] = routes
		if u.traffic.Origins.configured(uint32(origin)) {
			s.views[origin] |= knows
		}
		u.weigh(s, &u.targets[origin], s.views[origin], u.targets[origin].weight)
	}
}

// end ends a life, and with it all that it knew.
func (u *Users) end(host node.ID, at clock.Time, report *Report) {
	u.excuseAll(host, report)
	s := &u.servers[host]
	u.accountAll(s, at)
	clear(s.views)
	for pool := range s.lanes {
		s.lanes[pool] = lane{since: at}
	}
	s.healthy, s.avoided = 0, 0
	s.up, s.stalled = false, false
}

// interrupt takes a pause or an outage of a server's own network, which whoever is on its side may have
// to find out about.
func (u *Users) interrupt(o *Observation, report *Report) {
	s := &u.servers[o.Host]
	u.accountAll(s, o.At)
	if o.Kind == UplinkChanged {
		s.cut = !o.Up
	} else {
		s.stalled = o.Kind == HostStalled
	}
	if !s.serves() {
		u.excuseAll(o.Host, report)
	}
	for host := range u.servers {
		if other := &u.servers[host]; other == s || s.side >= 0 && other.side == s.side {
			other.calm = o.At
		}
	}
}

// regroup takes over the sides. Something has happened to all servers of a side that is not, server by
// server, the same as before.
func (u *Users) regroup(view View, at clock.Time) {
	next := make([]int, len(u.servers))
	live := make([]int, view.Sides())
	for host := range next {
		if next[host] = view.Side(node.ID(host)); next[host] >= 0 {
			live[next[host]]++
		}
	}
	was := make([]int, len(u.servers))
	for host := range was {
		was[host] = u.servers[host].side
	}
	left, came := mixing(was, next), mixing(next, was)
	for host, side := range next {
		s := &u.servers[host]
		if side >= 0 && (s.side < 0 || left[s.side] || came[side]) {
			s.calm = at
		}
		if s.side = side; side >= 0 {
			s.live = live[side]
		}
	}
}

// mixing returns, by number in from, whether hosts that share that number have different ones in to, or
// one of them has none (-1).
func mixing(from, to []int) []bool {
	mixed := branching(from, to)
	for host, a := range from {
		if a >= 0 && to[host] < 0 {
			mixed[a] = true
		}
	}
	return mixed
}
