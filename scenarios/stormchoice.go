package scenarios

import (
	"time"

	"butterfly/sim/rng"
)

// Choice picks a number below n, which is at least 1; what says in a word what for. A generator of
// test cases is one, and so are the bytes of a fuzzer.
type Choice func(what string, n int) int

// Chosen is [Scenario.Expand] with a storm whose faults a choice decides in place of luck: of each
// kind at most as many as the storm asks for, between From and To, and inside the fault budget. Any
// choice will do: one that is always 0 makes no fault at all. When a fault strikes and for how long
// is chosen to the millisecond, and whom by a number that stands for some luck. Flaps are left out:
// they are outages.
func (s Scenario) Chosen(seed uint64, choose Choice) Scenario {
	storm := s.Storm
	s.Storm = nil
	s = s.Expand(seed)
	if storm == nil {
		return s
	}
	return s.with(storm.chosen(choose, s.ledger(nil), s.Origins))
}

// chosen is what the storm asks for as far as it is chosen and the ledger admits it.
func (s *Storm) chosen(choose Choice, planned *ledger, origins int) []Fault {
	counts := s.counts()
	var all []Fault
	for _, lengths := range faultLengths {
		for range counts[lengths.kind] {
			if choose("strikes", 2) == 0 {
				continue
			}
			f := Fault{Kind: lengths.kind}
			f.At, f.For = s.chosenPeriod(choose, lengths.shortest, lengths.longest)
			luck := rng.New(uint64(choose("whom", 1<<16)))
			if s.aim(&luck, &f, planned.servers, origins) && planned.admit(&f) {
				all = append(all, f)
			}
		}
	}
	return all
}

// chosenPeriod is [Storm.period] by choice.
func (s *Storm) chosenPeriod(choose Choice, shortest, longest time.Duration) (at, length Span) {
	half := (s.To - s.From).Duration() / 2
	shortest, longest = min(shortest, half), min(longest, half)
	length = chosenSpan(choose, "length", shortest, longest)
	room := (s.To - s.From - length).Duration()
	return s.From + chosenSpan(choose, "delay", 0, room), length
}

func chosenSpan(choose Choice, what string, shortest, longest time.Duration) Span {
	steps := int((longest - shortest) / time.Millisecond)
	return Span(shortest + time.Duration(choose(what, steps+1))*time.Millisecond)
}
