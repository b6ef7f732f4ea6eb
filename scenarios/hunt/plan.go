package hunt

import (
	"fmt"
	"iter"
	"strconv"
	"strings"
)

// Plan is which seeds to run: every Shards-th of those from First to Last, both included, beginning
// with number Shard of them. The shards of one range have no seed in common and together all of
// them.
type Plan struct {
	First, Last Seed
	// Shard is this plan's share, from 1 to Shards. Shards 0 means that the range is not shared.
	Shard, Shards uint64
}

// MaxSeeds is how many seeds a plan spans at most: more than any machine gets through, and a typing
// error rather than a plan.
const MaxSeeds = 1 << 40

// Validate reports the first thing wrong with the plan.
func (p Plan) Validate() error {
	switch {
	case p.First > p.Last:
		return fmt.Errorf("seeds %v to %v: the first is above the last", p.First, p.Last)
	case p.Last-p.First >= MaxSeeds:
		return fmt.Errorf("seeds %v to %v: more than %d", p.First, p.Last, uint64(MaxSeeds))
	case p.Shards > 0 && (p.Shard < 1 || p.Shard > p.Shards):
		return fmt.Errorf("shard %d of %d: expected 1 to %d", p.Shard, p.Shards, p.Shards)
	case p.Count() == 0:
		return fmt.Errorf("shard %d of %d has no seed to run", p.Shard, p.Shards)
	}
	return nil
}

// Count is how many seeds the plan has.
func (p Plan) Count() uint64 {
	start, stride := p.steps()
	span := uint64(p.Last - p.First)
	if span < start {
		return 0
	}
	return (span-start)/stride + 1
}

// Seeds yields the plan's seeds in ascending order.
func (p Plan) Seeds() iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		for i := range p.Count() {
			if !yield(uint64(p.Nth(i))) {
				return
			}
		}
	}
}

// Nth is the plan's seed of a number, which count from 0.
func (p Plan) Nth(number uint64) Seed {
	start, stride := p.steps()
	return p.First + Seed(start+number*stride)
}

// steps returns how far the plan's first seed lies above First, and how far its seeds are apart.
func (p Plan) steps() (start, stride uint64) {
	if p.Shards == 0 {
		return 0, 1
	}
	return p.Shard - 1, p.Shards
}

// ParseRange reads "A-B", both as [ParseSeed] takes them, or a single seed.
func ParseRange(text string) (first, last Seed, err error) {
	low, high, isRange := strings.Cut(text, "-")
	if !isRange {
		high = low
	}
	if first, err = ParseSeed(low); err != nil {
		return 0, 0, err
	}
	last, err = ParseSeed(high)
	return first, last, err
}

// ParseShard reads "i/n".
func ParseShard(text string) (shard, shards uint64, err error) {
	i, n, found := strings.Cut(text, "/")
	shard, errShard := strconv.ParseUint(i, 10, 32)
	shards, errShards := strconv.ParseUint(n, 10, 32)
	if !found || errShard != nil || errShards != nil || shard < 1 || shard > shards {
		return 0, 0, fmt.Errorf("%q is no shard: expected i/n with i from 1 to n, such as 1/4", text)
	}
	return shard, shards, nil
}
