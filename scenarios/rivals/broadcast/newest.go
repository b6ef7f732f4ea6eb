package broadcast

import (
	"butterfly/node"
	"butterfly/node/health"
	"butterfly/sim/clock"
)

// stamp is when a result was found, and by whom: the milliseconds above idBits, the server plus one
// below. So the greater of two stamps is that of the newer result, and 0 is older than any.
type stamp uint64

const (
	idBits = 21 // of an ID plus one, which may be node.MaxIDs
	// maxMillis is the last moment that a stamp can tell: 278 years after the start of the run.
	maxMillis = 1<<(64-idBits) - 1
)

func newStamp(atMillis uint64, from node.ID) stamp {
	return stamp(atMillis<<idBits | uint64(from) + 1)
}

func (s stamp) atMillis() uint64 { return uint64(s >> idBits) }

// from is [node.Nobody] for 0.
func (s stamp) from() node.ID { return node.ID(s&(1<<idBits-1)) - 1 }

// keep takes in a result if it is the newest of its origin. One of an origin that this server does
// not know, or of one that there cannot be, is lost: there will be others.
func (s *Server) keep(now clock.Time, origin uint32, found stamp, status health.Status) {
	if s.station.Known(origin) && found > s.newest[origin] {
		s.newest[origin] = found
		s.station.Learn(now, origin, status)
	}
}
