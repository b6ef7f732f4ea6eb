package checkers

import "butterfly/node"

// presence is which hosts take part in the group: those that run, and have neither left nor yielded
// in this life.
type presence struct {
	present []bool // by host
}

// fit makes room for hosts, all of them absent.
func (p *presence) fit(hosts int) {
	if hosts != len(p.present) {
		p.present = make([]bool, hosts)
	}
}

// observe takes an observation of any kind. It reports whether it was about o.Host coming or going.
func (p *presence) observe(o *Observation, view View) (changed bool) {
	switch {
	case o.Kind == HostUp:
		p.fit(view.Hosts())
		return p.set(o.Host, true)
	case o.Kind == HostDown, o.Kind == Event && departs(o):
		return p.set(o.Host, false)
	}
	return false
}

func (p *presence) set(host node.ID, to bool) (changed bool) {
	changed = p.present[host] != to
	p.present[host] = to
	return changed
}

// departs reports whether an event is a host's last word about itself: it goes on running, but is
// no longer part of the group.
func departs(o *Observation) bool {
	return o.Event.Kind == node.Yielded ||
		o.Event.Kind == node.MemberLeft && node.ID(o.Event.Subject) == o.Host
}
