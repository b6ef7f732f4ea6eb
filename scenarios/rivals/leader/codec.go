package leader

import (
	"encoding/binary"
	"math"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/origin"
	"butterfly/scenarios/rivals/station"
)

// mark is version 1; a message begins with it and its kind in one byte.
const mark = 0x10

// Size is what m weighs on the wire, in bytes.
func Size(m *Message) int {
	size := 1 + station.SizeUvarint(m.Term)
	if m.Kind == Beat {
		return size + station.SizeUvarint(uint64(m.Rank))
	}
	size += station.SizeUvarint(m.Version) + station.SizeUvarint(m.News) +
		station.SizeRegistrations(m.Registrations) + station.SizeUvarint(uint64(len(m.Results)))
	for _, r := range m.Results {
		size += station.SizeUvarint(r.found())
	}
	if m.Kind == Orders {
		size += sizeAssigned(m)
	}
	return size
}

func sizeAssigned(m *Message) int {
	if !m.Given {
		return 1
	}
	size := 1 + station.SizeUvarint(uint64(len(m.Assigned)))
	next := uint32(0)
	for _, number := range m.Assigned {
		size += station.SizeUvarint(uint64(number - next))
		next = number + 1
	}
	return size
}

// found is origin and status in one number.
func (r Result) found() uint64 {
	return uint64(r.Origin)<<1 | uint64(r.Status-health.Healthy)
}

// Append appends the encoding of m to b.
func Append(b []byte, m *Message) []byte {
	b = append(b, mark|byte(m.Kind))
	b = binary.AppendUvarint(b, m.Term)
	if m.Kind == Beat {
		return binary.AppendUvarint(b, uint64(m.Rank))
	}
	b = binary.AppendUvarint(b, m.Version)
	b = binary.AppendUvarint(b, m.News)
	b = station.AppendRegistrations(b, m.Registrations)
	b = binary.AppendUvarint(b, uint64(len(m.Results)))
	for _, r := range m.Results {
		b = binary.AppendUvarint(b, r.found())
	}
	if m.Kind == Orders {
		b = appendAssigned(b, m)
	}
	return b
}

func appendAssigned(b []byte, m *Message) []byte {
	if !m.Given {
		return append(b, 0)
	}
	b = append(b, 1)
	b = binary.AppendUvarint(b, uint64(len(m.Assigned)))
	next := uint32(0)
	for _, number := range m.Assigned {
		b = binary.AppendUvarint(b, uint64(number-next))
		next = number + 1
	}
	return b
}

// Parse decodes all of b into m, which is empty, without retaining b. It returns
// [station.ErrFormat] if b is not what [Append] writes; what m holds then means nothing.
func Parse(b []byte, m *Message) error {
	r := station.NewReader(b)
	first := r.Byte(mark | byte(Orders))
	m.Kind = Kind(first &^ mark)
	if first&mark == 0 || m.Kind < Beat {
		r.Refuse()
	}
	m.Term = r.Uvarint(math.MaxInt64)
	if m.Kind == Beat {
		m.Rank = uint32(r.Uvarint(node.MaxIDs - 1))
		return r.End()
	}
	m.Version = r.Uvarint(math.MaxInt64)
	m.News = r.Uvarint(math.MaxInt64)
	m.Registrations = r.Registrations(m.Registrations)
	for range r.Count(1) {
		found := r.Uvarint(2*origin.MaxOrigins - 1)
		m.Results = append(m.Results,
			Result{uint32(found >> 1), health.Healthy + health.Status(found&1)})
	}
	if m.Kind == Orders {
		parseAssigned(&r, m)
	}
	return r.End()
}

func parseAssigned(r *station.Reader, m *Message) {
	if m.Given = r.Byte(1) == 1; !m.Given {
		return
	}
	next := uint64(0)
	for range r.Count(1) {
		number := next + r.Uvarint(origin.MaxOrigins)
		if number >= origin.MaxOrigins {
			r.Refuse()
		}
		m.Assigned = append(m.Assigned, uint32(number))
		next = number + 1
	}
}
