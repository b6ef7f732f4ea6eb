package broadcast

import "butterfly/scenarios/rivals/station"

// draft is a datagram that is being filled.
//
// Invariant: Size(&d.Message) <= d.size <= MTU.
type draft struct {
	Message
	size int
}

// countBytes is what the count of a list may take: the lists of a datagram are shorter than 2^14.
const countBytes = 2

// open begins anew.
func (d *draft) open(atMillis uint64) {
	d.Reset()
	d.AtMillis = atMillis
	d.size = 1 + station.SizeUvarint(atMillis) + 2*countBytes
}

// addRegistration adds a registration, unless there is no room for it.
func (d *draft) addRegistration(r *station.Registration) (added bool) {
	if added = d.take(station.SizeRegistration(r)); added {
		d.Registrations = append(d.Registrations, *r)
	}
	return added
}

// addResult adds a result of an origin above all that were added before, unless there is no room
// for it.
func (d *draft) addResult(r *Result) (added bool) {
	next := uint32(0)
	if last := len(d.Results) - 1; last >= 0 {
		next = d.Results[last].Origin + 1
	}
	if added = d.take(sizeResult(next, r)); added {
		d.Results = append(d.Results, *r)
	}
	return added
}

// take takes up room if there is enough of it.
func (d *draft) take(bytes int) (taken bool) {
	if taken = d.size+bytes <= MTU; taken {
		d.size += bytes
	}
	return taken
}
