package checkers

import "butterfly/node"

// Transitions checks every step of every member table, not only what stands in it afterwards: a
// step that is taken back within the same input is seen, for each emits its event. The invariants
// are those of the simulation of al8n/memberlist (8d8ff32), and of SWIM, section 4.2:
//
// incarnation-monotone: what one host holds about another never falls back to a lower incarnation.
//
// no-resurrection: who was held dead or left at an incarnation is held alive again only at a higher
// one, even if it was forgotten in between.
//
// legal-transitions: a table takes only the steps that replace what it holds. Nobody comes to hold
// suspect, dead or left whom it has never heard of, or has forgotten, and who left is not
// suspected. At the incarnation that is held already, alive may become suspect, both may become
// dead, and all three left; every other step takes a higher one. Only who is dead or left is
// forgotten.
//
// own-incarnation-monotone: a host's refutations and descriptions of itself, and the first thing it
// says about itself in a life, have a higher incarnation than all before, earlier lives included.
//
// one-description: a member has one metadata per incarnation, whoever says so.
//
// never-self-dead: a host does not say of itself that it is suspect or dead, unless it has yielded;
// and once it left or yielded it neither probes nor refutes nor describes itself.
//
// What a host held is gone when its next life begins. Transitions keeps 9 bytes per pair of hosts,
// and an entry for each incarnation that anybody is held alive at.
type Transitions struct {
	hosts        int
	held         []opinion  // [observer][subject]
	incarnations []uint64   // [observer][subject]: of what is held, or was before it was forgotten
	claims       []ownClaim // by host
	descriptions descriptions
}

// NewTransitions returns a checker.
func NewTransitions() *Transitions {
	return &Transitions{descriptions: make(descriptions)}
}

// Watches implements [Checker].
func (t *Transitions) Watches() Kind { return Event | HostUp }

// Observe implements [Checker].
func (t *Transitions) Observe(o *Observation, view View, report *Report) {
	if o.Kind == HostUp {
		t.fit(view.Hosts())
		t.begin(o.Host)
		return
	}
	t.claims[o.Host].observe(o, report)
	t.descriptions.observe(o, report)
	if o.Event.Kind == node.Founded {
		t.found(o.Host, founders(o, t.hosts), o.Event.B)
		return
	}
	as, says := opinionAfter(o.Event.Kind)
	if !says || node.ID(o.Event.Subject) == o.Host {
		return
	}
	t.count(as, report)
	t.step(o, as, report)
}

func (t *Transitions) fit(hosts int) {
	if hosts == t.hosts {
		return
	}
	t.hosts = hosts
	t.held, t.incarnations = make([]opinion, hosts*hosts), make([]uint64, hosts*hosts)
	t.claims = make([]ownClaim, hosts)
}

// begin begins a life of a host, which remembers nothing of what it held.
func (t *Transitions) begin(host node.ID) {
	first := int(host) * t.hosts
	clear(t.held[first : first+t.hosts])
	clear(t.incarnations[first : first+t.hosts])
	t.claims[host].begin()
}

func (t *Transitions) found(observer, count node.ID, incarnation uint64) {
	first := int(observer) * t.hosts
	for subject := range count {
		t.held[first+int(subject)] = alive
		t.incarnations[first+int(subject)] = incarnation
	}
}

// count counts what a run must contain for the rest to prove anything: others that saw a member
// suspected, dead or gone.
func (t *Transitions) count(as opinion, report *Report) {
	switch as {
	case suspect:
		report.Saw(SituationSuspected)
	case dead:
		report.Saw(SituationDeclaredDead)
	case left:
		report.Saw(SituationLeft)
	}
}

// step takes one step of one entry of one table. A breach is reported under the narrowest name.
func (t *Transitions) step(o *Observation, to opinion, report *Report) {
	cell := int(o.Host)*t.hosts + int(o.Event.Subject)
	from, before, now := t.held[cell], t.incarnations[cell], o.Event.A
	if to == forgotten {
		now = before // forgetting says nothing about the incarnation
	}
	t.held[cell], t.incarnations[cell] = to, now
	if property := breach(from, to, before, now); property != "" {
		report.Violate(property, o.At,
			"host %d holds host %d as %v at incarnation %d at %v, "+
				"after it held it as %v at incarnation %d",
			o.Host, o.Event.Subject, to, now, o.At, from, before)
	}
}

// breach returns the property that is broken by a step from one opinion to another, empty if none.
func breach(from, to opinion, before, now uint64) (property string) {
	switch {
	case from.gone() && to == alive && now <= before:
		return PropertyNoResurrection
	case from != unknown && now < before:
		return PropertyIncarnationMonotone
	case !legal(from, to, now > before):
		return PropertyLegalTransitions
	}
	return ""
}

// legal reports whether a table may take a step at all, at an incarnation that is higher than
// before or the same.
func legal(from, to opinion, higher bool) bool {
	switch to {
	case alive:
		return higher || !from.member()
	case suspect:
		return from == alive || higher && (from == suspect || from == dead)
	case dead:
		return from.member() || higher && (from == dead || from == left)
	case left:
		return from.member() || from == dead || higher && from == left
	case forgotten:
		return from == dead || from == left
	}
	return false
}
