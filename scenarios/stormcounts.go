package scenarios

import (
	"fmt"
	"maps"
	"slices"

	"butterfly/sim/rng"
)

// stormPart is one of the things that a storm asks for so many of: plain faults of a kind or, without
// one, something that consists of several.
type stormPart struct {
	name string
	kind FaultKind
	of   func(*Storm) *int
}

// stormCounts are the counts of a storm, by the names that files and bundles have for them.
var stormCounts = append(troubleParts(), []stormPart{
	{"crashes", Crash, func(s *Storm) *int { return &s.Crashes }},
	{"pauses", Pause, func(s *Storm) *int { return &s.Pauses }},
	{"blocks", Block, func(s *Storm) *int { return &s.Blocks }},
	{"leaves", Leave, func(s *Storm) *int { return &s.Leaves }},
	{"partitions", Partition, func(s *Storm) *int { return &s.Partitions }},
	{"losses", Loss, func(s *Storm) *int { return &s.Losses }},
	{"bursts", BurstLoss, func(s *Storm) *int { return &s.Bursts }},
	{"duplications", Duplicate, func(s *Storm) *int { return &s.Duplications }},
	{"reorderings", Reorder, func(s *Storm) *int { return &s.Reorderings }},
	{"corruptions", Corrupt, func(s *Storm) *int { return &s.Corruptions }},
	{"outages", OriginDown, func(s *Storm) *int { return &s.Outages }},
	{"uplinks", Uplink, func(s *Storm) *int { return &s.Uplinks }},
	{"sockets", NoSockets, func(s *Storm) *int { return &s.Sockets }},
	{"flaps", several, func(s *Storm) *int { return &s.Flaps }},
	{"registrations", Register, func(s *Storm) *int { return &s.Registrations }},
	{"unregistrations", Unregister, func(s *Storm) *int { return &s.Unregistrations }},
	{"slowdowns", SlowLinks, func(s *Storm) *int { return &s.Slowdowns }},
	{"clogs", Clog, func(s *Storm) *int { return &s.Clogs }},
	{"limits", Limit, func(s *Storm) *int { return &s.Limits }},
	{"mtus", MTU, func(s *Storm) *int { return &s.MTUs }},
	{"no_datagrams", NoDatagrams, func(s *Storm) *int { return &s.NoDatagrams }},
	{"no_streams", NoStreams, func(s *Storm) *int { return &s.NoStreams }},
	{"forgeries", Forge, func(s *Storm) *int { return &s.Forgeries }},
	{"half_opens", several, func(s *Storm) *int { return &s.HalfOpens }},
	{"bridges", several, func(s *Storm) *int { return &s.Bridges }},
	{"link_flaps", several, func(s *Storm) *int { return &s.LinkFlaps }},
	{"swizzles", several, func(s *Storm) *int { return &s.Swizzles }},
	{"rack_splits", several, func(s *Storm) *int { return &s.RackSplits }},
}...)

// several is the kind of what consists of more than one fault, or of one that is like no other of its
// kind.
const several FaultKind = ""

func troubleParts() (all []stormPart) {
	for _, kind := range troubles {
		all = append(all, kind.stormPart)
	}
	return all
}

// counts is how many faults there are of each kind, those that others consist of aside.
func (s *Storm) counts() map[FaultKind]int {
	counts := map[FaultKind]int{}
	for _, part := range stormCounts {
		if part.kind != several {
			counts[part.kind] = *part.of(s)
		}
	}
	return counts
}

// countName is the name of a count, which is told by where it stands in a storm.
func countName(of func(*Storm) *int) string {
	var s Storm
	for _, count := range stormCounts {
		if count.of(&s) == of(&s) {
			return count.name
		}
	}
	return ""
}

// Count returns between how many faults there are of those that a count is about.
func (s *Storm) Count(of func(*Storm) *int) Range[int] {
	most := *of(s)
	if least, varies := s.Least[countName(of)]; varies {
		return Range[int]{Least: least, Most: most}
	}
	return Range[int]{Least: most, Most: most}
}

// SetCount changes a count to a number, or to a range from which the seed draws one. Storms copied
// from s keep theirs.
func (s *Storm) SetCount(of func(*Storm) *int, r Range[int]) {
	*of(s) = r.Most
	least := maps.Clone(s.Least)
	delete(least, countName(of))
	if r.Least < r.Most {
		if least == nil {
			least = map[string]int{}
		}
		least[countName(of)] = r.Least
	}
	s.Least = nil
	if len(least) > 0 {
		s.Least = least
	}
}

// drawn returns the storm with its counts decided. Each has a stream of its own, so that varying one
// leaves the others as they were.
func (s *Storm) drawn(seed uint64) *Storm {
	decided := *s
	decided.Least = nil
	for _, count := range stormCounts {
		if least, varies := s.Least[count.name]; varies {
			luck := rng.Stream(seed, "vary storm "+count.name, 0)
			r := Range[int]{Least: least, Most: *count.of(s)}
			*count.of(&decided) = r.draw(&luck)
		}
	}
	return &decided
}

// validateLeast checks that each count that varies is there, and ends at what the storm has.
func (s *Storm) validateLeast() error {
	known := 0
	for _, count := range stormCounts {
		least, varies := s.Least[count.name]
		if most := *count.of(s); varies && (least < 0 || least >= most) {
			return fmt.Errorf("storm.%s: %d to %d, expected the lower number first, from 0",
				count.name, least, most)
		}
		if varies {
			known++
		}
	}
	if known < len(s.Least) {
		return fmt.Errorf("storm.least: %v, expected counts of a storm", s.Least)
	}
	return nil
}

// foreign is the first of the names of which the storm has some; empty if it has none.
func (s *Storm) foreign(names ...string) (name string, count int) {
	for _, c := range stormCounts {
		if n := *c.of(s); n != 0 && slices.Contains(names, c.name) {
			return c.name, n
		}
	}
	return "", 0
}

// stormCount makes a setting of a count: a number, or a range from which the seed draws one. Scenarios
// copied from s keep theirs.
func stormCount(of func(*Storm) *int) func(*Scenario, string) error {
	return func(s *Scenario, value string) error {
		if s.Storm == nil {
			return fmt.Errorf("the scenario %s has no storm", s.Name)
		}
		r, err := parseRange(value, 0, maxStormFaults)
		if err != nil {
			return err
		}
		storm := *s.Storm
		storm.SetCount(of, r)
		s.Storm = &storm
		return nil
	}
}
