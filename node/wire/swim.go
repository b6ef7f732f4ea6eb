package wire

import (
	"encoding/binary"

	"butterfly/node"
	"butterfly/node/swim"
)

const digestBytes = 8

// isProbe reports whether messages of this kind are about a probe: they name it.
func isProbe(k swim.Kind) bool {
	return k == swim.Ping || k == swim.Ack || k == swim.PingReq || k == swim.Nack
}

// isSync reports whether messages of this kind are about whole tables: they sum up the sender's.
func isSync(k swim.Kind) bool { return k == swim.SyncRequest || k == swim.SyncReply }

func appendSwim(b []byte, m *swim.Message) []byte {
	must(swim.Ping <= m.Kind && m.Kind <= swim.Nack, "unknown kind of swim message")
	must(len(m.Broadcasts) <= swim.MaxDatagramBroadcasts, "more broadcasts than a datagram has")
	b = appendAbout(append(b, byte(m.Kind)), m)
	rest := m.Bytes
	b = binary.AppendUvarint(b, uint64(len(m.Updates)))
	for i := range m.Updates {
		b, rest = appendUpdate(b, &m.Updates[i], rest)
	}
	b = binary.AppendUvarint(b, uint64(len(m.Broadcasts)))
	for i := range m.Broadcasts {
		b, rest = appendBroadcast(b, &m.Broadcasts[i], rest)
	}
	must(len(rest) == 0, "bytes of no update and no broadcast")
	return b
}

// appendAbout appends what the kind of m calls for before the lists.
func appendAbout(b []byte, m *swim.Message) []byte {
	named := m.Sequence != 0 || m.Origin != 0 || m.Target != 0
	must(isProbe(m.Kind) || !named, "sequence, origin or target of no probe")
	must(isSync(m.Kind) || m.Digest == 0, "a digest of no table")
	switch {
	case isProbe(m.Kind):
		b = binary.AppendUvarint(b, uint64(m.Sequence))
		b = appendID(b, m.Origin)
		return appendID(b, m.Target)
	case isSync(m.Kind):
		return binary.BigEndian.AppendUint64(b, m.Digest)
	}
	return b
}

func appendID(b []byte, id node.ID) []byte {
	must(id < node.MaxIDs, "an ID that no node has")
	return binary.AppendUvarint(b, uint64(id))
}

// appendFirst appends the length and the content of the first count of bytes, and returns the rest
// of them too.
func appendFirst(b, bytes []byte, count uint16) (appended, rest []byte) {
	must(int(count) <= len(bytes), "fewer bytes than the updates and broadcasts claim")
	b = binary.AppendUvarint(b, uint64(count))
	return append(b, bytes[:count]...), bytes[count:]
}

func sizeSwim(m *swim.Message) int {
	const kind = 1
	size := kind + sizeAbout(m) + sizeUvarint(uint64(len(m.Updates))) +
		sizeUvarint(uint64(len(m.Broadcasts))) + len(m.Bytes)
	for i := range m.Updates {
		size += sizeUpdate(&m.Updates[i])
	}
	for i := range m.Broadcasts {
		size += sizeBroadcast(&m.Broadcasts[i])
	}
	return size
}

func sizeAbout(m *swim.Message) int {
	switch {
	case isProbe(m.Kind):
		return sizeUvarint(uint64(m.Sequence)) + sizeUvarint(uint64(m.Origin)) +
			sizeUvarint(uint64(m.Target))
	case isSync(m.Kind):
		return digestBytes
	}
	return 0
}

func (r *reader) swim(m *swim.Message) {
	m.Kind = swim.Kind(r.byte("kind of swim message", byte(swim.Ping), byte(swim.Nack)))
	r.about(m)
	for n := r.count("number of updates", minUpdateBytes); n > 0 && r.ok(); n-- {
		r.update(m)
	}
	start := r.offset
	n := r.count("number of broadcasts", minBroadcastBytes)
	r.demand(n <= swim.MaxDatagramBroadcasts, start, "no more broadcasts than a datagram has")
	for ; n > 0 && r.ok(); n-- {
		r.broadcast(m)
	}
}

// about reads what the kind of m calls for before the lists.
func (r *reader) about(m *swim.Message) {
	switch {
	case isProbe(m.Kind):
		m.Sequence = r.uint32("sequence")
		m.Origin = r.id("origin")
		m.Target = r.id("target")
	case isSync(m.Kind):
		m.Digest = r.fixed("digest", digestBytes)
	}
}

// id reads the ID of a node.
func (r *reader) id(field string) node.ID { return node.ID(r.uvarint(field, 0, node.MaxIDs-1)) }
