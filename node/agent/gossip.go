package agent

import (
	"butterfly/node"
	"butterfly/node/crdt"
	"butterfly/node/health"
	"butterfly/node/wire"
	"butterfly/sim/clock"
)

// pullCall marks the call ids of pulls; swim numbers its calls below.
const pullCall node.CallID = 1 << 31

// pull is the one pull that may be outstanding.
type pull struct {
	number  node.CallID        // of the latest pull
	pending bool               // it has not ended yet
	since   crdt.VersionVector // what the replica held when it asked
	answer  wire.Delta         // borrows the answer while it is applied
}

// beginPull asks a random live member for what this replica lacks, unless the last pull is still
// out.
func (a *Agent) beginPull(out *node.Out[wire.Message]) {
	out.Alarm(timerPull, a.now.Add(a.config.PullInterval))
	if a.pull.pending {
		return
	}
	peer, found := a.swim.RandomAlive(&a.rand)
	if !found {
		return
	}
	a.pull.pending = true
	a.pull.number = (a.pull.number + 1) &^ pullCall
	a.pull.since.CopyFrom(a.store.Versions())
	m := out.Call(peer, a.pull.number|pullCall, a.config.PullTimeout)
	m.Kind = wire.Pull
	m.Since.CopyFrom(&a.pull.since)
}

// answerPull fills in what the asking replica lacks; nothing at all if it lacks nothing.
func (a *Agent) answerPull(request, reply *wire.Message) {
	reply.Kind = wire.Answer
	if !request.Since.CoversAll(a.store.Versions()) {
		a.store.Answer(&request.Since, &reply.Answer)
	}
}

// endPull merges the answer to the outstanding pull. A pull that failed is made up for by the next.
func (a *Agent) endPull(call node.CallID, reply *wire.Message, out *node.Out[wire.Message]) {
	if call&^pullCall != a.pull.number || !a.pull.pending {
		return
	}
	a.pull.pending = false
	if reply == nil || reply.Kind != wire.Answer || !a.config.Placement.knows(&reply.Answer) {
		return
	}
	if len(reply.Answer.Versions) > 0 {
		a.applyAnswer(&reply.Answer, out)
	}
	// A map without a single record means that the whole cluster is starting: members are still
	// coming in, and whoever acts now acts on a view that is about to change.
	if a.swim.Joined() && len(*a.store.Versions()) > 0 {
		a.becomeReady(out)
	}
}

// applyAnswer merges an answer, which is lent and not to be modified: what was asked for is put
// beside it.
func (a *Agent) applyAnswer(answer *wire.Delta, out *node.Out[wire.Message]) {
	a.pull.answer = *answer
	a.pull.answer.Since = a.pull.since
	before := a.store.VersionHash()
	a.store.Apply(&a.pull.answer, a.claimed)
	a.pull.answer = wire.Delta{}
	if a.store.VersionHash() != before {
		a.emitMapChanged(out)
	}
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
