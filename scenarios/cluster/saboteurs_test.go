package cluster

import (
	"slices"

	"butterfly/node"
	"butterfly/node/agent"
	"butterfly/node/crdt"
	"butterfly/node/health"
	"butterfly/node/origin"
	"butterfly/node/wire"
	"butterfly/sim/clock"
)

type (
	effects = node.Out[wire.Message]
	entry   = crdt.Entry[uint32, origin.Value]
)

// blind starts no probes, whatever the agent asks for. Probes are asked for after any input.
type blind struct{ *agent.Agent }

func (b *blind) Receive(now clock.Time, from node.ID, m *wire.Message, out *effects) {
	b.Agent.Receive(now, from, m, out)
	out.Probes = out.Probes[:0]
}

func (b *blind) Wake(now clock.Time, t node.TimerID, out *effects) {
	b.Agent.Wake(now, t, out)
	out.Probes = out.Probes[:0]
}

func (b *blind) Serve(
	now clock.Time, from node.ID, request, reply *wire.Message, out *effects,
) bool {
	defer func() { out.Probes = out.Probes[:0] }()
	return b.Agent.Serve(now, from, request, reply, out)
}

func (b *blind) Returned(
	now clock.Time, from node.ID, call node.CallID, reply *wire.Message, failure node.Failure,
	out *effects,
) {
	b.Agent.Returned(now, from, call, reply, failure, out)
	out.Probes = out.Probes[:0]
}

// deaf loses every datagram that reaches it, and serves nobody.
type deaf struct{ *agent.Agent }

func (*deaf) Receive(clock.Time, node.ID, *wire.Message, *effects) {}

func (*deaf) Serve(clock.Time, node.ID, *wire.Message, *wire.Message, *effects) bool { return false }

// liar takes what is up for down.
type liar struct{ *agent.Agent }

func (l *liar) Probed(now clock.Time, result node.ProbeResult, out *effects) {
	result.Outcome = node.Failed + node.Succeeded - result.Outcome
	l.Agent.Probed(now, result, out)
}

// eager makes every probe twice.
type eager struct{ *agent.Agent }

func (e *eager) Wake(now clock.Time, t node.TimerID, out *effects) {
	e.Agent.Wake(now, t, out)
	out.Probes = append(out.Probes, out.Probes...)
}

// restless says that it begins to check origin 0, and that it ends, whenever an alarm goes off.
type restless struct{ *agent.Agent }

func (r *restless) Wake(now clock.Time, t node.TimerID, out *effects) {
	r.Agent.Wake(now, t, out)
	out.Emit(node.Event{Kind: node.CheckBegan})
	out.Emit(node.Event{Kind: node.CheckEnded})
}

// settled says in every life that it is where it was in the first.
type settled struct{ *agent.Agent }

func (s *settled) Describe(now clock.Time, _ []byte, out *effects) error {
	return s.Agent.Describe(now, []byte("here"), out)
}

// deluded takes the end of every probe for a sign of life from server 0.
type deluded struct{ *agent.Agent }

func (d *deluded) Probed(now clock.Time, result node.ProbeResult, out *effects) {
	d.Agent.Receive(now, 0, &wire.Message{}, out)
	d.Agent.Probed(now, result, out)
}

// loyal sends requests wherever it ever did.
type loyal struct{ *agent.Agent }

func (l *loyal) Receive(now clock.Time, from node.ID, m *wire.Message, out *effects) {
	l.Agent.Receive(now, from, m, out)
	keepRouting(out)
}

func (l *loyal) Wake(now clock.Time, t node.TimerID, out *effects) {
	l.Agent.Wake(now, t, out)
	keepRouting(out)
}

func (l *loyal) Returned(
	now clock.Time, from node.ID, call node.CallID, reply *wire.Message, failure node.Failure,
	out *effects,
) {
	l.Agent.Returned(now, from, call, reply, failure, out)
	keepRouting(out)
}

func (l *loyal) Probed(now clock.Time, result node.ProbeResult, out *effects) {
	l.Agent.Probed(now, result, out)
	keepRouting(out)
}

func (l *loyal) Serve(
	now clock.Time, from node.ID, request, reply *wire.Message, out *effects,
) bool {
	defer keepRouting(out)
	return l.Agent.Serve(now, from, request, reply, out)
}

func keepRouting(out *effects) {
	out.Events = slices.DeleteFunc(out.Events, func(e node.Event) bool {
		return e.Kind == node.Routed && e.A == 0
	})
}

// contrary says that it believes the opposite of what its own probes have led it to believe.
type contrary struct{ *agent.Agent }

func (c *contrary) Probed(now clock.Time, result node.ProbeResult, out *effects) {
	c.Agent.Probed(now, result, out)
	for i := range out.Events {
		if e := &out.Events[i]; e.Kind == node.Believed {
			e.A = uint64(health.Healthy+health.Unhealthy) - e.A
		}
	}
}

// storing returns a sabotage of the replicas: each is wrapped.
func storing(wrap func(s agent.Store, self node.ID) agent.Store) func(*agent.Config) {
	return func(c *agent.Config) {
		c.NewStore = func(self crdt.Actor, p *agent.Placement) agent.Store {
			return wrap(agent.NewMap(self, p), self.Node())
		}
	}
}

// vain reads only what it wrote itself.
type vain struct {
	agent.Store
	self node.ID
}

func (v *vain) AppendSiblings(siblings []agent.Sibling, key uint32) []agent.Sibling {
	before := len(siblings)
	siblings = v.Store.AppendSiblings(siblings, key)
	others := func(s agent.Sibling) bool { return s.Dot.Actor.Node() != v.self }
	return append(siblings[:before], slices.DeleteFunc(siblings[before:], others)...)
}

// forgetful leaves out whatever others say about origin 7.
type forgetful struct{ agent.Store }

func (f *forgetful) Apply(delta *wire.Delta, changed func(key uint32)) bool {
	kept := *delta
	kept.Entries = nil
	for _, e := range delta.Entries {
		if e.Key != origin.Result(7) {
			kept.Entries = append(kept.Entries, e)
		}
	}
	return f.Store.Apply(&kept, changed)
}

// amnesiac starts anew with an empty map, as the same actor, after every third answer that brings
// news.
type amnesiac struct {
	agent.Store
	actor     crdt.Actor
	placement *agent.Placement
	answers   int
}

func newAmnesiac(self crdt.Actor, p *agent.Placement) agent.Store {
	return &amnesiac{Store: agent.NewMap(self, p), actor: self, placement: p}
}

func (a *amnesiac) Apply(delta *wire.Delta, changed func(key uint32)) bool {
	applied := a.Store.Apply(delta, changed)
	if a.answers++; a.answers%3 == 0 {
		a.Store = agent.NewMap(a.actor, a.placement)
	}
	return applied
}

// forger takes what others say of origin 7 for the opposite.
type forger struct{ agent.Store }

func (f *forger) Apply(delta *wire.Delta, changed func(key uint32)) bool {
	forged := *delta
	forged.Entries = slices.Clone(delta.Entries)
	for i := range forged.Entries {
		if e := &forged.Entries[i]; e.Key == origin.Result(7) {
			e.Siblings = slices.Clone(e.Siblings)
			for j := range e.Siblings {
				e.Siblings[j].Value = origin.Value(health.Healthy+health.Unhealthy) - e.Siblings[j].Value
			}
		}
	}
	return f.Store.Apply(&forged, changed)
}

// selective takes nothing of what server 3 wrote, and does not say that it has seen it.
type selective struct{ agent.Store }

func (s *selective) Apply(delta *wire.Delta, changed func(key uint32)) bool {
	kept := *delta
	kept.Versions = slices.DeleteFunc(slices.Clone(delta.Versions), byThree)
	kept.Entries = slices.DeleteFunc(slices.Clone(delta.Entries), func(e entry) bool {
		return slices.ContainsFunc(e.Context, byThree)
	})
	return s.Store.Apply(&kept, changed)
}

func byThree(dot crdt.Dot) bool { return dot.Actor.Node() == 3 }

// grudging reads no registration of what somebody has removed.
type grudging struct{ agent.Store }

func (g *grudging) AppendSiblings(siblings []agent.Sibling, key uint32) []agent.Sibling {
	before := len(siblings)
	siblings = g.Store.AppendSiblings(siblings, key)
	removed := func(s agent.Sibling) bool { return s.Value == origin.Removed }
	if !origin.IsRegistration(key) || !slices.ContainsFunc(siblings[before:], removed) {
		return siblings
	}
	registers := func(s agent.Sibling) bool { return !removed(s) }
	return append(siblings[:before], slices.DeleteFunc(siblings[before:], registers)...)
}

// hasty takes what it has seen itself for what all have seen.
type hasty struct{ agent.Store }

func (h *hasty) Collect(*crdt.VersionVector) {
	seen := h.Versions().Clone()
	h.Store.Collect(&seen)
}
