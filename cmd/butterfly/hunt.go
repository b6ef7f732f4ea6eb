package main

import (
	"context"
	"errors"
	"time"

	"github.com/urfave/cli/v3"

	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/stage"
)

func (a *app) huntCommand() *cli.Command {
	return &cli.Command{
		Name: "hunt", ArgsUsage: "[SCENARIO]", Action: a.hunt,
		Usage: "run many seeds on all cores and report what they broke",
		Description: "Runs all seeds of the range, unless -failures or -for ends it sooner; with -for alone the\n" +
			"range has no end but that of the plans of -strategy exhaustive. Failures are shrunk, and\n" +
			"those that broke the same property by the same kinds of faults are one line of the\n" +
			"report. Stopped by Ctrl-C, it keeps what it found.",
		Flags: []cli.Flag{
			textFlag("n", "", "run seeds 1 to `N` (default: 100, and all plans of -strategy exhaustive)"),
			textFlag("seeds", "", "run seeds `A-B`, both included"),
			textFlag("failures", "", "stop after `N` failures of different kinds; 1: at the first failure"),
			textFlag("for", "", "stop after a `TIME` such as 10m"),
			workersFlag("run `N` seeds at a time"),
			textFlag("shard", "", "run every n-th seed, beginning with the i-th: `i/n`"),
			textFlag("shrink", "100", "shrink failures by at most `N` runs each; 0: not at all"),
			textFlag("recheck", "5%", "run a `SHARE` of the seeds twice, and compare; 0: none"),
			textFlag("corpus", "", "run the failures in `DIR` again first, and keep new ones there"),
			strategyFlag(), setFlag(),
			switchFlag("all", "report every seed, not only those that fail"),
			jsonFlag(), outFlag(),
		},
	}
}

// hunter is a hunt under way.
type hunter struct {
	*app
	choice
	huntOptions
	search searching
	tally  hunt.Tally
	// finds are of the seeds that failed, excused of those that broke what nobody had promised.
	finds
	excused finds
	corpus  corpus
	// done is how many seeds were run from the first one on without leaving one out, reached the last
	// that was run.
	done    uint64
	reached hunt.Seed
	over    budgetNote
	// faulty is the first seed that panicked, diverged the first that gave two runs.
	faulty   *hunt.Outcome[seedRun]
	diverged *divergedSeed
	// play runs a seed, twice if so ordered. It is called for several seeds at once.
	play func(ctx context.Context, s scenarios.Scenario, seed uint64, twice bool) (observed, error)

	started time.Time
	shown   *progress
	ended   huntEnd
}

// finds is what broken properties left behind.
type finds struct {
	groups hunt.Groups
	// bundles is the bundle that shows a property broken, by property.
	bundles map[string]string
}

// seedRun is one seed's run.
type seedRun struct {
	// scenario has everything decided by the seed.
	scenario scenarios.Scenario
	observed
	wall time.Duration
}

func (a *app) hunt(ctx context.Context, cmd *cli.Command) error {
	chosen, err := choose(cmd)
	if err != nil {
		return err
	}
	strategy, err := chooseStrategy(cmd, chosen.scenario)
	if err != nil {
		return err
	}
	options, err := chooseHunt(cmd, &strategy)
	if err != nil {
		return err
	}
	if err := writable("out", options.folder); err != nil {
		return err
	}
	h := a.newHunter(chosen, strategy, options)
	if err := h.corpus.read(a, chosen.scenario.Name, cmd.String("corpus")); err != nil {
		return err
	}
	if err := h.conduct(ctx); err != nil {
		return err
	}
	if err := h.summarise(); err != nil {
		return err
	}
	return exitWith(h.code())
}

func (a *app) newHunter(chosen choice, strategy searching, options huntOptions) *hunter {
	return &hunter{
		app: a, choice: chosen, search: strategy, huntOptions: options,
		finds: finds{bundles: map[string]string{}}, excused: finds{bundles: map[string]string{}},
		play: playSeed, started: time.Now(), shown: a.follow(options.steps()),
	}
}

// playSeed runs a seed once, or twice in lockstep.
func playSeed(
	ctx context.Context, s scenarios.Scenario, seed uint64, twice bool,
) (o observed, err error) {
	if twice {
		return verify(ctx, s, seed, stage.Options{Coverage: true})
	}
	o.result, err = hunt.Play(ctx, s, seed, stage.Options{Coverage: true}, nil)
	return o, err
}

// errEnough ends a hunt that has found as many kinds of failures as it was to find.
var errEnough = errors.New("enough failures")

// conduct runs the corpus and the seeds, until something ends it.
func (h *hunter) conduct(ctx context.Context) error {
	limited, cancel := h.limit(ctx)
	defer cancel()
	err := h.sweepCorpus(limited)
	if err == nil {
		err = h.enough()
	}
	if err == nil {
		err = h.sweep(limited)
	}
	h.shown.end()
	switch {
	case errors.Is(err, errEnough):
		h.ended = byFailures
	case h.tally.Seeds == h.seeds.Count(): // stopped at most while it shrank the last
	case ctx.Err() != nil:
		h.ended = byInterrupt
	case limited.Err() != nil:
		h.ended = byTime
	}
	if h.ended == "" && err != nil && limited.Err() == nil {
		return err
	}
	return nil
}

// limit is the context of a hunt for a time.
func (h *hunter) limit(ctx context.Context) (context.Context, context.CancelFunc) {
	if h.length == 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, h.length)
}

// enough is errEnough if there is nothing more to be found.
func (h *hunter) enough() error {
	if h.failures > 0 && h.groups.Kinds() >= h.failures {
		return errEnough
	}
	return nil
}

// runSeed is called for several seeds at once.
func (h *hunter) runSeed(ctx context.Context, seed uint64) (seedRun, error) {
	start := time.Now()
	s := h.search.Plan(seed)
	o, err := h.play(ctx, s, seed, hunt.Rechecked(seed, h.recheck))
	return seedRun{s, o, time.Since(start)}, err
}
