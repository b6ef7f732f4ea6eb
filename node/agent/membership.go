package agent

import (
	"math"

	"butterfly/node"
	"butterfly/node/swim"
	"butterfly/node/wire"
)

// Generations of no life.
const (
	noLife  = math.MaxUint64 - iota // of a server that is not in the group and may have seen anything
	hasLeft                         // of one that left on its own account
	unheard                         // of one that was never heard of, in an open group
)

// missSeeds has the checks take the other seeds for members that are gone. Who has never had a peer
// trusts itself; a server that starts while its network is down must not, or it condemns every
// origin, and spreads that as soon as it is back.
func (a *Agent) missSeeds() {
	for _, id := range a.config.Swim.Seeds {
		a.checks.MemberUp(a.now, id, noLife)
		a.checks.MemberDown(a.now, id)
	}
}

// passSwim moves what swim asked for into the agent's own effects, and tells the other parts who
// came and went.
func (a *Agent) passSwim() {
	inner := &a.swimOut
	for i := range inner.Events {
		a.out.Emit(inner.Events[i])
		a.passMember(&inner.Events[i])
	}
	for i := range inner.Sends {
		s := &inner.Sends[i]
		wrap(a.out.Send(s.To), &s.Message)
	}
	for i := range inner.Calls {
		c := &inner.Calls[i]
		wrap(a.out.Call(c.To, c.ID, c.Timeout), &c.Message)
	}
	for t, set := inner.NextAlarm(0); set; t, set = inner.NextAlarm(t + 1) {
		at, _ := inner.Alarmed(t)
		a.out.Alarm(t, at)
	}
	if inner.HasSave {
		a.out.Save(inner.Saved)
	}
	inner.Reset()
}

// wrap moves a message of swim's into one of ours; the two exchange their memory.
func wrap(m *wire.Message, inner *swim.Message) {
	m.Kind = wire.Swim
	m.Swim, *inner = *inner, m.Swim
}

func (a *Agent) passMember(e *node.Event) {
	id := node.ID(e.Subject)
	switch e.Kind {
	case node.MemberAlive:
		generation := swim.Incarnation(e.A).Generation()
		a.checks.MemberUp(a.now, id, generation)
		a.setLife(id, generation)
	case node.MemberDead:
		a.checks.MemberDown(a.now, id)
		a.setLife(id, noLife)
	case node.MemberLeft:
		a.checks.MemberDown(a.now, id)
		a.setLife(id, hasLeft)
	}
}

// setLife notes which life of another server is in the group. Of this server it is always the one
// it lives: while it leaves, it stands for what it finds.
func (a *Agent) setLife(id node.ID, generation uint64) {
	if id != a.self && a.lives[id] != generation {
		a.live(id, generation)
		a.moved = true
		a.gossip.GroupChanged(a.whole())
	}
}

// live notes the life of a server, or that it has none.
func (a *Agent) live(id node.ID, generation uint64) {
	if a.lives[id] == noLife {
		a.missing--
	}
	if generation == noLife {
		a.missing++
	}
	a.lives[id] = generation
}

// whole reports whether every server there is, by the placement or by what was heard, is in the group
// or has left: no other can have a replica of the map. One that is dead may be cut off and have seen
// what nobody here has.
func (a *Agent) whole() bool { return a.missing == 0 }

// endSync gives swim the end of one of its calls.
func (a *Agent) endSync(
	from node.ID, call node.CallID, reply *wire.Message, failure node.Failure,
) {
	var inner *swim.Message
	if failure == node.OK {
		inner = &reply.Swim
	}
	a.swim.Returned(a.now, from, call, inner, failure, &a.swimOut)
	a.passSwim()
}
