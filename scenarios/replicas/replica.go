package replicas

import (
	"encoding/binary"

	"butterfly/node"
	"butterfly/node/crdt"
	"butterfly/node/gossip"
	"butterfly/node/rendezvous"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// Message is what replicas say to each other.
type Message = gossip.Message[uint32, uint64]

// Map is what a replica holds: values are numbers.
type Map = crdt.Map[uint32, uint64]

type effects = node.Out[Message]

// Merged is the kind of the event with which a replica says what an exchange brought: A entries
// arrived, and B of them changed what it holds.
const Merged = node.UserEvents

// Timer slots.
const (
	timerGossip = iota // a round is due
	timerWrite         // a write is due
)

// Config is how a replica behaves. All of a group should have the same.
type Config struct {
	Gossip   gossip.Config
	Workload Workload
	// Absences are when the servers do not count all of each other. They may overlap.
	Absences []Absence
}

// Replica is one life of a server that holds the map, gossips it and writes to it. It implements
// [node.Machine], [node.Server], [node.Caller] and [node.Digester].
type Replica struct {
	config Config
	self   node.ID
	peers  peers
	luck   rng.Rand // of the workload
	rounds rng.Rand // of the gossip

	boot     uint64
	store    *Map
	gossip   *gossip.Gossip[uint32, uint64]
	reported uint64 // the version hash that was last made known
	changed  int    // entries that the exchange under way has changed so far
}

// NewReplica returns the replica of one life of server self of hosts, whose IDs are 0 to hosts-1.
// rand is a stream of its own.
func NewReplica(config Config, self node.ID, hosts int, rand rng.Rand) *Replica {
	return &Replica{
		config: config, self: self,
		peers:  newPeers(self, hosts, config.Absences),
		luck:   rng.Stream(rand.Uint64(), "workload", 0),
		rounds: rng.Stream(rand.Uint64(), "gossip", 0),
	}
}

// Start implements [node.Machine].
func (r *Replica) Start(now clock.Time, saved []byte, out *effects) {
	r.boot = newBoot(now, saved)
	out.Save(binary.LittleEndian.AppendUint64(nil, r.boot))
	r.store = crdt.New(crdt.NewActor(r.self, r.boot), MapConfig())
	r.gossip = gossip.New(r.config.Gossip, r.store, &r.peers, r.rounds, r.count)
	r.peers.look(now)
	r.gossip.Start(now, sink{out})
	r.begin(now, out)
	r.settle(out)
}

// newBoot returns the number of a life that begins now: milliseconds from 1 on, or the number after
// the one an earlier life saved. No life of a server has the number of another, with a disk or
// without, as long as a crash and a restart take a millisecond.
func newBoot(now clock.Time, saved []byte) uint64 {
	boot := uint64(now.Since().Milliseconds()) + 1
	if len(saved) == 8 {
		boot = max(boot, binary.LittleEndian.Uint64(saved)+1)
	}
	return boot
}

// MapConfig is how replicas treat keys and values: as the map of origins does, see package agent,
// with the numbers of origins and servers in place of their names.
func MapConfig() crdt.Config[uint32, uint64] {
	number := func(n uint32) rendezvous.Hash { return rendezvous.HashNumber(uint64(n)) }
	return crdt.Config[uint32, uint64]{
		KeyHash:   func(key uint32) uint64 { return uint64(number(key)) },
		ValueHash: HashValue,
		Priority: func(key uint32, writer node.ID) uint64 {
			return rendezvous.Score(number(key), number(uint32(writer)))
		},
	}
}

// HashValue digests a value of the map; never to 0, which stands for a removal in [node.Wrote].
func HashValue(value uint64) uint64 { return max(rng.Mix(value), 1) }

// Receive implements [node.Machine]. Nothing is said in datagrams.
func (r *Replica) Receive(clock.Time, node.ID, *Message, *effects) {}

// Wake implements [node.Machine].
func (r *Replica) Wake(now clock.Time, t node.TimerID, out *effects) {
	r.peers.look(now)
	switch t {
	case timerGossip:
		r.gossip.Wake(now, sink{out})
	case timerWrite:
		r.writeAny(out)
		r.plan(now, out)
	}
	r.settle(out)
}

// Serve implements [node.Server].
func (r *Replica) Serve(
	now clock.Time, from node.ID, request, reply *Message, out *effects,
) (served bool) {
	r.peers.look(now)
	r.changed = 0
	served = r.gossip.Serve(now, from, request, reply)
	r.merged(request, out)
	r.settle(out)
	return served
}

// Returned implements [node.Caller].
func (r *Replica) Returned(
	now clock.Time, from node.ID, call node.CallID, reply *Message, _ node.Failure, out *effects,
) {
	r.peers.look(now)
	r.changed = 0
	r.gossip.Returned(now, from, call, reply, sink{out})
	if reply != nil {
		r.merged(reply, out)
	}
	r.settle(out)
}

// Digest implements [node.Digester].
func (r *Replica) Digest() uint64 { return rng.Mix(r.store.VersionHash()) ^ r.store.StateHash() }

// Map is what the replica holds. It is the replica's own and not to be modified.
func (r *Replica) Map() *Map { return r.store }

// Actor is the name of this life: the writer of its dots.
func (r *Replica) Actor() crdt.Actor { return crdt.NewActor(r.self, r.boot) }

func (r *Replica) count(uint32) { r.changed++ }

// merged says what the message of an exchange that is over has brought.
func (r *Replica) merged(m *Message, out *effects) {
	if entries := len(m.Delta.Entries); entries > 0 {
		out.Emit(node.Event{
			Kind: Merged, Subject: uint32(r.self), A: uint64(entries), B: uint64(r.changed),
		})
	}
}

// settle makes known that the map has changed, if it has.
func (r *Replica) settle(out *effects) {
	if version := r.store.VersionHash(); version != r.reported {
		r.reported = version
		out.Emit(node.Event{Kind: node.MapChanged, A: version, B: r.store.StateHash()})
	}
}

// sink puts what the gossip asks for among the effects of its replica.
type sink struct{ *effects }

// Alarm implements [gossip.Effects].
func (s sink) Alarm(at clock.Time) { s.effects.Alarm(timerGossip, at) }
