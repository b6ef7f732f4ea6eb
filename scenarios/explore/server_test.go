package explore_test

import (
	"slices"

	"butterfly/node"
	"butterfly/node/crdt"
	"butterfly/scenarios/explore"
)

// server is one life of a server at one moment. A map cannot be copied, so each moment has a
// replica of its own, which was told all that happened to this life: a server is changed by few
// events, so that is quick, and it is the real code all the way.
type server struct {
	actor   crdt.Actor
	life    int
	inputs  []input
	replica replica
	writes  int      // of this life
	dot     crdt.Dot // of the last input, if that was a write
	seen    crdt.CausalContext
	keys    []explore.Key
}

// input is one thing that happened to a replica.
type input struct {
	kind   kind
	key    uint32
	value  uint64
	delta  *delta
	stable crdt.VersionVector
	actor  crdt.Actor
}

// start returns a server without a map, in the given life.
func (d *design) start(id node.ID, life int) *server {
	boot := life
	if d.amnesia {
		boot = 1
	}
	return d.live(crdt.NewActor(id, uint64(boot)), life, nil)
}

// grown returns a server after one more input.
func (d *design) grown(s *server, in input) *server {
	return d.live(s.actor, s.life, append(slices.Clip(s.inputs), in))
}

// applied returns a server after an answer: itself, if it refused or nothing was news.
func (d *design) applied(s *server, a *delta) *server {
	grown := d.grown(s, input{kind: apply, delta: a})
	if grown == nil || slices.Equal(grown.keys, s.keys) {
		return s
	}
	return grown
}

// live lives a life again. It returns nil if its last input is an answer that is refused.
func (d *design) live(actor crdt.Actor, life int, inputs []input) *server {
	s := &server{actor: actor, life: life, inputs: inputs}
	if !s.relive(d.replica(actor)) {
		return nil
	}
	s.replica.Context(&s.seen)
	s.keys = d.digest(s.facts())
	return s
}

// relive gives a server a replica of its own. It returns false if the last input is refused.
func (s *server) relive(r replica) (accepted bool) {
	s.replica, accepted = r, true
	for i := range s.inputs {
		accepted = s.take(&s.inputs[i])
	}
	return accepted
}

func (s *server) take(in *input) bool {
	s.dot = crdt.Dot{}
	switch in.kind {
	case write:
		s.dot = s.replica.Put(in.key, in.value)
	case remove:
		s.dot, _ = s.replica.Remove(in.key)
	case apply:
		return s.replica.Apply(in.delta, nil)
	case collect:
		s.replica.Collect(&in.stable)
	case prune:
		s.replica.(interface{ Prune(crdt.Actor) }).Prune(in.actor)
	}
	if s.dot != (crdt.Dot{}) {
		s.writes++
	}
	return true
}
