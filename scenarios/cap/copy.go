package cap

import (
	"encoding/binary"
	"time"

	"butterfly/node"
	"butterfly/node/crdt"
	"butterfly/node/gossip"
	"butterfly/scenarios/replicas"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// copyServer answers by what it has: a replica of the map, which gossip spreads. It is always
// there.
type copyServer struct {
	self   node.ID
	peers  peers
	rounds rng.Rand

	actor    crdt.Actor
	store    *replicas.Map
	gossip   *gossip.Gossip[uint32, uint64]
	reported uint64 // the version hash that was last made known
}

func newCopyServer(self node.ID, servers int, rand rng.Rand) *copyServer {
	return &copyServer{self: self, peers: peers{self, servers}, rounds: rand}
}

// Start implements [node.Machine]. All that is saved is the number of the life.
func (s *copyServer) Start(now clock.Time, saved []byte, out *effects) {
	boot := uint64(now.Since().Milliseconds()) + 1
	if len(saved) == 8 {
		boot = max(boot, binary.LittleEndian.Uint64(saved)+1)
	}
	out.Save(binary.LittleEndian.AppendUint64(nil, boot))
	s.actor = crdt.NewActor(s.self, boot)
	s.store = crdt.New(s.actor, replicas.MapConfig())
	s.gossip = gossip.New(gossip.DefaultConfig(), s.store, &s.peers, s.rounds, nil)
	s.gossip.Start(now, sink{out})
	s.settle(out)
}

// Receive implements [node.Machine]. Nothing is said in datagrams.
func (s *copyServer) Receive(clock.Time, node.ID, *Message, *effects) {}

// Wake implements [node.Machine].
func (s *copyServer) Wake(now clock.Time, _ node.TimerID, out *effects) {
	s.gossip.Wake(now, sink{out})
}

// Serve implements [node.Server].
func (s *copyServer) Serve(
	now clock.Time, from node.ID, request, reply *Message, out *effects,
) (served bool) {
	switch request.Kind {
	case Ask:
		s.answer(request, reply, out)
		served = true
	case Gossip:
		reply.Kind = Gossip
		served = s.gossip.Serve(now, from, &request.Gossip, &reply.Gossip)
	}
	s.settle(out)
	return served
}

// answer does to this copy what a client asks for.
func (s *copyServer) answer(request, reply *Message, out *effects) {
	for _, dot := range request.Past {
		if s.store.Versions().Seq(dot.Actor) < dot.Seq {
			reply.Kind = Lacks
			return
		}
	}
	o := &request.Operation
	before, _ := s.store.Get(o.Key)
	next, result := o.step(before.Value)
	reply.Kind, reply.Operation.Number, reply.Result = Answer, o.Number, result
	if next != before.Value {
		dot := s.store.Put(o.Key, next)
		reply.Past = append(reply.Past, dot)
		out.Emit(node.Event{
			Kind: node.Wrote, Subject: o.Key, A: dot.Seq, B: replicas.HashValue(next),
		})
	}
}

// Returned implements [node.Caller].
func (s *copyServer) Returned(
	now clock.Time, from node.ID, call node.CallID, reply *Message, failure node.Failure, out *effects,
) {
	var answer *replicas.Message
	if failure == node.OK {
		answer = &reply.Gossip
	}
	s.gossip.Returned(now, from, call, answer, sink{out})
	s.settle(out)
}

// Digest implements [node.Digester].
func (s *copyServer) Digest() uint64 { return rng.Mix(s.store.VersionHash()) ^ s.store.StateHash() }

// settle makes known that the map has changed, if it has.
func (s *copyServer) settle(out *effects) {
	if version := s.store.VersionHash(); version != s.reported {
		s.reported = version
		out.Emit(node.Event{Kind: node.MapChanged, A: version, B: s.store.StateHash()})
	}
}

// sink puts what the gossip asks for among the effects of its server.
type sink struct{ *effects }

// Call implements [gossip.Effects].
func (s sink) Call(to node.ID, id node.CallID, timeout time.Duration) *replicas.Message {
	m := s.effects.Call(to, id, timeout)
	m.Kind = Gossip
	return &m.Gossip
}

// Alarm implements [gossip.Effects].
func (s sink) Alarm(at clock.Time) { s.effects.Alarm(0, at) }

// peers are the other servers, whether or not they are there.
type peers struct {
	self    node.ID
	servers int
}

// Count implements [gossip.Peers].
func (p *peers) Count() int { return p.servers - 1 }

// Peer implements [gossip.Peers].
func (p *peers) Peer(i int) node.ID {
	if node.ID(i) < p.self {
		return node.ID(i)
	}
	return node.ID(i) + 1
}
