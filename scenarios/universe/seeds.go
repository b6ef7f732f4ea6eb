package universe

import (
	"fmt"
	"regexp"
	"strconv"

	"butterfly/scenarios/hunt"
	"butterfly/sim/rng"
)

// The twins, in the environment, of what the command's flags of these names say.
const (
	seedsTwin   = "BUTTERFLY_SEEDS"   // A-B: which seeds
	countTwin   = "BUTTERFLY_N"       // how many, from 1 on
	shardTwin   = "BUTTERFLY_SHARD"   // i/n: every n-th of them, beginning with the i-th
	recheckTwin = "BUTTERFLY_RECHECK" // the share that is played twice
	replayTwin  = "BUTTERFLY_REPLAY"  // a bundle to play in place of seeds
)

const (
	defaultSeeds = 100
	shortSeeds   = 10
)

// choice is which seeds a test plays.
type choice struct {
	plans []hunt.Plan
	// whole: they are all the test is about, so that what none of them has shown is never shown.
	whole bool
	// recheck is the share that is played twice.
	recheck rng.PPM
}

// request is what may say which seeds.
type request struct {
	run         string // the pattern given to go test -run
	short       bool
	seeds       uint64 // the spec's
	environment func(name string) string
}

// choose decides: seeds that the pattern names, or those of the environment, or the spec's.
func (q request) choose() (c choice, err error) {
	c.recheck = rng.Always
	if text := q.environment(recheckTwin); text != "" {
		if c.recheck, err = rng.ParsePPM(text); err != nil {
			return c, fmt.Errorf("%s: %w", recheckTwin, err)
		}
	}
	for _, seed := range namedSeeds(q.run) {
		c.plans = append(c.plans, hunt.Plan{First: seed, Last: seed})
	}
	if len(c.plans) > 0 {
		return c, nil
	}
	plan, given, err := q.fromEnvironment()
	if err != nil {
		return c, err
	}
	c.plans, c.whole = []hunt.Plan{plan}, given || !q.short
	return c, plan.Validate()
}

// fromEnvironment reads the twins; given says whether they name seeds.
func (q request) fromEnvironment() (plan hunt.Plan, given bool, err error) {
	seeds, count, shard := q.environment(seedsTwin), q.environment(countTwin), q.environment(shardTwin)
	plan = hunt.Plan{First: 1, Last: q.few()}
	switch {
	case seeds != "" && count != "":
		return plan, true, fmt.Errorf("%s and %s exclude each other", seedsTwin, countTwin)
	case seeds != "":
		if plan.First, plan.Last, err = hunt.ParseRange(seeds); err != nil {
			return plan, true, fmt.Errorf("%s: %w", seedsTwin, err)
		}
	case count != "":
		n, err := strconv.ParseUint(count, 10, 32)
		if err != nil || n == 0 {
			return plan, true, fmt.Errorf("%s: %q, expected a whole number of at least 1", countTwin, count)
		}
		plan.Last = hunt.Seed(n)
	}
	if shard != "" {
		if plan.Shard, plan.Shards, err = hunt.ParseShard(shard); err != nil {
			return plan, true, fmt.Errorf("%s: %w", shardTwin, err)
		}
	}
	return plan, seeds != "" || count != "", nil
}

// few is how many seeds are played when nobody says.
func (q request) few() hunt.Seed {
	seeds := q.seeds
	if seeds == 0 {
		seeds = defaultSeeds
	}
	if q.short {
		seeds = min(seeds, shortSeeds)
	}
	return hunt.Seed(seeds)
}

// subtest is the name of the subtest of a seed.
func subtest(seed hunt.Seed) string { return fmt.Sprintf("seed=%v", seed) }

// namedSeeds returns the seeds that a pattern names in full, as the name of a subtest does:
// whichever they are, that reproduces them.
func namedSeeds(pattern string) (seeds []hunt.Seed) {
	names := regexp.MustCompile(`seed=(0x[0-9a-f]{16})`)
	for _, found := range names.FindAllStringSubmatch(pattern, -1) {
		if seed, err := hunt.ParseSeed(found[1]); err == nil {
			seeds = append(seeds, seed)
		}
	}
	return seeds
}
