package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v3"

	"butterfly/plots"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
)

func (a *app) plotHealingCommand() *cli.Command {
	return &cli.Command{
		Name: "healing", Action: a.plotHealing,
		Usage: "draw how many partitions heal, over their length",
		Description: "Plays swim-partition with every length, under our rules and memberlist's.\n" +
			"With 10 servers what was measured of memberlist v0.7.0 itself is drawn, too.",
		Flags: []cli.Flag{
			textFlag("servers", "10", "groups of so many servers: `LIST`"),
			textFlag("cuts", "4,6,10,12,16,20,25,60", "cut the halves off for so many seconds: `LIST`"),
			textFlag("n", "40", "play seeds 1 to `N` of each"),
			setFlag(), figureFlag("healing.svg"), tableFlag(),
		},
	}
}

// halves is one variant of the study.
type halves struct {
	servers, cutSeconds int
	rules               scenarios.Rules
}

func (a *app) plotHealing(ctx context.Context, cmd *cli.Command) error {
	s, err := newStudy(cmd, "swim-partition", "servers", "cut", "rules")
	if err != nil {
		return err
	}
	sizes, err := countsFlag(cmd, "servers", 2)
	if err != nil {
		return err
	}
	cuts, err := countsFlag(cmd, "cuts", 1)
	if err != nil {
		return err
	}
	all := everyHalves(distinct(sizes), distinct(cuts))
	for _, h := range all {
		err := s.vary(fmt.Sprintf("servers=%d", h.servers), fmt.Sprintf("cut=%ds", h.cutSeconds),
			fmt.Sprintf("rules=%s", h.rules))
		if err != nil {
			return err
		}
	}
	s.evaluate = func(s *study, results [][]*world.Result) (drawing, string, error) {
		return healingOf(s, all, results)
	}
	return a.draw(ctx, cmd, s)
}

// everyHalves has our rules first, for the figure to name them first.
func everyHalves(sizes, cuts []int) (all []halves) {
	for _, rules := range []scenarios.Rules{scenarios.Butterfly, scenarios.Memberlist} {
		for _, servers := range sizes {
			for _, cut := range cuts {
				all = append(all, halves{servers, cut, rules})
			}
		}
	}
	return all
}

func healingOf(s *study, all []halves, results [][]*world.Result) (drawing, string, error) {
	h := &plots.Healing{}
	healed, servers := map[scenarios.Rules]int{}, map[int]bool{}
	for i, at := range all {
		row := healingRow(at, results[i])
		healed[at.rules] += row.Healed
		servers[at.servers] = true
		h.Rows = append(h.Rows, row)
	}
	if servers[memberlistHalves] {
		h.Rows = append(h.Rows, memberlistHealing()...)
	}
	each := len(all) * s.seeds / 2
	finding := fmt.Sprintf("%s of %s partitions heal under our rules, %s under memberlist's",
		grouped(healed[scenarios.Butterfly]), grouped(each), grouped(healed[scenarios.Memberlist]))
	h.Title = fmt.Sprintf("%s: %s", s.base.name(), finding)
	return h, finding, nil
}

func healingRow(at halves, results []*world.Result) plots.HealingRow {
	healed := 0
	for _, r := range results {
		healed += int(r.Metrics["healed"])
	}
	return shareHealed(at, string(at.rules)+"'s rules", healed, len(results))
}

func shareHealed(at halves, rules string, healed, trials int) plots.HealingRow {
	low, high := wilson(float64(healed), float64(trials), z95)
	return plots.HealingRow{
		Servers: at.servers, Rules: rules, CutSeconds: float64(at.cutSeconds),
		Healed: healed, Trials: trials, Low: low, High: high,
	}
}

// memberlistHalves is how many servers memberlist's healing was measured with.
const memberlistHalves = 10

// memberlistHealing is how many of 40 partitions of hashicorp/memberlist v0.7.0 healed within 300
// s: unmodified, with its LAN configuration, cut into halves on the network of swim-partition, in
// virtual time (testing/synctest).
func memberlistHealing() (rows []plots.HealingRow) {
	const trials = 40
	for _, m := range []struct{ cutSeconds, healed int }{
		{4, 40}, {6, 40}, {10, 40}, {12, 39}, {16, 10}, {20, 1}, {25, 0},
	} {
		at := halves{servers: memberlistHalves, cutSeconds: m.cutSeconds}
		rows = append(rows, shareHealed(at, "memberlist 0.7.0 measured", m.healed, trials))
	}
	return rows
}
