package swim

import (
	"encoding/binary"
	"fmt"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// The timer slots a Swim uses, from 0. A machine that contains one must not use them otherwise.
const (
	// PeriodTimer ends one protocol period and begins the next.
	PeriodTimer node.TimerID = iota
	// ProbeTimer ends the wait for a direct ack, our own or one that we help with.
	ProbeTimer
	// DeadlineTimer is the earliest end of a suspicion or of a retention.
	DeadlineTimer
	// SyncTimer begins an exchange of tables, or another attempt to join.
	SyncTimer
	// GossipTimer begins a round of gossip.
	GossipTimer
	// Timers is how many slots there are.
	Timers = 5
)

// The calls that a Swim makes are numbered below 1<<31: exchanges below 1<<30, probes on a stream
// from there on.
const (
	streamCall node.CallID = 1 << 30
	callKinds  node.CallID = 3 << 30
)

// Swim is one member of a group. It implements [node.Machine], [node.Server], [node.Caller] and
// [node.Leaver] over [Message]; make one with [New].
type Swim struct {
	config      Config
	self        node.ID
	rand        rng.Rand
	birth       uint64      // the generation this life began with
	incarnation Incarnation // our own; members.at(self) holds the same
	outbids     int         // in a row, the last of them at outbidAt
	outbidAt    clock.Time
	departed    bool // Leave was called, or it yielded
	yielded     bool

	period     clock.Time // when PeriodTimer is set for
	probe      probe
	owed       bool // a period has passed over a probe that took longer
	health     localHealth
	relays     []relay
	members    table
	deadline   clock.Time // when DeadlineTimer is set for, Never if it is not
	heard      clock.Time // when somebody last spoke to us
	listening  clock.Time // since when nobody was silent for long
	returned   clock.Time // when we last came back from an absence
	queue      queue
	broadcasts broadcasts

	gossiping   bool       // GossipTimer is set
	gossipPhase clock.Time // rounds are at this and whole intervals from it
	exchange    exchange

	chosen, scratch []node.ID // choices of members; their memory is reused
}

type effects = node.Out[Message]

var (
	_ node.Machine[Message] = (*Swim)(nil)
	_ node.Server[Message]  = (*Swim)(nil)
	_ node.Caller[Message]  = (*Swim)(nil)
	_ node.Leaver[Message]  = (*Swim)(nil)
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
	s := &Swim{config: config, self: self, rand: rand, deadline: clock.Never}
	s.queue.table = &s.members
	return s
}

// Start begins a new life, saves its generation (8 bytes, little-endian), and joins through a seed.
func (s *Swim) Start(now clock.Time, saved []byte, out *node.Out[Message]) {
	s.birth = newGeneration(now, saved)
	s.heard, s.listening, s.returned = now, now, now
	if s.config.Founders > 0 {
		s.members.found(s.config.Founders, s.self)
		out.Emit(node.Event{
			Kind: node.Founded, A: uint64(s.config.Founders), B: uint64(incarnationOf(firstGeneration)),
		})
	}
	s.setIncarnation(incarnationOf(s.birth), out)
	s.startProbing(now, out)
	if s.config.GossipInterval > 0 {
		s.gossipPhase = now.Add(s.partOf(s.config.GossipInterval) - s.config.GossipInterval)
	}
	if int(s.self) >= s.config.Founders || s.birth > firstGeneration {
		s.publish(now, s.members.update(s.self), out)
	}
	s.startExchanging(now, out)
}

// Receive takes a datagram: first the news it carries, then what it asks for.
func (s *Swim) Receive(now clock.Time, from node.ID, m *Message, out *node.Out[Message]) {
	if s.departed {
		s.answerDeparted(from, m, out)
		return
	}
	s.listen(now)
	accused := s.hearAll(now, m, out)
	if s.departed {
		return
	}
	switch m.Kind {
	case Ping:
		s.onPing(from, m, out)
	case PingReq:
		s.onPingReq(now, from, m, out)
	case Ack:
		s.onAck(now, from, m, out)
	case Nack:
		s.onNack(m)
	}
	if accused {
		s.contradict(from, m.Kind, out)
	}
}

// hearAll takes the news on a datagram, and reports whether it accuses this member.
func (s *Swim) hearAll(now clock.Time, m *Message, out *effects) (accused bool) {
	bytes, accused, ok := s.hearUpdates(now, m, MaxDatagramUpdates, false, out)
	if !ok {
		return accused
	}
	for _, b := range m.Broadcasts[:min(len(m.Broadcasts), MaxDatagramBroadcasts)] {
		payload, rest, ok := cut(bytes, b.PayloadBytes)
		if !ok {
			return accused
		}
		bytes = rest
		s.hearBroadcast(now, b, payload, out)
	}
	return accused
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
		s.passProbeTimer(now, out)
	case DeadlineTimer:
		s.comeBack(now, s.deadline)
		s.passDeadlines(now, out)
	case SyncTimer:
		s.beginExchange(now, out)
	case GossipTimer:
		s.gossipRound(now, out)
	}
}

// Serve answers the exchange of tables and the probe on a stream, and no other request.
func (s *Swim) Serve(
	now clock.Time, from node.ID, request, reply *Message, out *node.Out[Message],
) (served bool) {
	switch {
	case s.yielded:
	case request.Kind == SyncRequest:
		s.listen(now)
		return s.answerExchange(now, from, request, reply, out)
	case request.Kind == Ping && request.Target == s.self && !s.departed:
		s.listen(now)
		reply.Kind, reply.Sequence = Ack, request.Sequence
		reply.Origin, reply.Target = request.Origin, request.Target
		return true
	}
	return false
}

// Returned takes the answer to a call this member made, or its failure.
func (s *Swim) Returned(
	now clock.Time, from node.ID, call node.CallID, reply *Message, failure node.Failure,
	out *node.Out[Message],
) {
	if s.departed {
		return
	}
	if failure == node.OK {
		s.listen(now)
	}
	if call&streamCall != 0 {
		s.onStreamAck(now, reply, failure, out)
		return
	}
	s.endExchange(now, from, call, reply, failure, out)
}

// Leave tells several members that this one goes, and stops it for good: it probes nobody, accuses
// nobody and refutes nothing any more, and only answers pings and exchanges with the news that it
// left. The driver stops the node some round trips later. Leaving twice is leaving once.
func (s *Swim) Leave(now clock.Time, out *node.Out[Message]) {
	if s.departed {
		return
	}
	s.depart(out)
	s.stop(out)
}

// stop clears all alarms, for good.
func (s *Swim) stop(out *effects) {
	s.departed = true
	for t := range node.TimerID(Timers) {
		out.Alarm(t, clock.Never)
	}
}

// Describe gives this member new metadata, of at most [MaxMetadata] bytes and small enough for half
// of a datagram, in a new incarnation. It does nothing after Leave.
func (s *Swim) Describe(now clock.Time, metadata []byte, out *node.Out[Message]) error {
	if most := s.config.metadataLimit(); len(metadata) > most {
		return fmt.Errorf("swim: metadata of %d bytes, at most %d fit", len(metadata), most)
	}
	if s.departed {
		return nil
	}
	s.members.describe(s.self, metadata)
	s.setIncarnation(s.incarnation+1, out)
	u := s.members.update(s.self)
	observe(node.Described, u, hash(metadata), out)
	s.publish(now, u, out)
	return nil
}

// setIncarnation gives this life a new incarnation and saves its generation when that is new too.
func (s *Swim) setIncarnation(incarnation Incarnation, out *effects) {
	if incarnation.Generation() != s.incarnation.Generation() {
		var saved [8]byte
		binary.LittleEndian.PutUint64(saved[:], incarnation.Generation())
		out.Save(saved[:])
	}
	s.incarnation = incarnation
	s.members.ensure(s.self)
	s.members.set(s.self, Alive, incarnation)
}
