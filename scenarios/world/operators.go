package world

import (
	"butterfly/checkers"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/sim/trace"
)

// operate lets an operator tell one server what f says of its origins.
func (w *World[M]) operate(f *scenarios.Fault, b *bite) {
	id, found := w.listener(f.Hosts[0], f.Hosts)
	if !found {
		return
	}
	for _, origin := range f.Origins {
		w.instruct(id, origin, f)
		b.countOrder(w.origins.want(origin, f.Kind == scenarios.Register))
	}
}

// listener is the first of the given hosts that an operator can tell something; without one, the
// next higher host after first that there is, and after the highest the lowest.
func (w *World[M]) listener(first node.ID, hosts []node.ID) (id node.ID, found bool) {
	for _, id := range hosts {
		if w.listens(id) {
			return id, true
		}
	}
	for i := range w.hosts {
		id := (first + node.ID(i)) % node.ID(len(w.hosts))
		if w.listens(id) {
			return id, true
		}
	}
	return node.Nobody, false
}

// listens reports whether host is up, does not stand still and has an ear for operators.
func (w *World[M]) listens(host node.ID) bool {
	return w.hosts[host].registrar != nil && !w.kernel.Stalled(host)
}

// instruct tells a server of one origin, and then the checkers.
func (w *World[M]) instruct(host node.ID, origin uint32, f *scenarios.Fault) {
	order := trace.Record{
		Kind: trace.Operator, Host: uint32(host), Peer: trace.Nobody, Subject: origin,
	}
	registers := f.Kind == scenarios.Register
	if registers {
		order.Code, order.A = 1, uint64(f.Definition)
	}
	w.kernel.Remark(&order)
	now := w.hosts[host].time(w.Now())
	w.atWork = host
	if registers {
		w.hosts[host].registrar.Register(now, origin, f.Definition, &w.out)
	} else {
		w.hosts[host].registrar.Unregister(now, origin, &w.out)
	}
	w.apply(host)
	w.tell(checkers.Observation{
		Kind: checkers.OriginRegistered, Host: host, Origin: origin, Up: registers,
	})
}
