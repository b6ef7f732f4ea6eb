package station

import (
	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/routing"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// Timer is the alarm slot of a station. Slots from Timers on are the design's own.
const (
	Timer node.TimerID = iota
	Timers
)

// Station is what one life of a server has in common with those of all other designs. See the
// package documentation for what it does and for what the design owes it.
type Station struct {
	config  *Config
	prober  *health.Prober
	table   *routing.Table
	origins []entry
	events  []node.Event
	armed   clock.Time // what Timer is set to
	ready   bool
}

// entry is what is known of one origin.
type entry struct {
	definition uint16
	known      bool          // it is to be checked, by somebody
	status     health.Status // what this server believes
}

// New returns the station of one life of a server. rand decides when origins are probed. config
// must be valid and is not copied.
func New(config *Config, rand rng.Rand) *Station {
	return &Station{
		config:  config,
		prober:  health.NewProber(config.Definitions, config.Origins, rand),
		table:   routing.New(config.Routing, config.Origins),
		origins: make([]entry, config.Origins),
		armed:   clock.Never,
	}
}

// Start makes the configured origins known, which is no event: everybody knew it before.
func (s *Station) Start(now clock.Time) {
	for number, definition := range s.config.Configured {
		s.enter(now, uint32(number), definition)
	}
}

// BecomeReady says that the server takes part from now on. Further calls say nothing.
func (s *Station) BecomeReady() {
	if !s.ready {
		s.ready = true
		s.emit(node.Ready, 0, 0)
	}
}

// Ready reports whether the server takes part.
func (s *Station) Ready() bool { return s.ready }

// Heard tells that a peer has answered or called: this server's own network works.
func (s *Station) Heard(now clock.Time) { s.prober.Heard(now) }

// Peers tells how many peers there are to be heard from; 0 before the first call.
func (s *Station) Peers(count int) { s.prober.Peers(count) }

// Digest sums up what the server knows and checks.
func (s *Station) Digest() uint64 {
	digest := uint64(0)
	for i := range s.origins {
		if e := &s.origins[i]; e.known {
			digest = rng.Mix(digest ^ uint64(i)<<32 ^ uint64(e.definition)<<8 ^ uint64(e.status))
		}
		if s.Checking(uint32(i)) {
			digest = rng.Mix(digest ^ uint64(i))
		}
	}
	return digest
}

func (s *Station) emit(kind node.EventKind, origin uint32, detail uint64) {
	s.events = append(s.events, node.Event{Kind: kind, Subject: origin, A: detail})
}
