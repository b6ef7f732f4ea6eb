package universe

import (
	"fmt"
	"regexp"

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
	asked := q.asked()
	plan, err := asked.Plan(q.few())
	c.plans, c.whole = []hunt.Plan{plan}, asked.GivesSeeds() || !q.short
	return c, err
}

// asked is what the environment says.
func (q request) asked() *hunt.Request {
	wish := func(name string) hunt.Wish { return hunt.Wish{Name: name, Word: q.environment(name)} }
	return &hunt.Request{Seeds: wish(seedsTwin), Count: wish(countTwin), Shard: wish(shardTwin)}
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
