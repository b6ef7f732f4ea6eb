package agent

import (
	"butterfly/node"
	"butterfly/node/crdt"
	"butterfly/node/gossip"
	"butterfly/node/origin"
	"butterfly/node/rendezvous"
)

// Store is a replica of the map of origins, as far as an agent is concerned: package origin says
// what is in it. [crdt.Map] is one; rivals are measured by putting theirs in its place.
type Store interface {
	gossip.Store[uint32, origin.Value]
	Put(key uint32, value origin.Value) crdt.Dot
	Remove(key uint32) (crdt.Dot, bool)
	AppendSiblings(siblings []Sibling, key uint32) []Sibling
	VersionHash() uint64
	StateHash() uint64
}

// Sibling is one surviving write of a key of the map of origins.
type Sibling = crdt.Sibling[origin.Value]

// NewMap returns an empty [crdt.Map] as the replica of a life, which soon has a result of each
// origin.
func NewMap(self crdt.Actor, p *Placement) Store {
	config := MapConfig(p)
	config.Room = p.Origins()
	return crdt.New(self, config)
}

// MapConfig is how the map of origins treats its keys and values: concurrent writes are read in the
// order of their writers' ranks for the origin.
func MapConfig(p *Placement) crdt.Config[uint32, origin.Value] {
	return crdt.Config[uint32, origin.Value]{
		KeyHash:   func(key uint32) uint64 { return uint64(rendezvous.HashNumber(uint64(key))) },
		ValueHash: valueHash,
		Priority: func(key uint32, writer node.ID) uint64 {
			return p.Score(origin.Of(key), writer)
		},
	}
}

// valueHash is never 0, which in a [node.Wrote] stands for a removal.
func valueHash(value origin.Value) uint64 { return uint64(value) + 1 }

// put writes a value of the map.
func (a *Agent) put(key uint32, value origin.Value) {
	a.wrote(key, a.store.Put(key, value), valueHash(value))
}

// remove removes a key from the map, if this server's replica has it.
func (a *Agent) remove(key uint32) {
	if dot, removed := a.store.Remove(key); removed {
		a.wrote(key, dot, 0)
	}
}

func (a *Agent) wrote(key uint32, dot crdt.Dot, hash uint64) {
	a.out.Emit(node.Event{Kind: node.Wrote, Subject: key, A: dot.Seq, B: hash})
	a.written = true // one event for all writes of this input: what it shows has the last of them
	a.passKey(key)
}

func (a *Agent) emitMapChanged() {
	a.out.Emit(node.Event{
		Kind: node.MapChanged, A: a.store.VersionHash(), B: a.store.StateHash(),
	})
}

// passKey tells the other parts what the map now has under a key.
func (a *Agent) passKey(key uint32) {
	if origin.IsRegistration(key) {
		a.passRegistration(origin.Of(key))
	} else {
		a.passResult(origin.Of(key))
	}
}

// read returns the sibling that counts of those of a key: of the preferred ones, or of all if none
// is, that of the writer which ranks first for the origin; nil if there is none. It is valid, as
// are a.siblings, until the next read.
func (a *Agent) read(key uint32, preferred func(*Sibling) bool) (best *Sibling) {
	a.siblings = a.store.AppendSiblings(a.siblings[:0], key)
	if len(a.siblings) == 1 {
		return &a.siblings[0]
	}
	favoured, highest := false, uint64(0)
	for i := range a.siblings {
		s := &a.siblings[i]
		favour := preferred(s)
		score := a.config.Placement.Score(origin.Of(key), s.Dot.Actor.Node())
		// Siblings ascend by dot, so a tie goes to the later one, as in the map itself.
		if best == nil || favour && !favoured || favour == favoured && score >= highest {
			best, favoured, highest = s, favour, score
		}
	}
	return best
}
