package agent

import (
	"time"

	"butterfly/node"
	"butterfly/node/gossip"
	"butterfly/node/health"
	"butterfly/node/wire"
	"butterfly/sim/clock"
)

// gossipCall marks the call ids of the gossip; swim numbers its calls below.
const gossipCall node.CallID = 1 << 31

type gossipMessage = gossip.Message[uint32, health.Status]

// effects puts what the gossip asks for among the agent's own effects.
type effects struct{ *node.Out[wire.Message] }

// Call implements [gossip.Effects].
func (e effects) Call(to node.ID, id node.CallID, timeout time.Duration) *gossipMessage {
	m := e.Out.Call(to, id|gossipCall, timeout)
	m.Kind = wire.Gossip
	return &m.Gossip
}

// Alarm implements [gossip.Effects].
func (e effects) Alarm(at clock.Time) { e.Out.Alarm(timerGossip, at) }

// serveGossip serves a peer, unless it brings news of what does not exist.
func (a *Agent) serveGossip(
	from node.ID, request, reply *gossipMessage, out *node.Out[wire.Message],
) (served bool) {
	if !a.config.Placement.knows(&request.Delta) {
		return false
	}
	before := a.store.VersionHash()
	served = a.gossip.Serve(a.now, from, request, reply)
	a.passMap(before, out)
	return served
}

// endGossip gives the gossip the end of one of its calls. An answer with news of what does not
// exist is as good as none.
func (a *Agent) endGossip(
	from node.ID, call node.CallID, reply *wire.Message, out *node.Out[wire.Message],
) {
	var answer *gossipMessage
	if reply != nil && reply.Kind == wire.Gossip && a.config.Placement.knows(&reply.Gossip.Delta) {
		answer = &reply.Gossip
	}
	before := a.store.VersionHash()
	a.gossip.Returned(a.now, from, call&^gossipCall, answer, effects{out})
	if answer != nil {
		a.passMap(before, out)
	}
}

// passMap makes known what an exchange changed, and lets the agent begin once it holds the map.
func (a *Agent) passMap(before uint64, out *node.Out[wire.Message]) {
	if a.store.VersionHash() != before {
		a.emitMapChanged(out)
	}
	// A map without a single record means that the whole cluster is starting: members are still
	// coming in, and whoever acts now acts on a view that is about to change.
	if a.swim.Joined() && len(*a.store.Versions()) > 0 {
		a.becomeReady(out)
	}
}

// write writes the record of an origin.
func (a *Agent) write(origin uint32, status health.Status, out *node.Out[wire.Message]) {
	dot := a.store.Put(origin, status)
	a.passClaim(origin)
	out.Emit(node.Event{Kind: node.Wrote, Subject: origin, A: dot.Seq, B: valueHash(status)})
	a.emitMapChanged(out)
}

// passClaim tells the checks what the map says of an origin.
func (a *Agent) passClaim(origin uint32) {
	claim := health.Claim{Claimant: node.Nobody}
	if record, found := a.store.Get(origin); found {
		writer := record.Dot.Actor
		claim = health.Claim{
			Claimant: writer.Node(), Generation: writer.Boot(), Status: record.Value,
		}
	}
	a.checks.Claimed(a.now, origin, claim)
}

func (a *Agent) emitMapChanged(out *node.Out[wire.Message]) {
	out.Emit(node.Event{
		Kind: node.MapChanged, A: a.store.VersionHash(), B: a.store.StateHash(),
	})
}

// becomeReady lets the agent take part in the checking.
func (a *Agent) becomeReady(out *node.Out[wire.Message]) {
	if a.ready {
		return
	}
	a.ready = true
	a.checks.Activate(a.now)
	out.Alarm(timerGrace, clock.Never)
	out.Emit(node.Event{Kind: node.Ready})
}
