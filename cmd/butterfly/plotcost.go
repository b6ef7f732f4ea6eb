package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"butterfly/plots"
	"butterfly/scenarios/spread"
)

func (a *app) plotCostCommand() *cli.Command {
	return &cli.Command{
		Name: "cost", Action: a.plotCost,
		Usage: "draw what it takes to tell everyone of an update, over the number of servers",
		Description: "Keys are checked at a steady pace, and few of the results are news. The map is\n" +
			"told of the news alone; what it replaced multicasts every result.",
		Flags: slices.Concat([]cli.Flag{
			textFlag("design", strings.Join(designNames(), ","), "tell them these ways: `LIST`"),
			textFlag("n", "8,16,32,64,128", "tell so many servers: `LIST`"),
			textFlag("keys", "10000", "check `N` keys"),
			textFlag("interval", "5s", "check each key once in a `TIME`"),
			textFlag("changes", "1%", "a result is news with the probability `P`"),
		}, trialFlags("1"), []cli.Flag{figureFlag("cost.svg"), tableFlag()}),
	}
}

func (a *app) plotCost(ctx context.Context, cmd *cli.Command) error {
	return plotTrials(ctx, a, cmd, costs(), costPlans,
		func(plans []costPlan, results [][]spread.Cost) (drawing, func() error) {
			c, finding := costFigure(plans, results)
			return c, func() error {
				return a.print(fmt.Sprintf("%s shows %s: %s.\n", cmd.String("out"),
					counted(len(plans)*len(results[0]), "trial"), finding))
			}
		})
}

// costPlan is what one trial measures.
type costPlan struct {
	design spread.Design
	load   spread.Load
}

func costs() kind[costPlan, spread.Cost] {
	return kind[costPlan, spread.Cost]{
		name: "cost",
		run: func(p costPlan, seed uint64) spread.Cost {
			return spread.Measure(p.design, p.load, seed)
		},
		arguments: func(p costPlan) string {
			return fmt.Sprintf("-design %s -n %d -keys %d -interval %v -changes %v",
				designName(p.design), p.load.Servers, p.load.Keys, p.load.Interval, p.load.Changes)
		},
	}
}

// designName is the name of a design in one word.
func designName(d spread.Design) string { return strings.ReplaceAll(d.String(), " ", "-") }

func designNames() (names []string) {
	for _, d := range spread.Designs() {
		names = append(names, designName(d))
	}
	return names
}

// costPlans reads what is to be measured: a plan for each design and number of servers.
func costPlans(cmd *cli.Command) (plans []costPlan, err error) {
	load, err := costLoad(cmd)
	if err != nil {
		return nil, err
	}
	sizes, err := countsFlag(cmd, "n", 2)
	if err != nil {
		return nil, err
	}
	designs, err := namesFlag(cmd, "design", designNames())
	if err != nil {
		return nil, err
	}
	for _, design := range designs {
		for _, servers := range distinct(sizes) {
			load.Servers = servers
			if err := load.Validate(); err != nil {
				return nil, fmt.Errorf("-%w", err) // it begins with the name of the flag
			}
			plans = append(plans, costPlan{spread.Designs()[design], load})
		}
	}
	return plans, nil
}

// costLoad reads all of the load but the number of servers.
func costLoad(cmd *cli.Command) (l spread.Load, err error) {
	if l.Keys, err = countFlag(cmd, "keys"); err != nil {
		return l, err
	}
	if l.Changes, err = shareFlag(cmd, "changes"); err != nil {
		return l, err
	}
	l.Interval, err = time.ParseDuration(cmd.String("interval"))
	if err != nil {
		err = fmt.Errorf("-interval %s: expected a time, such as 5s or 500ms", cmd.String("interval"))
	}
	return l, err
}

func costFigure(plans []costPlan, results [][]spread.Cost) (c *plots.Cost, finding string) {
	load := plans[0].load
	c = &plots.Cost{Subtitle: fmt.Sprintf("%s, each checked every %v; %v of the results are updates. "+
		"Headers of IP, UDP and TCP are not counted.",
		counted(load.Keys, "key"), load.Interval, load.Changes)}
	for i, p := range plans {
		c.Rows = append(c.Rows, costRow(p, results[i]))
	}
	c.Subtitle += costsAlike(c.Rows)
	finding = costFinding(c.Rows)
	c.Title = strings.ToUpper(finding[:1]) + finding[1:]
	return c, finding
}

// costRow is the mean of the trials of one plan.
func costRow(p costPlan, trials []spread.Cost) plots.CostRow {
	mean := func(of func(*spread.Cost) float64) float64 {
		sum := 0.0
		for i := range trials {
			sum += of(&trials[i])
		}
		return sum / float64(len(trials))
	}
	return plots.CostRow{
		Design: designName(p.design), Servers: p.load.Servers,
		MessagesPerUpdate:      mean(func(c *spread.Cost) float64 { return c.MessagesPerUpdate }),
		BytesPerUpdate:         mean(func(c *spread.Cost) float64 { return c.BytesPerUpdate }),
		BytesPerNodeSecond:     mean(func(c *spread.Cost) float64 { return c.BytesPerNodeSecond }),
		IdleBytesPerNodeSecond: mean(func(c *spread.Cost) float64 { return c.IdleBytesPerNodeSecond }),
	}
}
