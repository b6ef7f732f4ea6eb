package record

import (
	"fmt"

	"butterfly/node"
	"butterfly/node/live/names"
	"butterfly/node/wire"
	"butterfly/sim/clock"
)

// words puts an input into words.
func (in *input) words(d *names.Directory) string {
	switch in.kind {
	case start, describe:
		return fmt.Sprintf("%v with %d B", in.kind, len(in.bytes))
	case receive, serve:
		return fmt.Sprintf("%v %s from server %d", in.kind, messageWords(in.message), in.from)
	case wake:
		return fmt.Sprintf("wake by timer %d", in.timer)
	case returned:
		if in.message == nil {
			return fmt.Sprintf("call %d of server %d ends: %v", in.call, in.from, in.failure)
		}
		return fmt.Sprintf("call %d of server %d returns %s", in.call, in.from, messageWords(in.message))
	case probed:
		return fmt.Sprintf("probe of %s %v (token %d)", originWords(d, in.result.Origin),
			in.result.Outcome, in.result.Token)
	case register:
		return fmt.Sprintf("register %s by definition %d", originWords(d, in.origin), in.definition)
	case unregister:
		return "unregister " + originWords(d, in.origin)
	case define:
		return fmt.Sprintf("define %+v", in.defined)
	}
	return in.kind.String()
}

func messageWords(m *wire.Message) string {
	switch m.Kind {
	case wire.Swim:
		return fmt.Sprintf("a message of SWIM of kind %d with %d updates (%d B)", m.Swim.Kind,
			len(m.Swim.Updates), wire.Size(m))
	case wire.Gossip:
		return fmt.Sprintf("a message of gossip of kind %d with %d entries (%d B)", m.Gossip.Kind,
			len(m.Gossip.Delta.Entries), wire.Size(m))
	}
	return "no message"
}

func originWords(d *names.Directory, o uint32) string {
	if int64(o) >= int64(d.Len()) {
		return fmt.Sprintf("origin %d", o)
	}
	name := d.Name(o)
	return fmt.Sprintf("origin %d (%s %s)", o, name.Service, name.Target)
}

// effectWords puts what came of an input at a time into words.
func effectWords(
	d *names.Directory, now clock.Time, out *node.Out[wire.Message], o Outcome,
) (words []string) {
	add := func(format string, a ...any) { words = append(words, fmt.Sprintf(format, a...)) }
	if o.Reply != nil {
		add("reply: %s", messageWords(o.Reply))
	}
	if o.Err != nil {
		add("error: %v", o.Err)
	}
	for i := range out.Sends {
		add("send to server %d: %s", out.Sends[i].To, messageWords(&out.Sends[i].Message))
	}
	for i := range out.Calls {
		c := &out.Calls[i]
		add("call %d to server %d within %v: %s", c.ID, c.To, c.Timeout, messageWords(&c.Message))
	}
	for _, p := range out.Probes {
		add("probe %s within %v (token %d)", originWords(d, p.Origin), p.Timeout, p.Token)
	}
	for _, e := range out.Events {
		add("event %v of %d, %d, %d", e.Kind, e.Subject, e.A, e.B)
	}
	for t, set := out.NextAlarm(0); set; t, set = out.NextAlarm(t + 1) {
		add("alarm %d %s", t, alarmWords(now, out, t))
	}
	if out.HasSave {
		add("save %d B", len(out.Saved))
	}
	return words
}

func alarmWords(now clock.Time, out *node.Out[wire.Message], t node.TimerID) string {
	at, _ := out.Alarmed(t)
	if at == clock.Never {
		return "cleared"
	}
	return fmt.Sprintf("in %v", at.Sub(now))
}
