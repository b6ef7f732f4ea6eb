package station

import (
	"time"

	"butterfly/node"
	"butterfly/node/origin"
	"butterfly/sim/clock"
)

// Registration is what an operator said about an origin, as servers tell each other.
type Registration struct {
	Origin uint32
	// Value is the definition to check it by, or that it is not to be checked.
	Value origin.Value
	// AtMillis is when the operator said so, by the clock of the server By, which was told: in
	// whole milliseconds since the start of the run.
	AtMillis uint64
	By       node.ID
}

// newer reports whether r replaces other, which is of the same origin.
func (r *Registration) newer(other *Registration) bool {
	if r.AtMillis != other.AtMillis {
		return r.AtMillis > other.AtMillis
	}
	return r.By > other.By
}

// Millis is a moment in whole milliseconds since the start of the run.
func Millis(at clock.Time) uint64 { return uint64(at.Since() / time.Millisecond) }

// Registry is the latest registration of every origin that an operator has spoken of, for designs
// that have nothing better than clocks to tell which is the latest: on real servers a fast clock
// wins for as long as it is fast. It tells the station what changes.
type Registry struct {
	station *Station
	places  []uint32 // by origin: where in latest, plus one; 0 without
	latest  []Registration
}

// NewRegistry returns a registry without registrations.
func NewRegistry(s *Station) *Registry {
	return &Registry{station: s, places: make([]uint32, len(s.origins))}
}

// Told takes what an operator says to this server, by. It reports false for what the server has no
// use for: there cannot be such an origin.
func (r *Registry) Told(
	now clock.Time, by node.ID, number uint32, value origin.Value,
) (taken bool) {
	at := Millis(now)
	if before, found := r.Of(number); found {
		at = max(at, before.AtMillis+1) // the operator knows better than any clock
	}
	return r.Hear(now, &Registration{Origin: number, Value: value, AtMillis: at, By: by})
}

// Hear takes what another server tells, and reports whether it was news.
func (r *Registry) Hear(now clock.Time, news *Registration) (taken bool) {
	if int(news.Origin) >= len(r.places) || !r.keep(news) {
		return false
	}
	if definition, registered := news.Value.Definition(); registered {
		r.station.Register(now, news.Origin, definition)
	} else {
		r.station.Unregister(now, news.Origin)
	}
	return true
}

// keep keeps what is newer than what there is.
func (r *Registry) keep(news *Registration) (kept bool) {
	place := r.places[news.Origin]
	if place == 0 {
		r.latest = append(r.latest, *news)
		r.places[news.Origin] = uint32(len(r.latest))
		return true
	}
	if !news.newer(&r.latest[place-1]) {
		return false
	}
	r.latest[place-1] = *news
	return true
}

// Of is the latest registration of origin, if there is any.
func (r *Registry) Of(origin uint32) (latest Registration, found bool) {
	if int(origin) >= len(r.places) || r.places[origin] == 0 {
		return Registration{}, false
	}
	return r.latest[r.places[origin]-1], true
}

// All returns the latest registration of every origin that has one, in the order in which this
// server first heard of them. The slice is valid until the next input and not to be modified.
func (r *Registry) All() []Registration { return r.latest }
