package replicas

import (
	"butterfly/checkers"
	"butterfly/node"
	"butterfly/node/gossip"
	"butterfly/node/wire"
	"butterfly/scenarios/world"
)

// meter weighs every message, and keeps count of what was sent for what. It belongs to one world.
type meter struct {
	limit int // entries in one answer, 0 for no limit

	exchanges   int // contacts begun
	bytes       int
	entries     int // sent
	whole       int // answers that had to be whole
	cut         int // answers that had as many entries as they may
	merged      int // entries that arrived
	changed     int // of these, those that changed something
	longestIdle idleBytes
}

// idleBytes are the sizes of the largest messages of a contact that brings nothing.
type idleBytes struct{ request, answer int }

// size is what a message weighs.
func (m *meter) size(message *Message) int {
	size := wire.SizeReplica(message)
	m.weigh(message, size)
	return size
}

// codec is for messages that travel as bytes, all of them or only what somebody spoils: those have been
// weighed by then.
func (m *meter) codec(all bool) *world.Codec[Message] {
	return &world.Codec[Message]{
		Append: func(b []byte, message *Message) []byte {
			before := len(b)
			b = wire.AppendReplica(b, message)
			if all {
				m.weigh(message, len(b)-before)
			}
			return b
		},
		Parse: wire.ParseReplica, DamagedOnly: !all,
	}
}

func (m *meter) weigh(message *Message, size int) {
	m.bytes += size
	entries := len(message.Delta.Entries)
	m.entries += entries
	switch {
	case message.Kind != gossip.Answer && message.Kind != gossip.Push:
		m.exchanges++
		m.longestIdle.request = max(m.longestIdle.request, size)
	case message.Delta.Whole:
		m.whole++
	case entries > 0 && entries == m.limit:
		m.cut++
	case entries == 0 && !message.Lacks:
		m.longestIdle.answer = max(m.longestIdle.answer, size)
	}
}

// Watches implements [checkers.Checker].
func (m *meter) Watches() checkers.Kind { return checkers.Event | checkers.Ended }

// Observe implements [checkers.Checker].
func (m *meter) Observe(o *checkers.Observation, _ checkers.View, report *checkers.Report) {
	switch {
	case o.Kind == checkers.Ended:
		m.report(report)
	case o.Event.Kind == Merged:
		m.merged += int(o.Event.A)
		m.changed += int(o.Event.B)
	case o.Event.Kind == node.Wrote:
		report.Saw(situationWritten)
	}
}

func (m *meter) report(r *checkers.Report) {
	r.Metric("exchanges", float64(m.exchanges))
	r.Metric("bytes_per_exchange", float64(m.bytes)/float64(max(1, m.exchanges)))
	r.Metric("idle_exchange_bytes", float64(m.idle()))
	r.Metric("entries_sent", float64(m.entries))
	r.Metric("redundant_entries", float64(m.merged-m.changed))
	r.Metric("whole_answers", float64(m.whole))
	for range m.cut {
		r.Saw(situationCut)
	}
	for range m.whole {
		r.Saw(situationWhole)
	}
}

// idle is what a contact weighs at most that brings nothing: request and answer.
func (m *meter) idle() int { return m.longestIdle.request + m.longestIdle.answer }
