package world

import (
	"fmt"
	"time"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/sim"
	"butterfly/sim/trace"
)

// apply carries out the effects that host's machine has put into w.out, and empties it. Most
// results of probes have none.
func (w *World[M]) apply(host node.ID) {
	w.atWork = nobody
	out := &w.out
	quiet := len(out.Events)|len(out.Sends)|len(out.Calls)|len(out.Probes) == 0
	if quiet && !out.HasSave && !out.AnyAlarm() {
		return
	}
	for i := range out.Events {
		w.kernel.Event(host, &out.Events[i])
		w.tellEvent(host, &out.Events[i])
		w.coverage.saw(out.Events[i].Kind)
		if w.addresses != nil {
			w.addresses.learn(host, w.kernel.Life(host), &out.Events[i])
		}
	}
	if out.HasSave {
		w.save(host, out.Saved)
	}
	if w.kernel.Blocked(host) {
		w.keepBack(host)
	}
	w.transmit(host, out)
	for t, ok := out.NextAlarm(0); ok; t, ok = out.NextAlarm(t + 1) {
		at, _ := out.Alarmed(t)
		w.kernel.SetTimer(host, t, w.hosts[host].when(at))
	}
	out.Reset()
}

// transmit carries out what leaves the host by its sockets.
func (w *World[M]) transmit(host node.ID, out *node.Out[M]) {
	for i := range out.Sends {
		w.send(host, &out.Sends[i])
	}
	for i := range out.Calls {
		w.call(host, &out.Calls[i])
	}
	for i := range out.Probes {
		w.probe(host, &out.Probes[i])
	}
}

func (w *World[M]) save(host node.ID, state []byte) {
	if w.refuses(host) {
		return
	}
	w.hosts[host].disk.store(w.Now(), state)
	w.kernel.Remark(&trace.Record{
		Kind: trace.Save, Host: uint32(host), Peer: trace.Nobody, Size: uint32(len(state)),
	})
}

// weigh returns the size of a host's message on the wire and what travels: the message itself, or in
// codec mode what came out of encoding and decoding it.
func (w *World[M]) weigh(from node.ID, m *M) (*M, int) {
	if c := w.spec.Codec; c != nil && !c.DamagedOnly {
		w.wire = w.codecOf(from).Append(w.wire[:0], m)
		node.ResetMessage(&w.decoded)
		if err := w.codecOf(from).Parse(w.wire, &w.decoded); err != nil {
			panic(fmt.Sprintf("world: a message that Append wrote cannot be parsed: %v", err))
		}
		return &w.decoded, len(w.wire)
	}
	if w.spec.Size == nil {
		return m, 0
	}
	return m, w.spec.Size(m)
}

func (w *World[M]) count(size int) {
	w.traffic.messages++
	w.traffic.bytes += uint64(size)
}

func (w *World[M]) send(from node.ID, s *node.Send[M]) {
	m, size := w.weigh(from, &s.Message)
	w.count(size)
	w.traffic.packets++
	if int(s.To) >= len(w.hosts) {
		return // as to an address where nobody listens
	}
	w.overhear(from, m)
	if w.addresses != nil && w.astray(from, s.To, size) {
		return
	}
	fate := w.datagram(from, s.To, size)
	if fate.Drop == netmodel.Corruption {
		w.showDamaged(from, s.To, m, &fate)
	}
	if fate.Copies == 0 {
		w.remarkDrop(from, s.To, size, uint16(fate.Drop))
		return
	}
	parcel, held := w.kernel.Pack(from, m, size), w.heldBack(from)
	w.kernel.Deliver(parcel, s.To, fate.Delay[0]+held)
	if fate.Copies == 2 {
		w.kernel.Replay(parcel, s.To, fate.Delay[1]+held)
	}
}

// call makes a request on a stream. What of it the network loses leaves it to its deadline.
func (w *World[M]) call(from node.ID, c *node.Call[M]) {
	m, size := w.weigh(from, &c.Message)
	w.count(size)
	if int(c.To) >= len(w.hosts) {
		panic(fmt.Sprintf("world: server %d calls server %d of %d", from, c.To, len(w.hosts)))
	}
	timeout := w.hosts[from].lasts(w.Now(), c.Timeout)
	ref := w.kernel.OpenCall(from, c.To, c.ID, timeout)
	if w.addresses != nil && w.astray(from, c.To, size) {
		return
	}
	goesOn := w.spec.GoesOn != nil && w.spec.GoesOn(m)
	answered := goesOn || w.network.Call(from, c.To)
	opened, ok1 := w.openStream(from, c.To)
	request, ok2 := w.segment(from, c.To, size)
	if answered && ok1 && ok2 {
		w.kernel.Request(ref, m, size, opened+request+w.heldBack(from))
	}
}

// openStream returns how long it takes to open a stream: SYN there and SYN-ACK back. The final ACK
// travels with the request.
func (w *World[M]) openStream(from, to node.ID) (delay time.Duration, ok bool) {
	if w.spec.KeepAlive {
		return 0, true
	}
	there, ok1 := w.segment(from, to, 0)
	back, ok2 := w.segment(to, from, 0)
	return there + back, ok1 && ok2
}

// serve lets a machine answer a request, and sends the reply or the refusal on its way.
func (w *World[M]) serve(h *host[M], s *sim.Step[M]) {
	if !w.answers(h, s) {
		w.turnAway(s)
		return
	}
	m, size := w.weigh(s.Host, &w.reply)
	w.count(size)
	if delay, ok := w.segment(s.Host, s.From, size); ok {
		w.kernel.Reply(s.Host, s.Call, m, size, delay+w.heldBack(s.Host))
	}
}

// answers asks a machine for a reply to a request. It may have none.
func (w *World[M]) answers(h *host[M], s *sim.Step[M]) bool {
	if h.server == nil {
		return false
	}
	node.ResetMessage(&w.reply)
	w.atWork = s.Host
	answered := h.server.Serve(h.time(s.At), s.From, s.Message, &w.reply, &w.out)
	w.atWork = nobody
	return answered
}

// turnAway sends the refusal of a request on its way.
func (w *World[M]) turnAway(s *sim.Step[M]) {
	if delay, ok := w.segment(s.Host, s.From, 0); ok {
		w.kernel.Refuse(s.Call, delay+w.heldBack(s.Host))
	}
}

// returned gives the end of a call to the machine that made it.
func (w *World[M]) returned(h *host[M], s *sim.Step[M]) {
	if s.Failure == node.OK {
		w.kernel.Complete(s.Call)
		w.coverage.saw(answered)
	}
	if h.caller == nil {
		panic(fmt.Sprintf("world: server %d makes calls but has no Returned method", s.Host))
	}
	w.atWork = s.Host
	h.caller.Returned(h.time(s.At), s.From, s.CallID, s.Message, s.Failure, &w.out)
}
