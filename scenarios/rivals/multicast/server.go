package multicast

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

type effects = node.Out[Message]

// Timer slots.
const (
	timerCheck = iota // a check is due
	timerFlush        // the results that wait are to be sent
)

// Server is one life of a server that multicasts its results. It implements [node.Machine] and
// [node.Digester].
//
// Invariant: results wait only while timerFlush is set.
type Server struct {
	config Config
	self   node.ID
	hosts  int
	rand   rng.Rand
	share  share
	checks uint64   // made in this life
	newest []known  // by key
	wait   []Result // to be sent
}

// known is the newest result of a key that a server knows of, and whose it is.
type known struct {
	Result
	from  node.ID
	known bool
}

// NewServer returns one life of server self of hosts, whose IDs are 0 to hosts-1. rand is a stream
// of its own. config must be valid.
func NewServer(config Config, self node.ID, hosts int, rand rng.Rand) *Server {
	return &Server{
		config: config, self: self, hosts: hosts, rand: rand,
		share: newShare(&config, self, hosts), newest: make([]known, config.Keys),
	}
}

// Newest returns the newest result of key that the server knows of; false if it knows none.
func (s *Server) Newest(key uint32) (Result, bool) {
	k := &s.newest[key]
	return k.Result, k.known
}

// Start implements [node.Machine].
func (s *Server) Start(now clock.Time, _ []byte, out *effects) {
	if s.share.size() > 0 {
		phase := s.rand.Below(uint64(s.spacing()))
		out.Alarm(timerCheck, now.Add(time.Duration(phase)))
	}
}

func (s *Server) spacing() time.Duration { return s.share.spacing(s.config.Interval) }

// Wake implements [node.Machine].
func (s *Server) Wake(now clock.Time, t node.TimerID, out *effects) {
	if t == timerFlush {
		s.flush(out)
		return
	}
	out.Alarm(timerCheck, now.Add(s.spacing()))
	s.check(now, out)
}

// check comes by a result, and sends it or lets it wait.
func (s *Server) check(now clock.Time, out *effects) {
	s.checks++
	value := s.checks*uint64(s.hosts) + uint64(s.self)
	result := Result{Key: s.share.take(), Value: value, At: now}
	s.keep(s.self, &result)
	s.wait = append(s.wait, result)
	switch {
	case s.config.Batch == 0:
		s.flush(out)
	case len(s.wait) == 1:
		out.Alarm(timerFlush, now.Add(s.config.Batch))
	}
}

// flush sends the results that wait to every other server.
func (s *Server) flush(out *effects) {
	for rest := s.wait; len(rest) > 0; {
		count := fitting(rest)
		for peer := range node.ID(s.hosts) {
			if peer != s.self {
				m := out.Send(peer)
				m.Results = append(m.Results, rest[:count]...)
			}
		}
		rest = rest[count:]
	}
	s.wait = s.wait[:0]
}

// fitting is how many of the results, from the first on, fit into one datagram.
func fitting(results []Result) int {
	size := headerBytes
	for i := range results {
		if size += sizeResult(results, i); size > MTU {
			return i
		}
	}
	return len(results)
}

// Receive implements [node.Machine]. Results of keys that there are not mean nothing.
func (s *Server) Receive(_ clock.Time, from node.ID, m *Message, _ *effects) {
	for i := range m.Results {
		if r := &m.Results[i]; int(r.Key) < s.config.Keys {
			s.keep(from, r)
		}
	}
}

// keep takes in a result if it is the newest of its key.
func (s *Server) keep(from node.ID, r *Result) {
	k := &s.newest[r.Key]
	if !k.known || k.At < r.At || k.At == r.At && k.from < from {
		*k = known{*r, from, true}
	}
}

// Digest implements [node.Digester].
func (s *Server) Digest() uint64 {
	digest := uint64(0)
	for key := range s.newest {
		if k := &s.newest[key]; k.known {
			digest = rng.Mix(digest ^ uint64(key)<<32 ^ uint64(k.from))
			digest = rng.Mix(digest ^ uint64(k.At))
		}
	}
	return digest
}
