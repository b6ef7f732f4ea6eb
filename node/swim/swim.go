package swim

import (
	"encoding/binary"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// The timer slots a Swim uses, from 0. A machine that contains one must not use them otherwise.
const (
	// PeriodTimer ends one protocol period and begins the next.
	PeriodTimer node.TimerID = iota
	// ProbeTimer ends the wait for a direct ack.
	ProbeTimer
	// DeadlineTimer is the earliest end of a suspicion or of a retention.
	DeadlineTimer
	// SyncTimer begins an exchange of tables, or another attempt to join.
	SyncTimer
	// Timers is how many slots there are.
	Timers = 4
)

// Swim is one member of a group. It implements [node.Machine], [node.Server] and [node.Caller] over
// [Message]; make one with [New].
type Swim struct {
	config      Config
	self        node.ID
	rand        rng.Rand
	incarnation Incarnation // our own; members.at(self) holds the same
	members     table
	roster      roster
	queue       queue
	probe       probe
	exchange    exchange
	deadline    clock.Time // when DeadlineTimer is set for, Never if it is not
	departed    bool       // Leave was called
	scratch     []node.ID  // the last choice of members; its memory is reused
}

type effects = node.Out[Message]

var (
	_ node.Machine[Message] = (*Swim)(nil)
	_ node.Server[Message]  = (*Swim)(nil)
	_ node.Caller[Message]  = (*Swim)(nil)
	_ node.Digester         = (*Swim)(nil)
)

// New returns the member self, not started. rand must differ between members and should differ
// between lives of one. It panics when config is not valid or self is beyond config.MaxMembers.
func New(config Config, self node.ID, rand rng.Rand) *Swim {
	if err := config.Validate(); err != nil {
		panic(err)
	}
	if int(self) >= config.MaxMembers {
		panic("swim: the node's own ID is beyond MaxMembers")
	}
	return &Swim{config: config, self: self, rand: rand, deadline: clock.Never}
}

// Start begins a new life, saves its generation (8 bytes, little-endian), and joins through a seed.
func (s *Swim) Start(now clock.Time, saved []byte, out *node.Out[Message]) {
	s.setIncarnation(incarnationOf(newGeneration(now, saved)), out)
	s.queue.put(s.self)
	s.startProbing(now, out)
	s.startExchanging(now, out)
}

// Receive takes a datagram: first the news it carries, then what it asks for.
func (s *Swim) Receive(now clock.Time, from node.ID, m *Message, out *node.Out[Message]) {
	if s.departed {
		s.answerDeparted(from, m, out)
		return
	}
	accused := false
	for _, u := range m.Updates[:min(len(m.Updates), MaxDatagramUpdates)] {
		accused = s.hear(now, u, out) || accused
	}
	switch m.Kind {
	case Ping:
		s.onPing(from, m, out)
	case PingReq:
		s.onPingReq(from, m, out)
	case Ack:
		s.onAck(from, m, out)
	}
	if accused {
		s.contradict(from, m.Kind, out)
	}
}

// Wake takes an alarm.
func (s *Swim) Wake(now clock.Time, t node.TimerID, out *node.Out[Message]) {
	if s.departed {
		return
	}
	switch t {
	case PeriodTimer:
		s.turnPeriod(now, out)
	case ProbeTimer:
		s.askHelpers(out)
	case DeadlineTimer:
		s.passDeadlines(now, out)
	case SyncTimer:
		s.beginExchange(now, out)
	}
}

// Serve answers the exchange of tables, and no other request.
func (s *Swim) Serve(
	now clock.Time, _ node.ID, request, reply *Message, out *node.Out[Message],
) (served bool) {
	if request.Kind != SyncRequest {
		return false
	}
	if !s.departed {
		s.merge(now, request.Updates, out)
	}
	reply.Kind = SyncReply
	reply.Updates = s.members.appendAll(reply.Updates)
	return true
}

// Returned takes the answer to an exchange this member began, or its failure.
func (s *Swim) Returned(
	now clock.Time, _ node.ID, _ node.CallID, reply *Message, failure node.Failure,
	out *node.Out[Message],
) {
	if s.departed {
		return
	}
	s.endExchange(now, reply, failure, out)
}

// Leave tells several members that this one goes, and stops it for good: it probes nobody, accuses
// nobody and refutes nothing any more, and only answers pings and exchanges with the news that it
// left. The driver stops the node some round trips later. Leaving twice is leaving once.
func (s *Swim) Leave(now clock.Time, out *node.Out[Message]) {
	if s.departed {
		return
	}
	s.depart(out)
	for t := range node.TimerID(Timers) {
		out.Alarm(t, clock.Never)
	}
}

// Self returns the member's own ID.
func (s *Swim) Self() node.ID { return s.self }

// Incarnation returns the member's own incarnation, 0 before Start.
func (s *Swim) Incarnation() Incarnation { return s.incarnation }

// Generation returns which life of the node this is, 0 before Start.
func (s *Swim) Generation() uint64 { return s.incarnation.Generation() }

// Joined reports whether a seed has answered, or there is none but the member itself.
func (s *Swim) Joined() bool { return s.exchange.joined }

// State returns what this member holds id to be. It holds itself to be Alive until it leaves, and
// Unknown before Start.
func (s *Swim) State(id node.ID) State { return s.members.at(id).state }

// Alive reports whether id is in the group: alive or suspect. A suspect counts because most
// accusations are false and are refuted within a few periods; ask [Swim.State] to tell the two
// apart.
func (s *Swim) Alive(id node.ID) bool { return s.State(id).live() }

// Len returns how many members are in the group, alive or suspect, this one included.
func (s *Swim) Len() int {
	if s.State(s.self) == Alive {
		return len(s.members.live) + 1
	}
	return len(s.members.live)
}

// AliveMembers appends the members of the group, this one included, to dst in ascending order.
func (s *Swim) AliveMembers(dst []node.ID) []node.ID {
	for id := range s.members.entries {
		if s.members.entries[id].state.live() {
			dst = append(dst, node.ID(id))
		}
	}
	return dst
}

// RandomAlive returns a uniformly random other member of the group, drawn from r, and whether there
// is one.
func (s *Swim) RandomAlive(r *rng.Rand) (node.ID, bool) {
	if len(s.members.live) == 0 {
		return node.Nobody, false
	}
	return s.members.live[r.Intn(len(s.members.live))], true
}

// Digest summarises the member table and the member's own incarnation.
func (s *Swim) Digest() uint64 {
	digest := rng.Mix(uint64(s.incarnation))
	for id := range s.members.entries {
		e := &s.members.entries[id]
		digest = rng.Mix(digest ^ rng.Mix(uint64(id)<<8|uint64(e.state)) ^ uint64(e.incarnation))
	}
	return digest
}

// setIncarnation gives this life a new incarnation and saves its generation when that is new too.
func (s *Swim) setIncarnation(incarnation Incarnation, out *effects) {
	if incarnation.Generation() != s.incarnation.Generation() {
		var saved [8]byte
		binary.LittleEndian.PutUint64(saved[:], incarnation.Generation())
		out.Save(saved[:])
	}
	s.incarnation = incarnation
	s.members.announce(s.self, Alive, incarnation)
}
