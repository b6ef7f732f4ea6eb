package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/urfave/cli/v3"

	"butterfly/node/gossip"
	"butterfly/scenarios/spread"
	"butterfly/sim/rng"
)

func (a *app) plotSpreadCommand() *cli.Command {
	return &cli.Command{
		Name: "spread", Action: a.plotSpread,
		Usage: "draw how a write gets around by push, pull and both, over the rounds",
		Description: "One server writes to the map, and the gossip of the servers spreads it.\n" +
			"Theory is drawn over what the trials show. With -json there is a line for each mode:\n" +
			"how many rounds, or periods if rounds are not aligned, pass until all are informed.",
		Flags: slices.Concat([]cli.Flag{
			textFlag("mode", "push,pull,push-pull", "let news travel these ways: `LIST`"),
			textFlag("n", "1000", "among `N` servers"),
			textFlag("loss", "0", "a contact fails with the probability `P`, such as 0.1 or 10%"),
			textFlag("fanout", "1",
				"begin so many contacts a round, each with a `PEER` chosen at random"),
			textFlag("timer", "sync",
				"begin rounds together (sync), each server at a phase of its own\n"+
					"(periodic), or at random (poisson): `TIMER`"),
			textFlag("latency", "0",
				"a message travels for so many `PERIODS`, at most 0.25, with pull 0.5"),
		}, trialFlags("200"), []cli.Flag{figureFlag("spread.svg"), tableFlag(), jsonFlag()}),
	}
}

func (a *app) plotSpread(ctx context.Context, cmd *cli.Command) error {
	return plotTrials(ctx, a, cmd, spreads(), spreadPlans,
		func(plans []spread.Plan, results [][]spread.Trial) (drawing, func() error) {
			curves := make([]spread.Curve, len(plans))
			for i := range plans {
				curves[i] = spread.Summarise(plans[i], results[i])
			}
			return spreadFigure(curves), func() error { return a.printSpread(cmd, curves) }
		})
}

func spreads() kind[spread.Plan, spread.Trial] {
	return kind[spread.Plan, spread.Trial]{name: "spread", run: spread.Run,
		arguments: func(p spread.Plan) string {
			return fmt.Sprintf("-mode %s %s", modeNames()[p.Mode], spreadArguments(&p))
		},
	}
}

// spreadArguments are the flags for a plan, but the mode. What has its default is left out.
func spreadArguments(p *spread.Plan) string {
	text := fmt.Sprintf("-n %d -timer %s", p.Servers, timerNames()[p.Timer])
	if p.Loss > 0 {
		text += fmt.Sprintf(" -loss %v", p.Loss)
	}
	if p.FanOut > 1 {
		text += fmt.Sprintf(" -fanout %d", p.FanOut)
	}
	if p.Latency > 0 {
		text += fmt.Sprintf(" -latency %v", p.Latency)
	}
	return text
}

// spreadPlans reads what is to be measured: a plan for each mode.
func spreadPlans(cmd *cli.Command) (plans []spread.Plan, err error) {
	base, err := spreadPlan(cmd)
	if err != nil {
		return nil, err
	}
	modes, err := namesFlag(cmd, "mode", modeNames())
	if err != nil {
		return nil, err
	}
	for _, mode := range modes {
		base.Mode = gossip.Mode(mode)
		if err := base.Validate(); err != nil {
			return nil, fmt.Errorf("-%w", err) // it begins with the name of the flag
		}
		plans = append(plans, base)
	}
	return plans, nil
}

// modeNames are the names of the modes, each at the place of its number.
func modeNames() []string {
	return []string{gossip.PullMode: "pull", gossip.PushMode: "push", gossip.PushPullMode: "push-pull"}
}

func timerNames() []string {
	return []string{gossip.Phased: "periodic", gossip.Aligned: "sync", gossip.Poisson: "poisson"}
}

// spreadPlan reads all but the mode.
func spreadPlan(cmd *cli.Command) (p spread.Plan, err error) {
	if p.Servers, err = countFrom(2, cmd, "n"); err != nil {
		return p, err
	}
	if p.FanOut, err = countFlag(cmd, "fanout"); err != nil {
		return p, err
	}
	if p.Loss, err = shareFlag(cmd, "loss"); err != nil {
		return p, err
	}
	if p.Latency, err = latencyFlag(cmd); err != nil {
		return p, err
	}
	timer, err := nameFlag(cmd, "timer", timerNames()...)
	p.Timer = gossip.Timer(timer)
	return p, err
}

// latencyFlag reads how many periods a message travels.
func latencyFlag(cmd *cli.Command) (rng.PPM, error) {
	text := cmd.String("latency")
	latency, err := rng.ParsePPM(text)
	if err != nil {
		return 0, fmt.Errorf("-latency %s: expected periods, such as 0.1: at most 0.5 with pull, and "+
			"0.25 with push and push-pull, for a contact takes 2 or 4 trips within a period", text)
	}
	return latency, nil
}
