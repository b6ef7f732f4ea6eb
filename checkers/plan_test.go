package checkers

import (
	"time"

	"pgregory.net/rapid"

	"butterfly/node"
)

// step is one thing that happens in a drawn plan, some seconds after the last: never none, for
// changes of sides within one instant count as one.
type step struct {
	after int
	kind  int // 0 to 2 are changes of topology
	host  node.ID
	value uint32
}

// drawPlan draws 40 steps among hosts, with values below values.
func drawPlan(hosts, values int) *rapid.Generator[[]step] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) step {
		return step{
			after: rapid.IntRange(1, 3).Draw(t, "after"),
			kind:  rapid.IntRange(0, 9).Draw(t, "kind"),
			host:  node.ID(rapid.IntRange(0, hosts-1).Draw(t, "host")),
			value: uint32(rapid.IntRange(0, values-1).Draw(t, "value")),
		}
	}), 40, 40)
}

// follow plays a plan: changes of topology by itself, the rest through act, by hosts that are up.
func follow(s *script, plan []step, act func(step)) {
	for _, p := range plan {
		s.at(s.now.Since() + time.Duration(p.after)*second)
		switch up := s.Up(p.host); {
		case p.kind == 0 && up:
			s.down(p.host)
		case p.kind == 0:
			s.up(p.host)
		case p.kind == 1:
			s.cut(int(p.value), p.host)
		case p.kind == 2 && p.value == 0:
			s.join()
		case p.kind > 2 && up:
			act(p)
		}
	}
}
