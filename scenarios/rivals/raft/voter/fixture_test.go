package voter_test

import (
	"encoding/binary"
	"slices"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/rivals/raft/voter"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// message is what the voters of a test say to each other.
type message struct{ letter []byte }

type effects = node.Out[message]

// What the voters of a test make known.
const (
	applied  = node.UserEvents + iota // A is the index, B the hash of all commands so far
	leading                           // the voter holds itself to be the leader for sure
	proposed                          // A is the command
)

const (
	timerVoter node.TimerID = iota
	timerPropose
)

// member is a voter with a log of numbers, to which it adds one now and then.
type member struct {
	*voter.Voter
	self     node.ID
	interval time.Duration // between two proposals
	luck     rng.Rand
	commands []uint64 // that were applied
	restored int      // how often its state was replaced by a snapshot with something in it
	events   []node.Event
}

func newMember(config voter.Config, self node.ID, interval time.Duration, rand rng.Rand) *member {
	m := &member{self: self, interval: interval, luck: rng.Stream(rand.Uint64(), "proposals", 0)}
	m.Voter = voter.New(config, self, m, rand)
	return m
}

func (m *member) Start(now clock.Time, saved []byte, out *effects) {
	m.Voter.Start(now, saved, sink{out})
	m.settle(now, out)
	out.Alarm(timerPropose, now.Add(m.interval))
}

func (m *member) Receive(now clock.Time, _ node.ID, in *message, out *effects) {
	m.Take(now, in.letter, sink{out})
	m.settle(now, out)
}

func (m *member) Wake(now clock.Time, t node.TimerID, out *effects) {
	if t == timerVoter {
		m.Voter.Wake(now, sink{out})
	} else {
		m.propose(now, out)
		out.Alarm(timerPropose, now.Add(m.interval))
	}
	m.settle(now, out)
}

func (m *member) propose(now clock.Time, out *effects) {
	command := m.luck.Uint64()
	if m.Propose(now, binary.LittleEndian.AppendUint64(nil, command), sink{out}) {
		m.events = append(m.events, node.Event{Kind: proposed, A: command})
	}
}

func (m *member) Serve(now clock.Time, _ node.ID, request, _ *message, out *effects) bool {
	m.Take(now, request.letter, sink{out})
	m.settle(now, out)
	return true
}

func (m *member) Returned(
	now clock.Time, _ node.ID, call node.CallID, _ *message, failure node.Failure, out *effects,
) {
	m.Voter.Returned(now, call, failure, sink{out})
	m.settle(now, out)
}

func (m *member) Apply(index uint64, command []byte) {
	m.commands = append(m.commands, binary.LittleEndian.Uint64(command))
	m.events = append(m.events, node.Event{Kind: applied, A: index, B: m.hash()})
}

func (m *member) hash() (hash uint64) {
	for _, c := range m.commands {
		hash = rng.Mix(hash ^ c)
	}
	return hash
}

func (m *member) AppendState(b []byte) []byte {
	for _, c := range m.commands {
		b = binary.LittleEndian.AppendUint64(b, c)
	}
	return b
}

func (m *member) Restore(_ uint64, state []byte) {
	m.commands = m.commands[:0]
	for ; len(state) > 0; state = state[8:] {
		m.commands = append(m.commands, binary.LittleEndian.Uint64(state))
	}
	m.restored += min(1, len(m.commands))
}

func (m *member) settle(now clock.Time, out *effects) {
	for _, e := range m.events {
		out.Emit(e)
	}
	m.events = m.events[:0]
	if m.Leads(now) {
		out.Emit(node.Event{Kind: leading})
	}
}

func (m *member) Digest() uint64 { return m.hash() }

type sink struct{ *effects }

func (s sink) Send(to node.ID) *[]byte { return &s.effects.Send(to).letter }

func (s sink) Call(to node.ID, id node.CallID) *[]byte {
	return &s.effects.Call(to, id, time.Second).letter
}

func (s sink) Alarm(at clock.Time) { s.effects.Alarm(timerVoter, at) }

// safety checks what Raft promises at any time: no two voters apply different commands at an index
// ("state machine safety", figure 3 of the paper), and no two lead for sure at a time.
type safety struct {
	hashes   map[uint64]uint64 // by index
	leader   node.ID
	since    clock.Time // when it was first seen leading
	changes  int
	commands int // that were applied by somebody
	proposed int
}

func newSafety() *safety { return &safety{hashes: map[uint64]uint64{}, leader: node.Nobody} }

func (s *safety) Watches() checkers.Kind { return checkers.Event }

func (s *safety) Observe(o *checkers.Observation, _ checkers.View, r *checkers.Report) {
	e := &o.Event
	switch e.Kind {
	case proposed:
		s.proposed++
	case applied:
		hash, known := s.hashes[e.A]
		if known && hash != e.B {
			r.Violate("state-machine-safety", o.At, "host %d differs at index %d", o.Host, e.A)
		}
		if !known {
			s.commands++
		}
		s.hashes[e.A] = e.B
	case leading:
		s.leads(o, r)
	}
}

// leads compares the leader with the last one. From one to the next it takes a lease, of 0.9 s; if
// two lead at a time, they are seen in turns.
func (s *safety) leads(o *checkers.Observation, r *checkers.Report) {
	if s.leader == o.Host {
		return
	}
	if s.changes > 0 && o.At.Sub(s.since) < 500*time.Millisecond {
		r.Violate("one-leader", o.At, "hosts %d and %d lead at %v", s.leader, o.Host, o.At)
	}
	s.leader, s.since = o.Host, o.At
	s.changes++
}

// trial is a run of voters.
type trial struct {
	t      require.TestingT
	voters int
	seed   uint64
	length time.Duration
	loss   rng.PPM
	faults []scenarios.Fault
	config func(*voter.Config)
	silent bool // nobody proposes anything
	safety *safety
}

func (tr *trial) build() *world.World[message] {
	config := voter.DefaultConfig(tr.voters)
	config.Keep = 10
	if tr.config != nil {
		tr.config(&config)
	}
	require.NoError(tr.t, config.Validate())
	tr.safety = newSafety()
	interval := 300 * time.Millisecond
	if tr.silent {
		interval = 2 * tr.length
	}
	return world.New(world.Spec[message]{
		Name: "voters", Seed: tr.seed, Hosts: tr.voters, StartSpread: time.Second,
		Machine: func(id node.ID, rand rng.Rand) node.Machine[message] {
			return newMember(config, id, interval, rand)
		},
		Size: func(m *message) int { return len(m.letter) },
		Network: netmodel.Config{
			Latency: netmodel.Uniform(50*time.Microsecond, 2*time.Millisecond), Loss: tr.loss, MTU: 1400,
		},
		Faults: tr.faults, Duration: tr.length, Checkers: []checkers.Checker{tr.safety},
	})
}

// run plays the trial to its end and checks what is promised always.
func (tr *trial) run() *world.World[message] {
	w := tr.build()
	require.Empty(tr.t, w.Run().Violations)
	return w
}

func seconds(s float64) scenarios.Span { return scenarios.Span(s * float64(time.Second)) }

// of is what runs on a host.
func of(w *world.World[message], host node.ID) *member { return w.Machine(host).(*member) }

// requireSame checks that all have applied the same commands, but for those still on their way.
func requireSame(t require.TestingT, w *world.World[message]) {
	longest := of(w, 0)
	for host := range node.ID(w.Hosts()) {
		if m := of(w, host); len(m.commands) > len(longest.commands) {
			longest = m
		}
	}
	for host := range node.ID(w.Hosts()) {
		m := of(w, host)
		require.LessOrEqual(t, len(longest.commands)-len(m.commands), 5, "host %d", host)
		require.True(t, slices.Equal(m.commands, longest.commands[:len(m.commands)]), "host %d", host)
		require.True(t, m.Votes(), "host %d", host)
	}
}
