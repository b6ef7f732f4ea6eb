package station

import (
	"encoding/binary"
	"math"

	"butterfly/node"
	"butterfly/node/origin"
)

// registrationBytes is what a registration takes at least.
const registrationBytes = 4

// SizeRegistrations is what [AppendRegistrations] adds, in bytes.
func SizeRegistrations(list []Registration) int {
	size := SizeUvarint(uint64(len(list)))
	for i := range list {
		size += SizeRegistration(&list[i])
	}
	return size
}

// SizeRegistration is what a registration takes in a list, in bytes.
func SizeRegistration(r *Registration) int {
	return SizeUvarint(uint64(r.Origin)) + SizeUvarint(uint64(r.Value)) + SizeUvarint(r.AtMillis) +
		SizeUvarint(uint64(r.By))
}

// AppendRegistrations appends a list of registrations: their count, and of each the origin, the
// value, the time and the server, all of them uvarints.
func AppendRegistrations(b []byte, list []Registration) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	for i := range list {
		r := &list[i]
		b = binary.AppendUvarint(b, uint64(r.Origin))
		b = binary.AppendUvarint(b, uint64(r.Value))
		b = binary.AppendUvarint(b, r.AtMillis)
		b = binary.AppendUvarint(b, uint64(r.By))
	}
	return b
}

// Registrations reads what [AppendRegistrations] writes, and appends it to list.
func (r *Reader) Registrations(list []Registration) []Registration {
	for range r.Count(registrationBytes) {
		list = append(list, Registration{
			Origin:   uint32(r.Uvarint(origin.MaxOrigins - 1)),
			Value:    origin.Value(r.Uvarint(origin.MaxDefinitions)),
			AtMillis: r.Uvarint(math.MaxInt64),
			By:       node.ID(r.Uvarint(node.MaxIDs - 1)),
		})
	}
	return list
}
