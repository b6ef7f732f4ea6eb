package world

import (
	"slices"
	"time"

	"butterfly/checkers"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/sim/trace"
)

// fault is what the world knows about one fault of the plan while the run lasts.
type fault struct {
	link    linkFault
	forged  uint64 // datagrams that an outsider has made
	inForce bool
	bite    bite
}

// leaveGrace is how long a server that leaves goes on running, to say goodbye.
const leaveGrace = 2 * time.Second

func (w *World[M]) begin(index int) {
	w.kernel.Remark(faultRecord(index, 1))
	f, state := &w.spec.Faults[index], &w.faults[index]
	w.coverage.begin(f)
	state.inForce = f.For > 0
	w.disturb(index)
	switch f.Kind {
	case scenarios.Crash, scenarios.Leave, scenarios.Upgrade, scenarios.Pause, scenarios.Block:
		for _, id := range f.Hosts {
			w.strike(id, f, &state.bite)
		}
	case scenarios.Slow:
		w.slowDown(f, &state.bite)
	case scenarios.Clock:
		w.disturbClocks(f, &state.bite, 1)
	case scenarios.Uplink:
		w.disconnect(index)
	case scenarios.NoSockets:
		w.exhaustSockets(index)
	case scenarios.OriginDown:
		for _, origin := range f.Origins {
			w.takeDown(origin, &state.bite)
		}
	case scenarios.Register, scenarios.Unregister:
		w.operate(f, &state.bite)
		w.coverage.end(f)
	case scenarios.Forge:
		w.beginForging(index)
	}
}

func (w *World[M]) end(index int) {
	w.kernel.Remark(faultRecord(index, 0))
	f, state := &w.spec.Faults[index], &w.faults[index]
	state.inForce = false
	w.settle(index)
	switch f.Kind {
	case scenarios.Crash, scenarios.Leave, scenarios.Upgrade:
		for _, id := range f.Hosts {
			w.bringBack(id, &state.bite)
		}
	case scenarios.Pause:
		for _, id := range f.Hosts {
			w.unpause(id, &state.bite)
		}
	case scenarios.Slow:
		w.speedUp(f, &state.bite)
	case scenarios.Clock:
		w.noteAstray(f, &state.bite)
		w.disturbClocks(f, &state.bite, -1)
	case scenarios.Block:
		for _, id := range f.Hosts {
			w.unblock(id, &state.bite)
		}
	case scenarios.Uplink:
		w.reconnect(index)
	case scenarios.NoSockets:
		w.freeSockets(index)
	case scenarios.OriginDown:
		for _, origin := range f.Origins {
			w.bringUp(origin, &state.bite)
		}
	case scenarios.Forge:
		w.endForging()
	}
	w.coverage.end(f)
}

func faultRecord(index int, began uint16) *trace.Record {
	return &trace.Record{
		Kind: trace.Fault, Host: trace.Nobody, Peer: trace.Nobody, Subject: uint32(index), Code: began,
	}
}

// strike begins a fault of one host. Faults that overlap on a host are counted: it is back when the
// last of them is over. A host that is down already is not struck, but kept down.
func (w *World[M]) strike(id node.ID, f *scenarios.Fault, b *bite) {
	h := &w.hosts[id]
	struck := w.Up(id)
	switch f.Kind {
	case scenarios.Crash:
		h.down++
		w.wipe(id, f, b)
		w.moveOut(id, f, b)
		w.stop(id)
	case scenarios.Leave:
		h.down++
		w.leave(id)
	case scenarios.Upgrade:
		h.down++
		w.stop(id)
		if h.upgraded == 0 {
			h.upgraded = w.kernel.Life(id)
		}
	case scenarios.Pause:
		h.pauses++
		struck = struck && !w.kernel.Paused(id)
		if struck {
			w.stall(id, w.kernel.Pause)
		}
	case scenarios.Block:
		h.blocks++
		struck = struck && !w.kernel.Blocked(id)
		if struck {
			w.stall(id, w.kernel.Block)
		}
	}
	if struck {
		b.struck++
	}
}

// eachInForce visits the faults of a kind that are in force and strike the host.
func (w *World[M]) eachInForce(
	kind scenarios.FaultKind, id node.ID, visit func(f *scenarios.Fault, b *bite),
) (found bool) {
	for i := range w.faults {
		f := &w.spec.Faults[i]
		if w.faults[i].inForce && f.Kind == kind && slices.Contains(f.Hosts, id) {
			found = true
			visit(f, &w.faults[i].bite)
		}
	}
	return found
}

// stall begins a pause or a block of a host, and tells the checkers if it has run free until now.
func (w *World[M]) stall(id node.ID, begin func(node.ID)) {
	able := w.able(id)
	begin(id)
	if able {
		w.tell(checkers.Observation{Kind: checkers.HostStalled, Host: id})
	}
}

// runFree tells the checkers of a host whose last pause or block is about to end, and lets leave
// what hangs in its sockets.
func (w *World[M]) runFree(id node.ID, b *bite) {
	if w.hosts[id].cost == 0 && !w.lacksSockets(id) {
		w.tell(checkers.Observation{Kind: checkers.HostResumed, Host: id})
	}
	b.belated += w.sendStuck(id)
}

// leave lets a server say goodbye, unless it stands still, and stops it a little later.
func (w *World[M]) leave(id node.ID) {
	if !w.Up(id) {
		return
	}
	leaver, ok := w.hosts[id].machine.(node.Leaver[M])
	if ok && !w.kernel.Paused(id) {
		w.atWork = id
		leaver.Leave(w.hosts[id].time(w.Now()), &w.out)
		w.apply(id)
	}
	w.hosts[id].leaving = w.kernel.Life(id)
	w.kernel.Control(leaveGrace, stopHost|uint32(id))
}

// left stops a server that has said goodbye, if it has not died since.
func (w *World[M]) left(id node.ID) {
	if w.kernel.Life(id) == w.hosts[id].leaving {
		w.stop(id)
	}
}

// bringBack ends a crash or a leave of one host.
func (w *World[M]) bringBack(id node.ID, b *bite) {
	w.hosts[id].down--
	if w.hosts[id].down > 0 {
		return
	}
	w.stop(id) // a leave shorter than its grace
	w.start(id)
	b.returned++
}

// unpause ends a pause of one host. A host that has crashed meanwhile is not paused any more.
func (w *World[M]) unpause(id node.ID, b *bite) {
	w.hosts[id].pauses--
	if w.hosts[id].pauses > 0 || !w.kernel.Paused(id) {
		return
	}
	if !w.kernel.Blocked(id) {
		w.runFree(id, b)
	}
	b.late += w.kernel.Resume(id)
	b.returned++
}

func (w *World[M]) takeDown(origin uint32, b *bite) {
	w.origins.outages[origin]++
	if w.origins.outages[origin] == 1 {
		b.struck++
		w.kernel.Remark(originRecord(origin, 0))
		w.tell(checkers.Observation{Kind: checkers.OriginChanged, Origin: origin, Up: false})
	}
}

func (w *World[M]) bringUp(origin uint32, b *bite) {
	w.origins.outages[origin]--
	if w.origins.outages[origin] == 0 {
		b.returned++
		w.kernel.Remark(originRecord(origin, 1))
		w.tell(checkers.Observation{Kind: checkers.OriginChanged, Origin: origin, Up: true})
	}
}

func originRecord(origin uint32, up uint16) *trace.Record {
	return &trace.Record{
		Kind: trace.Origin, Host: trace.Nobody, Peer: trace.Nobody, Subject: origin, Code: up,
	}
}
