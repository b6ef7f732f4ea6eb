package swim

import (
	"fmt"
	"strings"
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// The lines in which an execution tells what happens: "0->1" is a datagram, "0=>1" one direction of
// a stream, in brackets is the news it carries, and a member at its incarnation is "2@17.3".

var kindNames = [...]string{
	Ping: "ping", Ack: "ack", PingReq: "ping-req", Gossip: "gossip",
	SyncRequest: "sync", SyncReply: "sync-reply", Nack: "nack",
}

func (p packet) kind() string { return kindNames[p.m.Kind] }

func (p packet) String() string {
	arrow := "->"
	if p.stream {
		arrow = "=>"
	}
	line := fmt.Sprintf("%s%s%d %s", p.from.name, arrow, p.to, p.kind())
	if about := p.about(); about != "" {
		line += " " + about
	}
	if news := newsOf(p.m); news != "" {
		line += " [" + news + "]"
	}
	if p.lost {
		line += " lost"
	}
	return line
}

// about says whose probe a packet belongs to, when that is not between its two ends.
func (p packet) about() string {
	m := p.m
	switch {
	case m.Kind == PingReq || m.Kind == Nack:
		return fmt.Sprintf("%d", m.Target)
	case m.Kind == Ping && m.Origin != p.from.id, m.Kind == Ack && m.Origin != p.to:
		return fmt.Sprintf("for %d", m.Origin)
	case m.Kind == Ack && m.Target != p.from.id:
		return fmt.Sprintf("of %d", m.Target)
	}
	return ""
}

func newsOf(m *Message) string {
	var news []string
	bytes := m.Bytes
	for _, u := range m.Updates {
		metadata, rest, _ := cut(bytes, u.MetadataBytes)
		bytes = rest
		news = append(news, claimLine(u, metadata))
	}
	for _, b := range m.Broadcasts {
		payload, rest, _ := cut(bytes, b.PayloadBytes)
		bytes = rest
		news = append(news, fmt.Sprintf("%d says %q", b.Origin, payload))
	}
	return strings.Join(news, ", ")
}

func claimLine(u Update, metadata []byte) string {
	line := fmt.Sprintf("%v %s", u.State, nameAt(uint32(u.Member), uint64(u.Incarnation)))
	if u.State == Suspect || u.State == Dead {
		line += fmt.Sprintf(" by %d", u.From)
	}
	if len(metadata) > 0 {
		line += fmt.Sprintf(" %q", metadata)
	}
	return line
}

func nameAt(member uint32, incarnation uint64) string {
	return fmt.Sprintf("%d@%v", member, Incarnation(incarnation))
}

// eventLine says what an actor found or did. A metadata's hash is of no use to a reader: what it
// stands for is.
func eventLine(by *actor, e node.Event) string {
	subject := nameAt(e.Subject, e.A)
	switch e.Kind {
	case node.MemberAlive:
		line := fmt.Sprintf("%s holds %s alive", by.name, subject)
		if e.B != 0 {
			line += fmt.Sprintf(" %q", by.member.Metadata(node.ID(e.Subject)))
		}
		return line
	case node.MemberSuspect:
		return fmt.Sprintf("%s suspects %s, accused by %d", by.name, subject, e.B)
	case node.MemberDead:
		return fmt.Sprintf("%s holds %s dead, declared by %d", by.name, subject, e.B)
	case node.MemberLeft:
		return fmt.Sprintf("%s holds %s left", by.name, subject)
	case node.MemberForgotten:
		return fmt.Sprintf("%s forgets %s", by.name, subject)
	case node.Refuted:
		return fmt.Sprintf("%s refutes %d: is %s now", by.name, e.B, subject)
	case node.Described:
		return fmt.Sprintf("%s describes itself: is %s now", by.name, subject)
	case node.Yielded:
		return fmt.Sprintf("%s yields, at %s", by.name, subject)
	case node.MemberProbed:
		return fmt.Sprintf("%s probes %d", by.name, e.Subject)
	case node.ProbeFailed:
		return fmt.Sprintf("%s has no answer from %d", by.name, e.Subject)
	case node.BroadcastHeard:
		return fmt.Sprintf("%s hears %d say %q", by.name, e.Subject, by.payload(e))
	}
	return fmt.Sprintf("%s %v %d", by.name, e.Kind, e.A)
}

// payload returns what a broadcast heard in this step says.
func (a *actor) payload(e node.Event) []byte {
	for _, r := range a.heard {
		if r.Origin == node.ID(e.Subject) && r.Sequence == e.A {
			return r.Payload
		}
	}
	return nil
}

// instant prints milliseconds, aligned: "  1.204s".
func instant(at clock.Time) string {
	ms := at.Since() / time.Millisecond
	return fmt.Sprintf("%4d.%03ds", ms/1000, ms%1000)
}
