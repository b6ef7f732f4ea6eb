package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/urfave/cli/v3"

	"butterfly/plots"
	"butterfly/scenarios/rivals/rumor"
)

func (a *app) plotRumorCommand() *cli.Command {
	return &cli.Command{
		Name: "rumor", Action: a.plotRumor,
		Usage: "draw whom rumor mongering never reaches, over what it sends",
		Description: "Sites tell a rumor until they lose interest, as in Demers et al., \"Epidemic\n" +
			"algorithms for replicated database maintenance\" (1987). Gossip of the map never loses\n" +
			"interest, and reaches everybody.",
		Flags: slices.Concat([]cli.Flag{
			textFlag("variant", "push-feedback-counter,push-blind-coin,pull-feedback-counter",
				"lose interest in these ways: `LIST`"),
			textFlag("k", "1-5", "lose it that slowly: `LIST`"),
			textFlag("n", "1000", "among `N` sites"),
		}, trialFlags("100"), []cli.Flag{figureFlag("rumor.svg"), tableFlag()}),
	}
}

func (a *app) plotRumor(ctx context.Context, cmd *cli.Command) error {
	return plotTrials(ctx, a, cmd, rumors(), rumorPlans,
		func(plans []rumor.Plan, results [][]rumor.Trial) (drawing, func() error) {
			r, finding := rumorFigure(plans, results)
			return r, func() error {
				return a.print(fmt.Sprintf("%s shows %s of rumors among %s: %s.\n", cmd.String("out"),
					counted(len(plans)*len(results[0]), "trial"), counted(plans[0].Servers, "site"),
					finding))
			}
		})
}

func rumors() kind[rumor.Plan, rumor.Trial] {
	return kind[rumor.Plan, rumor.Trial]{
		name: "rumor", run: rumor.Run,
		arguments: func(p rumor.Plan) string {
			return fmt.Sprintf("-variant %v -k %d -n %d", p.Variant, p.K, p.Servers)
		},
	}
}

// rumorPlans reads what is to be measured: a plan for each variant and k.
func rumorPlans(cmd *cli.Command) (plans []rumor.Plan, err error) {
	servers, err := countFrom(2, cmd, "n")
	if err != nil {
		return nil, err
	}
	var names []string
	for _, v := range rumor.Variants() {
		names = append(names, v.String())
	}
	variants, err := namesFlag(cmd, "variant", names)
	if err != nil {
		return nil, err
	}
	ks, err := countsFlag(cmd, "k", 1)
	if err != nil {
		return nil, err
	}
	for _, variant := range variants {
		for _, k := range distinct(ks) {
			p := rumor.Plan{Variant: rumor.Variants()[variant], K: k, Servers: servers}
			if err := p.Validate(); err != nil {
				return nil, fmt.Errorf("-n %d -k %d: %w", servers, k, err)
			}
			plans = append(plans, p)
		}
	}
	return plans, nil
}

func rumorFigure(plans []rumor.Plan, results [][]rumor.Trial) (r *plots.Rumor, finding string) {
	r = &plots.Rumor{}
	for i := range plans {
		row := rumor.Summarise(plans[i], results[i])
		r.Rows = append(r.Rows, plots.RumorRow{
			Variant: row.Variant.String(), K: row.K, Servers: row.Servers, Trials: row.Trials,
			Residue: row.Residue.Mean, Traffic: row.Traffic.Mean,
			AverageCycles: row.MeanDelay.Mean, LastCycles: row.LastDelay.Mean,
		})
	}
	finding = rumorFinding(r.Rows)
	r.Title = "Rumor mongering: " + finding
	return r, finding
}

// rumorFinding says which way reaches the most sites, and for how much.
func rumorFinding(rows []plots.RumorRow) string {
	best := slices.MinFunc(rows, func(x, y plots.RumorRow) int {
		return cmp.Or(cmp.Compare(x.Residue, y.Residue), cmp.Compare(x.Traffic, y.Traffic))
	})
	missed := "nobody"
	if best.Residue > 0 {
		missed = percentText(best.Residue) + " of them"
	}
	return fmt.Sprintf("%s with k = %d missed %s, for %s messages a site",
		best.Variant, best.K, missed, quotient(best.Traffic))
}
