package record

import (
	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/agent"
	"butterfly/node/live/names"
	"butterfly/node/wire"
	"butterfly/sim/clock"
)

// host is one server. The first of a stage is recorded.
type host struct {
	stage     *stage
	header    Header
	directory *names.Directory
	machine   *agent.Agent
	writer    *Writer // nil for those that are not recorded
	out       node.Out[wire.Message]
	alarms    [node.MaxTimers]clock.Time
	down      map[string]bool // by target
}

// input records an input, if the host is recorded, gives it to the machine, and carries out what
// came of it.
func (h *host) input(tell func(*Writer), do func() Outcome) {
	if h.writer != nil {
		tell(h.writer)
	}
	outcome := do()
	if h.writer != nil {
		h.writer.Effects(&h.out, outcome)
	}
	h.carryOut()
}

func (h *host) start() {
	now := h.stage.now
	h.input(func(w *Writer) { w.Start(now, nil) }, func() (o Outcome) {
		h.machine.Start(now, nil, &h.out)
		return o
	})
}

func (h *host) wake(timer node.TimerID) {
	now := h.stage.now
	h.input(func(w *Writer) { w.Wake(now, timer) }, func() (o Outcome) {
		h.machine.Wake(now, timer, &h.out)
		return o
	})
}

func (h *host) leave() {
	now := h.stage.now
	h.input(func(w *Writer) { w.Leave(now) }, func() (o Outcome) {
		h.machine.Leave(now, &h.out)
		return o
	})
}

func (h *host) describe(metadata []byte) {
	now := h.stage.now
	h.input(func(w *Writer) { w.Describe(now, metadata) }, func() Outcome {
		return Outcome{Err: h.machine.Describe(now, metadata, &h.out)}
	})
}

func (h *host) register(o uint32, definition uint16) {
	now := h.stage.now
	h.input(func(w *Writer) { w.Register(now, o, definition) }, func() (r Outcome) {
		h.machine.Register(now, o, definition, &h.out)
		return r
	})
}

func (h *host) unregister(o uint32) {
	now := h.stage.now
	h.input(func(w *Writer) { w.Unregister(now, o) }, func() (r Outcome) {
		h.machine.Unregister(now, o, &h.out)
		return r
	})
}

// define tells the machine of definitions that the directory has learned.
func (h *host) define() {
	for _, d := range h.directory.TakeNew() {
		if h.writer != nil {
			h.writer.Define(d)
		}
		number, err := h.machine.Define(d)
		require.NoError(h.stage.t, err)
		if h.writer != nil {
			h.writer.Effects(&h.out, Outcome{Number: number})
		}
	}
}

// hear returns a message in numbers of h.
func (h *host) hear(encoded []byte) *wire.Message {
	m := new(wire.Message)
	require.NoError(h.stage.t, h.directory.ParseMessage(encoded, m))
	h.define()
	return m
}

func (h *host) receive(from node.ID, encoded []byte) {
	now, m := h.stage.now, h.hear(encoded)
	h.input(func(w *Writer) { w.Receive(now, from, m) }, func() (o Outcome) {
		h.machine.Receive(now, from, m, &h.out)
		return o
	})
}

// serve returns the encoding of the reply.
func (h *host) serve(from node.ID, encoded []byte) (answer []byte) {
	now, request, reply := h.stage.now, h.hear(encoded), new(wire.Message)
	h.input(func(w *Writer) { w.Serve(now, from, request) }, func() (o Outcome) {
		if h.machine.Serve(now, from, request, reply, &h.out) {
			o.Reply = reply
			answer = h.directory.AppendMessage(nil, reply)
		}
		return o
	})
	return answer
}

func (h *host) returned(from node.ID, call node.CallID, encoded []byte) {
	now, failure, reply := h.stage.now, node.Timeout, (*wire.Message)(nil)
	if encoded != nil {
		failure, reply = node.OK, h.hear(encoded)
	}
	h.input(func(w *Writer) { w.Returned(now, from, call, reply, failure) }, func() (o Outcome) {
		h.machine.Returned(now, from, call, reply, failure, &h.out)
		return o
	})
}

func (h *host) probe(p node.Probe) {
	now, result := h.stage.now, node.ProbeResult{Token: p.Token, Origin: p.Origin}
	result.Outcome = node.Succeeded
	if h.down[h.directory.Name(p.Origin).Target] {
		result.Outcome = node.Failed
	}
	h.input(func(w *Writer) { w.Probed(now, result) }, func() (o Outcome) {
		h.machine.Probed(now, result, &h.out)
		return o
	})
}

// carryOut queues what the machine has asked for.
func (h *host) carryOut() {
	out, s, self := &h.out, h.stage, h.header.Number
	for i := range out.Sends {
		to, b := s.find(out.Sends[i].To), h.directory.AppendMessage(nil, &out.Sends[i].Message)
		s.queue = append(s.queue, func() { to.receive(self, b) })
	}
	for i := range out.Calls {
		c := &out.Calls[i]
		to, id, b := s.find(c.To), c.ID, h.directory.AppendMessage(nil, &c.Message)
		s.queue = append(s.queue, func() {
			h.returned(to.header.Number, id, to.serve(self, b))
		})
	}
	for _, p := range out.Probes {
		s.queue = append(s.queue, func() { h.probe(p) })
	}
	for t, set := out.NextAlarm(0); set; t, set = out.NextAlarm(t + 1) {
		h.alarms[t], _ = out.Alarmed(t)
	}
	out.Reset()
}
