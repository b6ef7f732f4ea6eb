package broadcast

import (
	"encoding/binary"

	"butterfly/node/health"
	"butterfly/node/origin"
	"butterfly/scenarios/rivals/station"
)

// Message is one datagram. One without registrations and results says that its sender is alive.
type Message struct {
	// AtMillis is when it was sent, in milliseconds since the start of the run: below 2^43.
	AtMillis      uint64
	Registrations []station.Registration
	// Results are in the order of their origins, at most one of each.
	Results []Result
}

// Result is what the sender's latest probe of an origin led to.
type Result struct {
	Origin uint32
	// Status is [health.Healthy] or [health.Unhealthy].
	Status health.Status
	// AgeMillis is how old it was when it was sent, at most AtMillis.
	AgeMillis uint64
}

// Reset empties m and keeps its memory.
func (m *Message) Reset() {
	m.AtMillis = 0
	m.Registrations, m.Results = m.Registrations[:0], m.Results[:0]
}

const (
	// MTU is the size in bytes of the largest datagram.
	MTU = 1400

	mark        = 0x12 // version 1, and not what package multicast sends
	resultBytes = 2    // what a result takes at least
)

// Size is what m weighs on the wire, in bytes.
func Size(m *Message) int {
	size := 1 + station.SizeUvarint(m.AtMillis) + station.SizeRegistrations(m.Registrations) +
		station.SizeUvarint(uint64(len(m.Results)))
	next := uint32(0)
	for i := range m.Results {
		size += sizeResult(next, &m.Results[i])
		next = m.Results[i].Origin + 1
	}
	return size
}

// sizeResult is what a result takes after one of the origin before next, in bytes.
func sizeResult(next uint32, r *Result) int {
	return station.SizeUvarint(uint64(r.Origin-next)) + station.SizeUvarint(r.found())
}

// found is age and status in one number.
func (r *Result) found() uint64 {
	return r.AgeMillis<<1 | uint64(r.Status-health.Healthy)
}

// Append appends the encoding of m to b.
func Append(b []byte, m *Message) []byte {
	b = append(b, mark)
	b = binary.AppendUvarint(b, m.AtMillis)
	b = station.AppendRegistrations(b, m.Registrations)
	b = binary.AppendUvarint(b, uint64(len(m.Results)))
	next := uint32(0)
	for i := range m.Results {
		r := &m.Results[i]
		b = binary.AppendUvarint(b, uint64(r.Origin-next))
		b = binary.AppendUvarint(b, r.found())
		next = r.Origin + 1
	}
	return b
}

// Parse decodes all of b into m, which is empty, without retaining b. It returns
// [station.ErrFormat] if b is not what [Append] writes; what m holds then means nothing.
func Parse(b []byte, m *Message) error {
	r := station.NewReader(b)
	if r.Byte(mark) != mark {
		r.Refuse()
	}
	m.AtMillis = r.Uvarint(maxMillis)
	m.Registrations = r.Registrations(m.Registrations)
	next := uint64(0)
	for range r.Count(resultBytes) {
		number := next + r.Uvarint(origin.MaxOrigins)
		found := r.Uvarint(2*m.AtMillis + 1)
		if number >= origin.MaxOrigins {
			r.Refuse()
		}
		m.Results = append(m.Results, Result{
			Origin: uint32(number), Status: health.Healthy + health.Status(found&1),
			AgeMillis: found >> 1,
		})
		next = number + 1
	}
	return r.End()
}
