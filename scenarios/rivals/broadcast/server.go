package broadcast

import (
	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/origin"
	"butterfly/scenarios/rivals/station"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

type effects = node.Out[Message]

// timerTell is the alarm slot for the next round.
const timerTell = station.Timers

// Server is one life of a server that tells everyone everything. It implements [node.Machine],
// [node.Prober], [node.Registrar] and [node.Digester].
//
// Invariants: mine are the known origins whose owner it is by its shares, ascending, and it checks
// exactly these; it has a share only once it is ready.
type Server struct {
	config   Config
	self     node.ID
	rand     rng.Rand
	station  *station.Station
	registry *station.Registry
	shares   *station.Shares
	started  clock.Time
	due      clock.Time   // of the next round
	heard    []clock.Time // by server, the last time
	newest   []stamp      // by origin: of the result that counts
	mine     []uint32
	draft    draft
}

// New returns one life of server self. rand is a stream of its own. config must be valid.
func New(config Config, self node.ID, rand rng.Rand) *Server {
	s := &Server{
		config: config, self: self, rand: rand,
		heard: make([]clock.Time, config.Servers), newest: make([]stamp, config.Origins),
	}
	s.station = station.New(&s.config.Config, rng.Stream(s.rand.Uint64(), "station", 0))
	s.registry = station.NewRegistry(s.station)
	s.shares = station.NewShares(&s.config.Config)
	return s
}

// Start implements [node.Machine]. For a time-out the server only listens.
func (s *Server) Start(now clock.Time, _ []byte, out *effects) {
	s.started = now
	s.station.Start(now)
	s.station.Peers(s.config.Servers - 1)
	s.due = now.Add(rng.Between(&s.rand, 0, s.config.Interval))
	out.Alarm(timerTell, s.due)
	station.Settle(now, s.station, out)
}

// Wake implements [node.Machine].
func (s *Server) Wake(now clock.Time, t node.TimerID, out *effects) {
	if t == timerTell {
		s.round(now, out)
	} else {
		s.station.Woken()
	}
	station.Settle(now, s.station, out)
}

// round is what a server does once an interval.
func (s *Server) round(now clock.Time, out *effects) {
	s.expire(now)
	if !s.Ready() && now >= s.started.Add(s.config.Timeout) {
		s.station.BecomeReady()
		s.shares.Join(s.self)
		s.share(now)
	}
	if s.Ready() {
		s.tell(now, out)
	}
	for s.due <= now {
		s.due = s.due.Add(s.config.Interval)
	}
	out.Alarm(timerTell, s.due)
}

// Receive implements [node.Machine].
func (s *Server) Receive(now clock.Time, from node.ID, m *Message, out *effects) {
	s.heard[from] = now
	s.station.Heard(now)
	changed := s.shares.Join(from)
	for i := range m.Registrations {
		changed = s.registry.Hear(now, &m.Registrations[i]) || changed
	}
	if changed {
		s.share(now)
	}
	for i := range m.Results {
		r := &m.Results[i]
		s.keep(now, r.Origin, newStamp(m.AtMillis-r.AgeMillis, from), r.Status)
	}
	station.Settle(now, s.station, out)
}

// Probed implements [node.Prober].
func (s *Server) Probed(now clock.Time, result node.ProbeResult, out *effects) {
	status, taken := s.station.Probed(now, result)
	if taken && station.Says(status) {
		s.keep(now, result.Origin, newStamp(station.Millis(now), s.self), status)
	}
	station.Settle(now, s.station, out)
}

// Register implements [node.Registrar]. The others hear of it in the next round.
func (s *Server) Register(now clock.Time, number uint32, definition uint16, out *effects) {
	s.told(now, number, origin.By(definition), out)
}

// Unregister implements [node.Registrar]. The others hear of it in the next round.
func (s *Server) Unregister(now clock.Time, number uint32, out *effects) {
	s.told(now, number, origin.Removed, out)
}

func (s *Server) told(now clock.Time, number uint32, value origin.Value, out *effects) {
	if s.registry.Told(now, s.self, number, value) {
		s.share(now)
	}
	station.Settle(now, s.station, out)
}

// Ready reports whether the server takes part.
func (s *Server) Ready() bool { return s.station.Ready() }

// Status is what this server believes of an origin.
func (s *Server) Status(origin uint32) health.Status { return s.station.Status(origin) }

// Digest implements [node.Digester].
func (s *Server) Digest() uint64 {
	digest := s.station.Digest()
	for origin, found := range s.newest {
		if found > 0 {
			digest = rng.Mix(digest ^ uint64(origin))
			digest = rng.Mix(digest ^ uint64(found))
		}
	}
	return digest
}
