package scenarios

import "fmt"

// What a storm or a rate asks for and no seed could ever draw is refused: the run would be green, and
// prove nothing of it. Only what is certain is: a range of servers whose upper end will do passes, and
// so does a fault for which the budget happens to have no room.

// leastRacks is how many racks there have to be for one of them to fail.
const leastRacks = 2

// need is what a scenario has to have at least so many of.
type need struct {
	of          string
	have, least int
	why         string // the rest of a sentence
}

// validateDrawable checks that each of the things that the storm asks for can be drawn.
func (s *Scenario) validateDrawable() error {
	for _, part := range stormCounts {
		count, need := *part.of(s.Storm), s.need(part)
		if count > 0 && need.have < need.least {
			return fmt.Errorf("storm.%s: %d, but expected %s: at least %d, not %d%s",
				part.name, count, need.of, need.least, need.have, need.why)
		}
	}
	twice := s.Storm.Snapshots+s.Storm.FullDisks > 0 && s.Budget != BudgetOff
	if twice && s.Storm.To-s.Storm.From <= 2*Span(shortestCrash) {
		return fmt.Errorf("storm.to: from %v to %v, expected more than %v for snapshots and full_disks, "+
			"of which each is two crashes", s.Storm.From, s.Storm.To, 2*shortestCrash)
	}
	return nil
}

// need is what a part of a storm cannot do without.
func (s *Scenario) need(part stormPart) need {
	servers := func(least int) need { return need{of: "servers", have: s.Servers, least: least} }
	switch part.name {
	case "rack_splits":
		return need{of: "racks", have: s.Racks, least: leastRacks}
	case "partitions", "half_opens", "link_flaps", "swizzles":
		return servers(2)
	case "bridges":
		return servers(3)
	case "sockets":
		if s.Origins == 0 {
			return need{of: "origins", least: 1, why: ": servers have nothing to probe"}
		}
	}
	switch takes := part.takesServers(); {
	case takes && s.Budget != BudgetOff:
		n := servers(BudgetUp + 1)
		n.why = fmt.Sprintf(": %d run at all times inside the fault budget; budget: off goes beyond", BudgetUp)
		return n
	case part.name == "joins": // server 0 is there from the start
		return servers(2)
	}
	return servers(1)
}

// takesServers reports whether the part takes servers away, as each of [Troubles] does.
func (p *stormPart) takesServers() bool {
	for i := range troubles {
		if troubles[i].name == p.name {
			return true
		}
	}
	f := Fault{Kind: p.kind}
	return f.StrikesServers()
}

// validateRacks checks that there are racks if the rate speaks of them.
func (r *Rate) validateRacks(s *Scenario) error {
	if r.ofRacks() && s.Racks < leastRacks {
		return fmt.Errorf("each: %s, but expected racks: at least %d, not %d", r.Each, leastRacks, s.Racks)
	}
	return nil
}

// ofRacks reports whether the rate strikes racks.
func (r *Rate) ofRacks() bool { return r.Each == EachRack || r.Each == EachRow || r.Each == EachRound }

// validateRoom checks that the rate's time and its servers have room for a fault.
func (r *Rate) validateRoom(s *Scenario) error {
	own, _ := lengthsOf(r.Kind)
	if r.To-r.From < own.Shortest && s.Budget != BudgetOff {
		return fmt.Errorf("to: from %v to %v, expected at least %v for %s inside the fault budget; "+
			"budget: off goes beyond", r.From, r.To, own.Shortest, r.Kind)
	}
	f := Fault{Kind: r.Kind}
	struck := r.fewestStruck(s)
	switch left := s.Servers - struck; {
	case f.StrikesServers() && s.Budget != BudgetOff && left < BudgetUp:
		return fmt.Errorf("kind: %s strikes %d of %d servers at least, expected %d to run at all times "+
			"inside the fault budget; budget: off goes beyond", r.Kind, struck, s.Servers, BudgetUp)
	case r.Kind == Partition && left < 1:
		return fmt.Errorf("kind: %s strikes %d of %d servers, expected another to part them from",
			r.Kind, struck, s.Servers)
	}
	return nil
}

// fewestStruck is how many servers one fault of the rate strikes, if it strikes as few as it may. Racks
// differ in size by one.
func (r *Rate) fewestStruck(s *Scenario) int {
	switch {
	case r.Each == EachRow && r.Strikes != nil:
		return r.Strikes.Least * s.Servers / s.racks()
	case r.ofRacks():
		return s.Servers / s.racks()
	case r.Strikes != nil:
		return r.Strikes.Least
	}
	return 1
}
