package hunt

import (
	"fmt"
	"strconv"
)

// Request is which seeds somebody asks for in words: those of flags, or of their twins in the
// environment.
type Request struct {
	// Seeds is a range for [ParseRange], Count how many from seed 1 on, Shard a share of them for
	// [ParseShard]. Seeds and Count exclude each other.
	Seeds, Count, Shard Wish
}

// Wish is one word of a [Request], and where it stands, to say so in an error. An empty word asks for
// nothing.
type Wish struct{ Name, Word string }

func (w Wish) given() bool { return w.Word != "" }

// GivesSeeds reports whether it is said which seeds, or how many.
func (r *Request) GivesSeeds() bool { return r.Seeds.given() || r.Count.given() }

// Plan is what is asked for: seeds 1 to few if nothing says which.
func (r *Request) Plan(few Seed) (plan Plan, err error) {
	plan = Plan{First: 1, Last: few}
	switch {
	case r.Seeds.given() && r.Count.given():
		return plan, fmt.Errorf("%s and %s exclude each other", r.Seeds.Name, r.Count.Name)
	case r.Seeds.given():
		if plan.First, plan.Last, err = ParseRange(r.Seeds.Word); err != nil {
			return plan, fmt.Errorf("%s %w", r.Seeds.Name, err)
		}
	case r.Count.given():
		if plan.Last, err = r.Count.count(); err != nil {
			return plan, err
		}
	}
	if r.Shard.given() {
		if plan.Shard, plan.Shards, err = ParseShard(r.Shard.Word); err != nil {
			return plan, fmt.Errorf("%s %w", r.Shard.Name, err)
		}
	}
	return plan, plan.Validate()
}

func (w Wish) count() (Seed, error) {
	n, err := strconv.ParseUint(w.Word, 10, 64)
	switch {
	case n > MaxSeeds: // so is what does not fit 64 bits
		return 0, fmt.Errorf("%s %s: expected a whole number of at most %d", w.Name, w.Word,
			uint64(MaxSeeds))
	case err != nil || n == 0:
		return 0, fmt.Errorf("%s %s: expected a whole number of at least 1", w.Name, w.Word)
	}
	return Seed(n), nil
}
