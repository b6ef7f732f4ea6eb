package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"time"

	"github.com/urfave/cli/v3"

	"butterfly/netmodel"
	"butterfly/plots"
	"butterfly/scenarios/fidelity"
	"butterfly/scenarios/hunt"
	"butterfly/sim/rng"
)

func (a *app) fidelityCommand() *cli.Command {
	standard := fidelity.DefaultConfig()
	return &cli.Command{
		Name: "fidelity", Action: a.fidelity,
		Usage: "ask whether the simulation tells the truth about live servers",
		Description: "Starts live servers on this machine, real sockets, real clocks, real origins, has\n" +
			"origins fail and kills a server, again and again; and plays the same in the simulator.\n" +
			"What was measured is compared: how long news takes, how long a death is unknown, how\n" +
			"long origins go unchecked, and traffic at rest. Losses hit datagrams where they arrive,\n" +
			"and servers delay datagrams and calls by themselves; with -netns each server has a\n" +
			"network of its own, and the kernel loses and delays packets of all kinds, which takes\n" +
			"Linux, root, ip and tc, and netem for delays. A trial takes 94 periods.",
		Flags: []cli.Flag{
			textFlag("n", strconv.Itoa(standard.Servers), "have `N` servers, 3 to 64"),
			textFlag("origins", strconv.Itoa(standard.Origins), "have them check `N` origins"),
			textFlag("trials", "30", "have live servers go through `T` trials; ten times as many are simulated"),
			seedFlag(),
			textFlag("loss", "0%", "lose `SHARE` of the packets between servers"),
			textFlag("delay", "0s", "have all between servers take `TIME` more each way, up to a tenth of a period"),
			textFlag("period", standard.Period.String(), "one protocol period takes `TIME`"),
			textFlag("tolerance", "10%", "let medians differ by `SHARE`"),
			textFlag("workers", "", "have `N` live clusters at a time; too many for the machine make "+
				"servers slow; without, as many as take a quarter of it"),
			switchFlag("netns", "give each server a network namespace of its own"),
			jsonFlag(), figureFlag("fidelity.svg"), tableFlag(),
		},
	}
}

// comparison is one under way.
type comparison struct {
	*app
	config    fidelity.Config
	trials    int
	first     hunt.Seed
	workers   int
	tolerance rng.PPM
	netns     bool
	started   time.Time

	live, simulated fidelity.Sample
	late, latest    time.Duration // timers of this machine: usually, and of a hundred one
}

// serverWork is about how much of a core one server takes a period. Many slow clusters bear a busy
// machine better than few fast ones do.
const serverWork = 4 * time.Millisecond

// affordable is how many clusters take about a quarter of this machine.
func (c *comparison) affordable() int {
	quarter := c.config.Period * time.Duration(runtime.GOMAXPROCS(0)) / 4
	return max(1, int(quarter/(serverWork*time.Duration(c.config.Servers))))
}

// simulatedFor is how many trials are simulated for each live one: then next to all of what luck
// adds to the comparison is the live ones'.
const simulatedFor = 10

func (a *app) fidelity(ctx context.Context, cmd *cli.Command) error {
	c, err := a.newComparison(cmd)
	if err != nil {
		return err
	}
	files, err := newFigureFiles(cmd)
	if err != nil {
		return err
	}
	defer files.discard()
	if err := c.measure(ctx); err != nil {
		return err
	}
	rows := fidelity.Compare(&c.live, &c.simulated)
	if err := files.draw(c.drawing(rows)); err != nil {
		return err
	}
	if err := c.show(cmd, rows); err != nil {
		return err
	}
	switch {
	case c.live.Trials < c.trials:
		return exitWith(exitUndecided)
	case !c.agrees(rows):
		return exitWith(exitBroken)
	}
	return nil
}

func (a *app) newComparison(cmd *cli.Command) (c *comparison, err error) {
	if err := noArguments(cmd); err != nil {
		return nil, err
	}
	c = &comparison{
		app: a, config: fidelity.DefaultConfig(), netns: cmd.Bool("netns"), started: time.Now(),
	}
	if c.config.Servers, err = countFlag(cmd, "n"); err != nil {
		return nil, err
	}
	if c.config.Origins, err = countFlag(cmd, "origins"); err != nil {
		return nil, err
	}
	if c.trials, err = countFlag(cmd, "trials"); err != nil {
		return nil, err
	}
	if c.first, err = chooseSeed(cmd); err != nil {
		return nil, err
	}
	if err := c.chooseConditions(cmd); err != nil {
		return nil, err
	}
	c.workers = c.affordable()
	if cmd.String("workers") != "" {
		c.workers, err = chooseWorkers(cmd)
	}
	return c, err
}

// chooseConditions reads the flags that hold shares and times, and checks the configuration as a
// whole.
func (c *comparison) chooseConditions(cmd *cli.Command) (err error) {
	if c.config.Loss.Share, err = shareFlag(cmd, "loss"); err != nil {
		return err
	}
	if c.tolerance, err = shareFlag(cmd, "tolerance"); err != nil {
		return err
	}
	if c.config.Period, err = spanFlag(cmd, "period"); err != nil {
		return err
	}
	if c.config.Delay, err = spanFlag(cmd, "delay"); err != nil {
		return err
	}
	c.config.Loss.Streams = c.netns
	return c.config.Validate()
}

// spanFlag reads a flag that holds a length of time, which may be 0.
func spanFlag(cmd *cli.Command, name string) (time.Duration, error) {
	span, err := time.ParseDuration(cmd.String(name))
	if err != nil {
		return 0, fmt.Errorf("-%s %s: expected a time such as 20ms", name, cmd.String(name))
	}
	return span, nil
}

// measure simulates first, for whoever stops it later has something to compare with then.
func (c *comparison) measure(ctx context.Context) (err error) {
	open, err := c.households(ctx)
	if err != nil {
		return err
	}
	latency, err := measureLatency()
	if err != nil {
		return endWith(exitHarness, "the latency of this machine cannot be measured: %v", err)
	}
	c.config.Latency = netmodel.Constant(latency + c.config.Delay)
	if c.config.RoundTrip, err = measureRoundTrip(); err != nil {
		return endWith(exitHarness, "origins on this machine cannot be checked: %v", err)
	}
	err = conductBatch(ctx, c.app, &batch[fidelity.Sample]{
		name: "simulated", noun: "trial", flag: "trials", variants: 1,
		seeds: simulatedFor * c.trials, first: c.first, workers: runtime.GOMAXPROCS(0),
		play: func(_ context.Context, _ int, seed uint64) (fidelity.Sample, error) {
			return c.simulate(seed)
		},
		again: c.again,
		take:  func(_ int, _ uint64, s fidelity.Sample) { c.simulated.Add(&s) },
	})
	if err == nil {
		err = c.liveTrials(ctx, open)
	}
	if err != nil && !errors.Is(err, ctx.Err()) {
		return err
	}
	if c.live.Trials == 0 {
		return endWith(exitUndecided, "stopped before the first live trial was over, nothing is compared")
	}
	return nil
}

// simulate plays one trial. What tells sizes keeps memory of its own, so each has its own.
func (c *comparison) simulate(seed uint64) (fidelity.Sample, error) {
	config := c.config
	if err := describeCarrier(&config); err != nil {
		return fidelity.Sample{}, err
	}
	return fidelity.Simulate(config, seed), nil
}

func (c *comparison) liveTrials(ctx context.Context, open opener) error {
	timers := watchLateness()
	defer func() { c.late, c.latest = timers.end() }()
	return conductBatch(ctx, c.app, &batch[fidelity.Sample]{
		name: "live", noun: "trial", flag: "trials", variants: 1,
		seeds: c.trials, first: c.first, workers: c.workers,
		play: func(ctx context.Context, _ int, seed uint64) (s fidelity.Sample, err error) {
			home, err := open(ctx, seed)
			if err != nil {
				return s, err
			}
			return playLive(ctx, &c.config, seed, home)
		},
		again: c.again,
		take:  func(_ int, _ uint64, s fidelity.Sample) { c.live.Add(&s) },
	})
}

// opener makes a household for the trial of a seed.
type opener func(ctx context.Context, seed uint64) (household, error)

// households returns what makes them, or says why they cannot be made here.
func (c *comparison) households(ctx context.Context) (opener, error) {
	if !c.netns {
		free := newPorts(int(uint64(c.first) % (lastPort - firstPort)))
		return func(_ context.Context, seed uint64) (household, error) {
			return newHouse(&c.config, seed, free)
		}, nil
	}
	all, err := newStreets(ctx, c.config.Delay)
	return func(ctx context.Context, seed uint64) (household, error) {
		return all.open(ctx, &c.config, seed)
	}, err
}

// again is the command line that begins with one of the trials.
func (c *comparison) again(_ int, seed uint64) string {
	return fmt.Sprintf("%s fidelity %s -trials 1 -seed %v", c.program, c.arguments(), hunt.Seed(seed))
}

// arguments are the flags that say what is compared, without how often.
func (c *comparison) arguments() string {
	text := fmt.Sprintf("-n %d", c.config.Servers)
	if standard := fidelity.DefaultConfig(); c.config.Origins != standard.Origins {
		text += fmt.Sprintf(" -origins %d", c.config.Origins)
	}
	if standard := fidelity.DefaultConfig(); c.config.Period != standard.Period {
		text += fmt.Sprintf(" -period %v", c.config.Period)
	}
	if c.config.Loss.Share > 0 {
		text += fmt.Sprintf(" -loss %v", c.config.Loss.Share)
	}
	if c.config.Delay > 0 {
		text += fmt.Sprintf(" -delay %v", c.config.Delay)
	}
	if c.netns {
		text += " -netns"
	}
	return text
}

// share is a tolerance as rows know it.
func (c *comparison) share() float64 { return float64(c.tolerance) / float64(rng.Always) }

func (c *comparison) agrees(rows []fidelity.Row) bool {
	return !slices.ContainsFunc(rows, func(r fidelity.Row) bool { return !r.Within(c.share()) })
}

func (c *comparison) drawing(rows []fidelity.Row) *plots.Fidelity {
	f := &plots.Fidelity{Title: capitalised(c.finding(rows)), Trials: c.method()}
	for i := range rows {
		r := &rows[i]
		if r.Live.Count == 0 || r.Simulated.Count == 0 {
			continue
		}
		f.Rows = append(f.Rows, plots.FidelityRow{
			Quantity: r.Quantity.String(), Unit: r.Quantity.Unit(),
			Live: c.live.Values(r.Quantity), Simulated: c.simulated.Values(r.Quantity),
			Difference: r.Difference, Distance: r.Distance, Critical: r.Critical,
		})
	}
	return f
}
