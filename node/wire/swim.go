package wire

import (
	"encoding/binary"

	"butterfly/node"
	"butterfly/node/swim"
)

const (
	incarnationBytes = 8
	// minUpdateBytes is the size of an update about a member below 128 from another.
	minUpdateBytes = 1 + 1 + 1 + incarnationBytes
)

func appendSwim(b []byte, m *swim.Message) []byte {
	must(swim.Ping <= m.Kind && m.Kind <= swim.SyncReply, "unknown kind of swim message")
	b = append(b, byte(m.Kind))
	b = binary.AppendUvarint(b, uint64(m.Sequence))
	b = binary.AppendUvarint(b, uint64(m.Origin))
	b = binary.AppendUvarint(b, uint64(m.Target))
	b = binary.AppendUvarint(b, uint64(len(m.Updates)))
	for i := range m.Updates {
		b = appendUpdate(b, &m.Updates[i])
	}
	return b
}

func appendUpdate(b []byte, u *swim.Update) []byte {
	must(u.State <= swim.Left, "unknown state in an update")
	b = binary.AppendUvarint(b, uint64(u.Member))
	b = append(b, byte(u.State))
	b = binary.AppendUvarint(b, uint64(u.From))
	return binary.BigEndian.AppendUint64(b, uint64(u.Incarnation))
}

func sizeSwim(m *swim.Message) int {
	const kind, state = 1, 1
	size := kind + sizeUvarint(uint64(m.Sequence)) + sizeUvarint(uint64(m.Origin)) +
		sizeUvarint(uint64(m.Target)) + sizeUvarint(uint64(len(m.Updates)))
	for i := range m.Updates {
		u := &m.Updates[i]
		size += sizeUvarint(uint64(u.Member)) + state + sizeUvarint(uint64(u.From)) +
			incarnationBytes
	}
	return size
}

func (r *reader) swim(m *swim.Message) {
	m.Kind = swim.Kind(r.byte("kind of swim message", byte(swim.Ping), byte(swim.SyncReply)))
	m.Sequence = r.uint32("sequence")
	m.Origin = node.ID(r.uint32("origin"))
	m.Target = node.ID(r.uint32("target"))
	for n := r.count("number of updates", minUpdateBytes); n > 0 && r.ok(); n-- {
		m.Updates = append(m.Updates, r.update())
	}
}

func (r *reader) update() (u swim.Update) {
	u.Member = node.ID(r.uint32("member of an update"))
	u.State = swim.State(r.byte("state of an update", byte(swim.Unknown), byte(swim.Left)))
	u.From = node.ID(r.uint32("source of an update"))
	u.Incarnation = swim.Incarnation(r.fixed("incarnation of an update", incarnationBytes))
	return u
}
