package main

import (
	"fmt"
	"math"
	"time"

	"github.com/urfave/cli/v3"

	"butterfly/scenarios/hunt"
	"butterfly/sim/rng"
)

// defaultSeeds is how many seeds are run when nobody says.
const defaultSeeds = 100

// huntOptions is what a hunt is to do.
type huntOptions struct {
	seeds hunt.Plan
	// endless: nobody has said how many seeds there are, and no strategy knows.
	endless bool
	workers int
	// failures is after how many kinds of failures to stop, length after which time; 0 for never.
	failures int
	length   time.Duration
	// shrinkRuns is how many runs the shrinking of a failure may take, recheck which share of the seeds
	// is run twice.
	shrinkRuns int
	recheck    rng.PPM

	folder          string
	all, jsonOutput bool
}

// chooseHunt reads the flags of a hunt, which runs a few seeds when nobody says how many: every plan once
// if they can be counted.
func chooseHunt(cmd *cli.Command, by *searching) (o huntOptions, err error) {
	o = huntOptions{
		folder: cmd.String("out"), all: cmd.Bool("all"), jsonOutput: cmd.Bool("json"),
	}
	if o.length, err = timeFlag(cmd, "for"); err != nil {
		return o, err
	}
	few := hunt.Seed(defaultSeeds)
	plans, bounded := by.Count()
	o.endless = o.length > 0 && cmd.String("n") == "" && cmd.String("seeds") == "" && !bounded
	switch {
	case bounded:
		few = hunt.Seed(plans)
	case o.endless:
		few = hunt.MaxSeeds
	}
	if o.seeds, err = choosePlan(cmd, few); err != nil {
		return o, err
	}
	if o.workers, err = chooseWorkers(cmd); err != nil {
		return o, err
	}
	if o.shrinkRuns, err = countFrom(0, cmd, "shrink"); err != nil {
		return o, err
	}
	if cmd.String("failures") != "" {
		if o.failures, err = countFlag(cmd, "failures"); err != nil {
			return o, err
		}
	}
	if o.recheck, err = rng.ParsePPM(cmd.String("recheck")); err != nil {
		return o, fmt.Errorf("-recheck %w", err)
	}
	return o, nil
}

// timeFlag reads a flag that holds a length of time, 0 if it is not given.
func timeFlag(cmd *cli.Command, name string) (time.Duration, error) {
	text := cmd.String(name)
	if text == "" {
		return 0, nil
	}
	length, err := time.ParseDuration(text)
	if err != nil || length <= 0 {
		return 0, fmt.Errorf("-%s %s: expected a time above 0, such as 90s or 10m, and at most %dh",
			name, text, math.MaxInt64/time.Hour)
	}
	return length, nil
}

// choosePlan reads -n or -seeds, and -shard. Without any it is the first few seeds.
func choosePlan(cmd *cli.Command, few hunt.Seed) (hunt.Plan, error) {
	wish := func(name string) hunt.Wish { return hunt.Wish{Name: "-" + name, Word: cmd.String(name)} }
	request := hunt.Request{Seeds: wish("seeds"), Count: wish("n"), Shard: wish("shard")}
	return request.Plan(few)
}

// steps is how long the bar of the progress is: -1 if nobody knows.
func (o *huntOptions) steps() int64 {
	if o.endless {
		return -1
	}
	return int64(o.seeds.Count())
}
