package wire

import (
	"encoding/binary"

	"butterfly/node/swim"
)

const (
	broadcastSequenceBytes = 8
	// minBroadcastBytes is the size of a broadcast without payload from an origin below 128.
	minBroadcastBytes = 1 + broadcastSequenceBytes + 1
)

// appendBroadcast takes the payload from the front of bytes, and returns the rest of them too.
func appendBroadcast(b []byte, c *swim.Broadcast, bytes []byte) (appended, rest []byte) {
	must(c.PayloadBytes <= swim.MaxPayload, "more payload than a broadcast may have")
	b = appendID(b, c.Origin)
	b = binary.BigEndian.AppendUint64(b, c.Sequence)
	return appendFirst(b, bytes, c.PayloadBytes)
}

// sizeBroadcast returns the size of c without its payload.
func sizeBroadcast(c *swim.Broadcast) int {
	return sizeUvarint(uint64(c.Origin)) + broadcastSequenceBytes +
		sizeUvarint(uint64(c.PayloadBytes))
}

// broadcast appends a broadcast to m.
func (r *reader) broadcast(m *swim.Message) {
	c := swim.Broadcast{
		Origin:   r.id("origin of a broadcast"),
		Sequence: r.fixed("sequence of a broadcast", broadcastSequenceBytes),
	}
	length := r.uvarint("length of a payload", 0, swim.MaxPayload)
	c.PayloadBytes = uint16(length)
	m.Bytes = append(m.Bytes, r.take("payload", int(length))...)
	m.Broadcasts = append(m.Broadcasts, c)
}
