package file

import (
	"butterfly/scenarios"
	"butterfly/sim/form"
)

func scheduleFields() []field[scenarios.Schedule] {
	type s = scenarios.Schedule
	return []field[s]{
		scalar("depth", "the depth of the bugs looked for: priorities change once less often",
			form.Whole[int](1, scenarios.MaxDepth), func(s *s) *int { return &s.Depth }).must(),
		scalar("hold", "for how long the messages of the host of the lowest priority are held back",
			length(), func(s *s) *scenarios.Span { return &s.Hold }).must(),
	}
}
