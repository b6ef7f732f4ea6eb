package swim

import (
	"fmt"
	"slices"
	"strings"

	"butterfly/node"
)

// filter says which packets and events of a run are told.
type filter struct {
	kinds  []string // of packets; all if empty
	hushed bool     // no packets
	silent bool     // no events either
	with   string   // only what has to do with this member; any if empty
}

func parseFilter(words []string) (f filter) {
	if i := slices.Index(words, "with"); i >= 0 {
		f.with = words[i+1]
		words = words[:i]
	}
	switch words[0] {
	case "all":
	case "nothing":
		f.hushed, f.silent = true, true
	case "events":
		f.hushed = true
	default:
		f.kinds = words
	}
	return f
}

func (s *script) tellSend(p packet) {
	f := s.told
	if f.hushed || len(f.kinds) > 0 && !slices.Contains(f.kinds, p.kind()) {
		return
	}
	if f.with == "" || p.concerns(f.with) {
		s.tell(p.String())
	}
}

// concerns reports whether a packet is from a member, to it, or about it.
func (p packet) concerns(id string) bool {
	ids := []node.ID{p.from.id, p.to}
	if p.isProbe() {
		ids = append(ids, p.m.Origin, p.m.Target)
	}
	for _, u := range p.m.Updates {
		ids = append(ids, u.Member)
	}
	return slices.ContainsFunc(ids, func(i node.ID) bool { return fmt.Sprint(i) == id })
}

func (p packet) isProbe() bool {
	return slices.Contains([]Kind{Ping, Ack, PingReq, Nack}, p.m.Kind)
}

func (s *script) tellEvent(by *actor, e node.Event) {
	if s.told.silent || e.Kind == node.MemberProbed || e.Kind == node.ProbeFailed && e.A == 0 {
		return // a ping says the one, and the other is no news
	}
	if s.told.with == "" || by.name == s.told.with || fmt.Sprint(e.Subject) == s.told.with {
		s.tell(eventLine(by, e))
	}
}

func (s *script) tell(line string) {
	fmt.Fprintf(&s.text, "  %s  %s\n", instant(s.now), line)
}

// inspect tells what is held about a member, or what is on the mind of one.
func (s *script) inspect(command string, words []string) {
	for _, word := range words {
		if command == "views" {
			s.tell(s.views(s.parseID(word)))
		} else {
			s.tell(mind(s.actor(word)))
		}
	}
}

// views groups the running members by what they hold id to be.
func (s *script) views(id node.ID) string {
	var views []string
	holders := map[string]string{}
	for _, a := range s.actors {
		if a.id == id || !a.up() {
			continue
		}
		held := a.member.members.at(id)
		view := held.state.String()
		if held.incarnation > 0 {
			view += "@" + held.incarnation.String()
		}
		if holders[view] == "" {
			views = append(views, view)
		}
		holders[view] += " " + a.name
	}
	slices.Sort(views)
	for i, view := range views {
		views[i] = view + " to" + holders[view]
	}
	return fmt.Sprintf("%d is %s", id, strings.Join(views, ", "))
}

func mind(a *actor) string {
	m := a.member
	patience := m.health.stretch(m.config.ProbeInterval)
	thoughts := []string{fmt.Sprintf("%s gives a probe %v", a.name, patience)}
	for i := range m.members.concerns {
		c := &m.members.concerns[i]
		if m.State(c.member) == Suspect {
			thoughts = append(thoughts, fmt.Sprintf("%d until %v, accused by %v",
				c.member, c.deadline, c.accusers[:c.count]))
		}
	}
	return strings.Join(thoughts, "; ")
}
