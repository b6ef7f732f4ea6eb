package agent

import (
	"time"

	"butterfly/node"
	"butterfly/node/gossip"
	"butterfly/node/origin"
	"butterfly/node/wire"
	"butterfly/sim/clock"
)

// gossipCall marks the call ids of the gossip; swim numbers its calls below.
const gossipCall node.CallID = 1 << 31

type gossipMessage = gossip.Message[uint32, origin.Value]

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
func (a *Agent) serveGossip(from node.ID, request, reply *gossipMessage) (served bool) {
	if !a.config.knows(&request.Delta) {
		return false
	}
	before := a.store.VersionHash()
	served = a.gossip.Serve(a.now, from, request, reply)
	a.passMap(before)
	return served
}

// endGossip gives the gossip the end of one of its calls. An answer with news of what does not
// exist is as good as none.
func (a *Agent) endGossip(from node.ID, call node.CallID, reply *wire.Message) {
	var answer *gossipMessage
	if reply != nil && reply.Kind == wire.Gossip && a.config.knows(&reply.Gossip.Delta) {
		answer = &reply.Gossip
	}
	before := a.store.VersionHash()
	a.gossip.Returned(a.now, from, call&^gossipCall, answer, effects{a.out})
	if answer != nil {
		a.passMap(before)
	}
}

// passMap makes known that an exchange changed the map, and lets the agent begin once it holds what
// others have in it.
func (a *Agent) passMap(before uint64) {
	if a.store.VersionHash() != before {
		a.merged = true
		a.emitMapChanged()
	}
	// A map without any results means that the whole cluster is starting: members are still coming
	// in, and whoever acts now acts on a view that is about to change.
	if a.swim.Joined() && a.resulted {
		a.becomeReady()
	}
}

// becomeReady lets the agent take part in the checking.
func (a *Agent) becomeReady() {
	if a.ready {
		return
	}
	a.ready = true
	a.checks.Activate(a.now)
	a.out.Alarm(timerGrace, clock.Never)
	a.out.Emit(node.Event{Kind: node.Ready})
}
