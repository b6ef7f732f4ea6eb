package agent

import (
	"butterfly/node"
	"butterfly/node/swim"
	"butterfly/node/wire"
)

// passSwim moves what swim asked for into the agent's own effects, and tells the checks who came
// and went.
func (a *Agent) passSwim(out *node.Out[wire.Message]) {
	inner := &a.swimOut
	for i := range inner.Events {
		out.Emit(inner.Events[i])
		a.passMember(&inner.Events[i])
	}
	for i := range inner.Sends {
		s := &inner.Sends[i]
		wrap(out.Send(s.To), &s.Message)
	}
	for i := range inner.Calls {
		c := &inner.Calls[i]
		wrap(out.Call(c.To, c.ID, c.Timeout), &c.Message)
	}
	for t := range node.TimerID(swim.Timers) {
		if at, set := inner.Alarmed(t); set {
			out.Alarm(t, at)
		}
	}
	if inner.HasSave {
		out.Save(inner.Saved)
	}
	inner.Reset()
}

// wrap moves a message of swim's into one of ours; the two exchange their memory.
func wrap(m *wire.Message, inner *swim.Message) {
	m.Kind = wire.Swim
	m.Swim, *inner = *inner, m.Swim
}

func (a *Agent) passMember(e *node.Event) {
	switch e.Kind {
	case node.MemberAlive:
		generation := swim.Incarnation(e.A).Generation()
		a.checks.MemberUp(a.now, node.ID(e.Subject), generation)
	case node.MemberDead, node.MemberLeft, node.MemberForgotten:
		a.checks.MemberDown(a.now, node.ID(e.Subject))
	}
}

// endSync gives swim the end of one of its calls.
func (a *Agent) endSync(
	from node.ID, call node.CallID, reply *wire.Message, failure node.Failure,
) {
	var inner *swim.Message
	if failure == node.OK {
		inner = &reply.Swim
	}
	a.swim.Returned(a.now, from, call, inner, failure, &a.swimOut)
}
