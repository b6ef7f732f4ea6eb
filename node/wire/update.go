package wire

import (
	"encoding/binary"

	"butterfly/node"
	"butterfly/node/swim"
)

const (
	incarnationBytes = 8
	// minUpdateBytes is the size of an update that a member below 128 makes about itself.
	minUpdateBytes = 1 + 1 + incarnationBytes
	// extension is added to the state of an update that ends with what most have no need of: the
	// metadata of an alive member, or who says so of another, if that is not the member itself.
	extension = 8
)

// extended reports whether u ends with metadata or with who says so.
func extended(u *swim.Update) bool {
	if u.State == swim.Alive {
		return u.MetadataBytes > 0
	}
	return u.From != u.Member
}

// appendUpdate takes the metadata from the front of bytes, and returns the rest of them too.
func appendUpdate(b []byte, u *swim.Update, bytes []byte) (appended, rest []byte) {
	must(u.State <= swim.Left, "unknown state in an update")
	must(u.State == swim.Alive || u.MetadataBytes == 0, "metadata of a member that is not alive")
	must(u.State != swim.Alive || u.From == u.Member, "an alive claim by another member")
	must(u.MetadataBytes <= swim.MaxMetadata, "more metadata than a member may have")
	b = appendID(b, u.Member)
	if !extended(u) {
		return appendClaim(b, byte(u.State), u.Incarnation), bytes
	}
	b = appendClaim(b, byte(u.State)+extension, u.Incarnation)
	if u.State == swim.Alive {
		return appendFirst(b, bytes, u.MetadataBytes)
	}
	return appendID(b, u.From), bytes
}

func appendClaim(b []byte, state byte, incarnation swim.Incarnation) []byte {
	return binary.BigEndian.AppendUint64(append(b, state), uint64(incarnation))
}

// sizeUpdate returns the size of u without its metadata.
func sizeUpdate(u *swim.Update) int {
	const state = 1
	size := sizeUvarint(uint64(u.Member)) + state + incarnationBytes
	switch {
	case !extended(u):
		return size
	case u.State == swim.Alive:
		return size + sizeUvarint(uint64(u.MetadataBytes))
	}
	return size + sizeUvarint(uint64(u.From))
}

// update appends an update to m.
func (r *reader) update(m *swim.Message) {
	u := swim.Update{Member: r.id("member of an update")}
	isExtended := r.state(&u)
	u.Incarnation = swim.Incarnation(r.fixed("incarnation of an update", incarnationBytes))
	u.From = u.Member
	switch {
	case !isExtended:
	case u.State == swim.Alive:
		length := r.uvarint("length of metadata", 1, swim.MaxMetadata)
		u.MetadataBytes = uint16(length)
		m.Bytes = append(m.Bytes, r.take("metadata", int(length))...)
	default:
		u.From = r.accuser(u.Member)
	}
	m.Updates = append(m.Updates, u)
}

// state reads the state of u, and whether u is extended.
func (r *reader) state(u *swim.Update) (isExtended bool) {
	start := r.offset
	state := r.byte("state of an update", byte(swim.Unknown), byte(swim.Left)+extension)
	u.State = swim.State(state % extension)
	r.demand(u.State <= swim.Left, start, "a state from 0x00 to 0x04, or 0x08 more")
	return state >= extension
}

// accuser reads who says so: another than the member, which would not be mentioned.
func (r *reader) accuser(member node.ID) node.ID {
	start := r.offset
	from := r.id("source of an update")
	r.demand(from != member, start, "a source other than the member")
	return from
}
