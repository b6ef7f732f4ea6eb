package cap

import (
	"encoding/binary"
	"slices"
	"time"

	"butterfly/node"
	"butterfly/scenarios/rivals/raft/voter"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// logServer answers by a replicated log: every operation, reads included, is put into it, and
// answered when its turn has come. So there is one order of all operations, and who cannot reach a
// majority has to wait (Ongaro and Ousterhout, "In Search of an Understandable Consensus
// Algorithm", 2014, section 8). A client asks for each operation once only, so none has to be told
// from its repetition.
type logServer struct {
	self    node.ID
	timeout time.Duration
	voter   *voter.Voter
	state   values
	held    []held  // operations that there is no leader to take
	done    []reply // operations of this server that have had their turn
	calls   node.CallID
}

// held is an operation that waits for a leader.
type held struct {
	until   clock.Time
	command []byte
}

// reply is the end of an operation, and whose it was.
type reply struct {
	client node.ID
	number uint32
	result uint64
}

func newLogServer(self node.ID, servers int, timeout time.Duration, rand rng.Rand) *logServer {
	s := &logServer{self: self, timeout: timeout}
	config := voter.DefaultConfig(servers)
	config.Founding = 0 // all start when the clock does
	s.voter = voter.New(config, self, s, rand)
	return s
}

// Start implements [node.Machine].
func (s *logServer) Start(now clock.Time, saved []byte, out *effects) {
	s.voter.Start(now, saved, letters{out})
	s.settle(out)
}

// Receive implements [node.Machine].
func (s *logServer) Receive(now clock.Time, _ node.ID, m *Message, out *effects) {
	if m.Kind == Letter {
		s.voter.Take(now, m.Letter, letters{out})
	}
	s.settle(out)
}

// Wake implements [node.Machine].
func (s *logServer) Wake(now clock.Time, _ node.TimerID, out *effects) {
	s.voter.Wake(now, letters{out})
	s.held = slices.DeleteFunc(s.held, func(h held) bool {
		return now >= h.until || s.voter.Propose(now, h.command, letters{out})
	})
	s.settle(out)
}

// Serve implements [node.Server].
func (s *logServer) Serve(
	now clock.Time, from node.ID, request, reply *Message, out *effects,
) (served bool) {
	switch request.Kind {
	case Ask:
		reply.Kind = Later
		command := appendCommand(nil, s.self, from, &request.Operation)
		if !s.voter.Propose(now, command, letters{out}) {
			s.held = append(s.held, held{now.Add(s.timeout), command})
		}
	case Letter:
		reply.Kind = Taken
		s.voter.Take(now, request.Letter, letters{out})
	default:
		return false
	}
	s.settle(out)
	return true
}

// Returned implements [node.Caller].
func (s *logServer) Returned(
	now clock.Time, _ node.ID, call node.CallID, _ *Message, failure node.Failure, out *effects,
) {
	s.voter.Returned(now, call, failure, letters{out})
	s.settle(out)
}

// Apply implements [voter.Machine].
func (s *logServer) Apply(_ uint64, command []byte) {
	server, client, o := parseCommand(command)
	result := s.state.apply(&o)
	if server == s.self {
		s.done = append(s.done, reply{client, o.Number, result})
	}
}

// AppendState implements [voter.Machine].
func (s *logServer) AppendState(b []byte) []byte { return s.state.append(b) }

// Restore implements [voter.Machine].
func (s *logServer) Restore(_ uint64, state []byte) { s.state = parseValues(state) }

// Digest implements [node.Digester].
func (s *logServer) Digest() uint64 { return s.state.digest() }

// settle answers what has had its turn. An earlier life's operations have it once more when a later
// one reads its log; their clients have long stopped waiting, and know by the number.
func (s *logServer) settle(out *effects) {
	for _, r := range s.done {
		s.calls = (s.calls + 1) % voter.FirstCall
		m := out.Call(r.client, s.calls, s.timeout)
		m.Kind, m.Operation.Number, m.Result = Answer, r.number, r.result
	}
	s.done = s.done[:0]
}

// letters puts what the voter asks for among the effects of its server.
type letters struct{ *effects }

// letterTimeout is how long a large letter may take.
const letterTimeout = 5 * time.Second

// Send implements [voter.Effects].
func (l letters) Send(to node.ID) *[]byte {
	m := l.effects.Send(to)
	m.Kind = Letter
	return &m.Letter
}

// Call implements [voter.Effects].
func (l letters) Call(to node.ID, id node.CallID) *[]byte {
	m := l.effects.Call(to, id, letterTimeout)
	m.Kind = Letter
	return &m.Letter
}

// Alarm implements [voter.Effects].
func (l letters) Alarm(at clock.Time) { l.effects.Alarm(0, at) }

// appendCommand writes an operation into the log, with who is to answer whom.
func appendCommand(b []byte, server, client node.ID, o *Operation) []byte {
	b = binary.LittleEndian.AppendUint32(b, uint32(server))
	b = binary.LittleEndian.AppendUint32(b, uint32(client))
	b = binary.LittleEndian.AppendUint32(b, o.Number)
	b = binary.LittleEndian.AppendUint32(b, o.Key)
	b = binary.LittleEndian.AppendUint64(b, o.Value)
	return append(b, byte(o.Verb))
}

// parseCommand reads what [appendCommand] wrote.
func parseCommand(b []byte) (server, client node.ID, o Operation) {
	word := binary.LittleEndian.Uint32
	return node.ID(word(b)), node.ID(word(b[4:])), Operation{
		Number: word(b[8:]), Key: word(b[12:]),
		Value: binary.LittleEndian.Uint64(b[16:]), Verb: Verb(b[24]),
	}
}
