package main

import (
	"fmt"
	"math"

	"butterfly/scenarios/hunt"
)

// next is the command to go on with: see what parted again, or the first failure at its least, or what was
// broken where nothing was promised, or look further.
func (h *hunter) next() string {
	if d := h.diverged; d != nil {
		return h.twice(d.seed)
	}
	for _, g := range append(h.groups.All(), h.excused.groups.All()...) {
		switch {
		case g.ShrunkBundle != "":
			return fmt.Sprintf("%s replay %s", h.program, shellWord(g.ShrunkBundle))
		case g.Bundle != "" && g.Shape == "":
			return fmt.Sprintf("%s shrink %s", h.program, shellWord(g.Bundle))
		case g.Bundle != "":
			return fmt.Sprintf("%s replay %s", h.program, shellWord(g.Bundle))
		}
	}
	if broken := h.tally.Broken(); len(broken) > 0 { // no bundle could be written
		return h.again(broken[0].First)
	}
	if h.faulty != nil {
		return h.again(hunt.Seed(h.faulty.Seed))
	}
	return h.further()
}

// further goes on behind the seeds of this hunt: with ten times as many, or with those that are left, from
// the first one that was not run.
func (h *hunter) further() string {
	stride := max(1, h.seeds.Shards)
	done := hunt.Seed(h.done * stride)
	first, last := h.seeds.First+done, h.seeds.Last
	switch {
	case h.endless:
		last = first + max(10*done, defaultSeeds) - 1
	case h.done == h.seeds.Count():
		first, last = last+1, last+10*(last-h.seeds.First+1)
	}
	if first < h.seeds.First { // it begins again with seed 0
		return fmt.Sprintf("nothing, %v is the last seed there is", h.seeds.Last)
	}
	if last < first {
		last = math.MaxUint64
	}
	command := fmt.Sprintf("%s hunt %s -seeds %d-%d", h.program, h.arguments(), first, last)
	if h.seeds.Shards > 0 {
		command += fmt.Sprintf(" -shard %d/%d", h.seeds.Shard, h.seeds.Shards)
	}
	return command
}
