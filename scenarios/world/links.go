package world

import (
	"time"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/sim"
	"butterfly/sim/trace"
)

// linkFault is what the network calls a fault of links.
type linkFault struct {
	cut         netmodel.CutID
	degradation netmodel.DegradationID
	clog        netmodel.ClogID
	limit       netmodel.LimitID
	filter      netmodel.FilterID
}

// disturb begins a fault of links; of others it does nothing.
func (w *World[M]) disturb(index int) {
	f, link := &w.spec.Faults[index], &w.faults[index].link
	if degradation, degrades := f.Degradation(); degrades {
		link.degradation = w.network.Degrade(degradation)
	}
	if filter, filters := f.Filter(); filters {
		link.filter = w.network.Filter(filter)
	}
	switch f.Kind {
	case scenarios.Partition:
		link.cut = w.network.Cut(f.Cut())
		w.changedSides()
	case scenarios.Clog:
		link.clog = w.network.Clog(f.Clog())
		w.changedSides()
	case scenarios.Limit:
		link.limit = w.network.Limit(f.Limit())
	}
}

// settle ends a fault of links, and counts what it did.
func (w *World[M]) settle(index int) {
	f, link, bite := &w.spec.Faults[index], &w.faults[index].link, &w.faults[index].bite
	if _, degrades := f.Degradation(); degrades {
		bite.countDegradation(w.network.Restore(link.degradation))
	}
	if _, filters := f.Filter(); filters {
		bite.countCut(w.network.Unfilter(link.filter))
	}
	switch f.Kind {
	case scenarios.Partition:
		bite.countCut(w.network.Heal(link.cut))
		w.changedSides()
	case scenarios.Clog:
		bite.held = w.network.Unclog(link.clog).Held
		w.changedSides()
	case scenarios.Limit:
		bite.countLimit(w.network.Unlimit(link.limit))
	}
}

// datagram asks the network for the fate of a datagram, limits included.
func (w *World[M]) datagram(from, to node.ID, size int) netmodel.Fate {
	fate := w.network.Datagram(from, to, size)
	if fate.Copies == 0 || !w.network.Limited() {
		return fate
	}
	wait, passes := w.network.Queue(w.Now(), from, to, size, netmodel.Datagrams)
	if !passes {
		return netmodel.Fate{Drop: netmodel.QueueFull}
	}
	for i := range fate.Copies {
		fate.Delay[i] += wait
	}
	return fate
}

// segment asks the network for the delay of a segment, limits included.
func (w *World[M]) segment(from, to node.ID, size int) (delay time.Duration, ok bool) {
	delay, ok = w.network.Segment(from, to, size)
	if !ok || !w.network.Limited() {
		return delay, ok
	}
	wait, passes := w.network.Queue(w.Now(), from, to, size, netmodel.Streams)
	return delay + wait, passes
}

// stopped reports whether what arrives is stopped by now: faults touch what is in flight.
func (w *World[M]) stopped(s *sim.Step[M]) bool {
	return !w.network.Open() && w.intercept(s)
}

// intercept is stopped while anything stops messages, which is rare: what every message is asked stays
// small enough to be inlined.
func (w *World[M]) intercept(s *sim.Step[M]) bool {
	if w.network.DropInFlight(s.From, s.Host) ||
		w.network.FilterInFlight(s.From, s.Host, medium(s.Kind)) {
		w.remarkArrival(trace.Drop, s)
		return true
	}
	until, held := w.network.HoldInFlight(s.From, s.Host)
	if held {
		w.remarkArrival(trace.Held, s)
		w.kernel.Postpone(s, until)
	}
	return held
}

func (w *World[M]) remarkArrival(kind trace.Kind, s *sim.Step[M]) {
	w.kernel.Remark(&trace.Record{
		Kind: kind, Host: uint32(s.Host), Peer: uint32(s.From), Size: uint32(s.Size),
	})
}

// medium is the one by which a message arrives.
func medium(kind sim.Kind) netmodel.Medium {
	if kind == sim.Deliver {
		return netmodel.Datagrams
	}
	return netmodel.Streams
}
