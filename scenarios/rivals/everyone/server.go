package everyone

import (
	"butterfly/node"
	"butterfly/node/health"
	"butterfly/scenarios/rivals/station"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// Config is what a server is configured with. All of a cluster should have the same.
type Config struct{ station.Config }

// DefaultConfig returns a configuration that lacks nothing but the size of the cluster: there are
// no choices to be made.
func DefaultConfig() Config { return Config{} }

type effects = node.Out[Message]

// Server is one life of a server. It implements [node.Machine], [node.Prober], [node.Registrar] and
// [node.Digester].
//
// Invariant: it checks exactly the origins that it knows.
type Server struct {
	config  Config
	station *station.Station
}

// New returns one life of server self. rand is a stream of its own. config must be valid.
func New(config Config, _ node.ID, rand rng.Rand) *Server {
	s := &Server{config: config}
	s.station = station.New(&s.config.Config, rand)
	return s
}

// Start implements [node.Machine].
func (s *Server) Start(now clock.Time, _ []byte, out *effects) {
	s.station.Start(now)
	s.station.BecomeReady()
	for origin := range uint32(s.config.Origins) {
		s.station.Assign(now, origin)
	}
	station.Settle(now, s.station, out)
}

// Receive implements [node.Machine]. Nobody sends.
func (s *Server) Receive(clock.Time, node.ID, *Message, *effects) {}

// Wake implements [node.Machine].
func (s *Server) Wake(now clock.Time, _ node.TimerID, out *effects) {
	s.station.Woken()
	station.Settle(now, s.station, out)
}

// Probed implements [node.Prober].
func (s *Server) Probed(now clock.Time, result node.ProbeResult, out *effects) {
	s.station.Probed(now, result)
	station.Settle(now, s.station, out)
}

// Register implements [node.Registrar].
func (s *Server) Register(now clock.Time, origin uint32, definition uint16, out *effects) {
	s.station.Register(now, origin, definition)
	s.station.Assign(now, origin)
	station.Settle(now, s.station, out)
}

// Unregister implements [node.Registrar].
func (s *Server) Unregister(now clock.Time, origin uint32, out *effects) {
	s.station.Unregister(now, origin)
	station.Settle(now, s.station, out)
}

// Ready reports whether the server takes part: from its start on.
func (s *Server) Ready() bool { return s.station.Ready() }

// Status is what this server believes of an origin.
func (s *Server) Status(origin uint32) health.Status { return s.station.Status(origin) }

// Digest implements [node.Digester].
func (s *Server) Digest() uint64 { return s.station.Digest() }
