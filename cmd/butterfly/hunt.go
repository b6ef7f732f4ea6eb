package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"strconv"
	"time"

	"github.com/urfave/cli/v3"

	"butterfly/scenarios/hunt"
	"butterfly/scenarios/stage"
	"butterfly/scenarios/world"
)

func (a *app) huntCommand() *cli.Command {
	return &cli.Command{
		Name: "hunt", ArgsUsage: "[SCENARIO]", Action: a.hunt,
		Usage: "run many seeds on all cores and report what they broke",
		Flags: []cli.Flag{
			textFlag("n", "", "run seeds 1 to `N` (default: 100)"),
			textFlag("seeds", "", "run seeds `A-B`, both included"),
			textFlag("workers", strconv.Itoa(runtime.GOMAXPROCS(0)), "run `N` seeds at a time"),
			textFlag("shard", "", "run every n-th seed, beginning with the i-th: `i/n`"),
			setFlag(),
			switchFlag("all", "report every seed, not only those that fail"),
			jsonFlag(), outFlag(),
		},
	}
}

// defaultSeeds is how many seeds are run when nobody says.
const defaultSeeds = 100

// hunter is a hunt under way.
type hunter struct {
	*app
	choice
	plan    hunt.Plan
	tally   hunt.Tally
	bundles map[string]string // the bundle that shows a property broken, by property
	faulty  *hunt.Outcome[seedRun]
	started time.Time
	shown   *progress

	folder          string
	all, jsonOutput bool
}

// seedRun is one seed's run.
type seedRun struct {
	result *world.Result
	wall   time.Duration
}

func (a *app) hunt(ctx context.Context, cmd *cli.Command) error {
	chosen, err := choose(cmd)
	if err != nil {
		return err
	}
	plan, err := choosePlan(cmd, defaultSeeds)
	if err != nil {
		return err
	}
	workers, err := countFlag(cmd, "workers")
	if err != nil {
		return err
	}
	h := &hunter{
		app: a, choice: chosen, plan: plan, bundles: map[string]string{}, started: time.Now(),
		shown:  a.follow(int64(plan.Count())),
		folder: cmd.String("out"), all: cmd.Bool("all"), jsonOutput: cmd.Bool("json"),
	}
	err = hunt.Sweep(ctx, plan, workers, h.runSeed, h.take)
	h.shown.end()
	if err != nil && !errors.Is(err, ctx.Err()) {
		return err
	}
	if err := h.summarise(); err != nil {
		return err
	}
	return exitWith(h.code())
}

// choosePlan reads -n or -seeds, and -shard. Without any it is the first few seeds.
func choosePlan(cmd *cli.Command, few hunt.Seed) (plan hunt.Plan, err error) {
	plan = hunt.Plan{First: 1, Last: few}
	seeds, count, shard := cmd.String("seeds"), cmd.String("n"), cmd.String("shard")
	switch {
	case seeds != "" && count != "":
		return plan, errors.New("-seeds and -n (or their twins in the environment) exclude each other")
	case seeds != "":
		if plan.First, plan.Last, err = hunt.ParseRange(seeds); err != nil {
			return plan, fmt.Errorf("-seeds %w", err)
		}
	case count != "":
		n, err := countFlag(cmd, "n")
		if err != nil {
			return plan, err
		}
		plan.Last = hunt.Seed(n)
	}
	if shard != "" {
		if plan.Shard, plan.Shards, err = hunt.ParseShard(shard); err != nil {
			return plan, fmt.Errorf("-shard %w", err)
		}
	}
	return plan, plan.Validate()
}

// runSeed is called for several seeds at once.
func (h *hunter) runSeed(ctx context.Context, seed uint64) (seedRun, error) {
	start := time.Now()
	result, err := hunt.Play(ctx, h.scenario, seed, stage.Options{}, nil)
	return seedRun{result, time.Since(start)}, err
}

// take is given the seeds one by one, in order.
func (h *hunter) take(o hunt.Outcome[seedRun]) error {
	defer h.tellProgress()
	if o.Err != nil {
		return h.takeFault(o)
	}
	r, bundle := o.Value.result, ""
	if fresh := h.tally.Add(r); len(fresh) > 0 {
		h.shown.end()
		bundle = h.keep(h.choice, r, h.folder)
		for _, property := range fresh {
			h.bundles[property] = bundle
		}
	}
	if !h.all && (!h.jsonOutput || r.Verdict != world.Fail) {
		return nil
	}
	p := &played{
		scenario: decided(h.scenario, o.Seed), observed: observed{result: r}, wall: o.Value.wall,
	}
	return h.show(p, bundle)
}

// takeFault takes a seed whose run panicked.
func (h *hunter) takeFault(o hunt.Outcome[seedRun]) error {
	h.tally.AddPanic()
	if h.faulty == nil {
		h.faulty = &o
	}
	if !h.jsonOutput {
		return nil
	}
	empty := &world.Result{Scenario: h.scenario.Name, Seed: o.Seed, Verdict: world.Unknown}
	object := h.newReport(&played{observed: observed{result: empty}})
	object.HarnessFault = o.Err.Error()
	return h.printJSON(object)
}

// show prints one seed: its object, or its headline.
func (h *hunter) show(p *played, bundle string) error {
	if h.jsonOutput {
		object := h.newReport(p)
		object.Bundle = bundle
		return h.printJSON(object)
	}
	h.shown.end()
	sheet := h.newSheet()
	sheet.headline(p)
	return h.print(sheet.String())
}

func (h *hunter) tellProgress() {
	h.shown.step(int64(h.tally.Seeds), func() string {
		return fmt.Sprintf("%s: %s of %s seeds, %s a second, %s failed", h.scenario.Name,
			grouped(h.tally.Seeds), grouped(h.plan.Count()), quotient(h.rate()), grouped(h.tally.Failed))
	})
}

// rate is how many seeds were run a second.
func (h *hunter) rate() float64 {
	seconds := time.Since(h.started).Seconds()
	if seconds <= 0 {
		return 0
	}
	return float64(h.tally.Seeds) / seconds
}

// huntSummary is the last line of a hunt in JSON.
type huntSummary struct {
	Summary bool   `json:"summary"`
	Seeds   uint64 `json:"seeds"`
	Failed  uint64 `json:"failed"`
	Vacuous uint64 `json:"vacuous"`
	Unknown uint64 `json:"unknown"`
	// HarnessFaults is how many of the unknown panicked.
	HarnessFaults  uint64  `json:"harness_faults"`
	Events         uint64  `json:"events"`
	WallSeconds    float64 `json:"wall_seconds"`
	SeedsPerSecond float64 `json:"seeds_per_second"`
	// Interrupted: there were more seeds to run.
	Interrupted bool `json:"interrupted"`
}

func (h *hunter) summarise() error {
	if !h.jsonOutput {
		return h.print(h.summaryText())
	}
	t := &h.tally
	return h.printJSON(huntSummary{
		Summary: true, Seeds: t.Seeds, Failed: t.Failed, Vacuous: t.Vacuous, Unknown: t.Unknown,
		HarnessFaults: t.Faults, Events: t.Events, WallSeconds: time.Since(h.started).Seconds(),
		SeedsPerSecond: h.rate(), Interrupted: h.interrupted(),
	})
}

func (h *hunter) interrupted() bool { return h.tally.Seeds < h.plan.Count() }

// code is what the hunt ends with. A broken promise weighs more than a seed that says nothing.
func (h *hunter) code() int {
	switch {
	case h.tally.Failed > 0:
		return exitBroken
	case h.tally.Faults > 0:
		return exitHarness
	case h.tally.Passed < h.plan.Count():
		return exitUndecided
	}
	return 0
}

// failureBound is the share of failing seeds that n seeds without a failure leave possible, at 95 %
// confidence: the rule of three, 3/n, which is never below the exact 1 - 0.05^(1/n) (Hanley and
// Lippman-Hand, JAMA 249, 1983).
func failureBound(n uint64) float64 { return math.Min(1, 3/float64(n)) }
