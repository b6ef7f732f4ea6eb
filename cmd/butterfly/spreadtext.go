package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v3"

	"butterfly/node/gossip"
	"butterfly/plots"
	"butterfly/scenarios/spread"
)

// spreadReport is the JSON object of one mode. Names are relied on by scripts. Times are rounds
// until everyone is informed, or periods if rounds are not aligned.
type spreadReport struct {
	Mode   string  `json:"mode"`
	N      int     `json:"n"`
	Trials int     `json:"trials"`
	Mean   float64 `json:"mean"`
	SD     float64 `json:"sd"`
	P50    float64 `json:"p50"`
	P99    float64 `json:"p99"`
	P999   float64 `json:"p999"`
	Max    float64 `json:"max"`
}

// printSpread says how long the modes take until everyone is informed.
func (a *app) printSpread(cmd *cli.Command, curves []spread.Curve) error {
	if !cmd.Bool("json") {
		return a.print(a.spreadSheet(cmd.String("out"), curves))
	}
	for i := range curves {
		c, done := &curves[i], &curves[i].Completion
		err := a.printJSON(spreadReport{
			Mode: modeNames()[c.Plan.Mode], N: c.Plan.Servers, Trials: c.Trials,
			Mean: done.Mean, SD: done.Deviation,
			P50: done.P50, P99: done.P99, P999: done.P999, Max: done.Max,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (a *app) spreadSheet(file string, curves []spread.Curve) string {
	s, plan := a.newSheet(), curves[0].Plan
	fmt.Fprintf(s, "%s shows %s: %s.\n\n", file,
		counted(len(curves)*curves[0].Trials, "trial"), spreadFinding(curves))
	for i := range curves {
		done := &curves[i].Completion
		s.row(modeNames()[curves[i].Plan.Mode],
			"%.2f %s, sd %.2f, median %s, 99 %% of the trials within %s, all within %s",
			done.Mean, spreadTime(&plan), done.Deviation,
			quotient(done.P50), quotient(done.P99), quotient(done.Max))
	}
	s.line("next", "%s plot spread %s", a.program, spreadArguments(otherTimer(plan)))
	return s.String()
}

// otherTimer is what there is to compare a plan with: rounds at phases of their own if its rounds
// are aligned, aligned ones if they are not.
func otherTimer(p spread.Plan) *spread.Plan {
	if p.Timer == gossip.Aligned {
		p.Timer = gossip.Phased
	} else {
		p.Timer, p.Latency = gossip.Aligned, 0
	}
	return &p
}

// spreadFinding says when everyone is informed, mode by mode.
func spreadFinding(curves []spread.Curve) string {
	var modes []string
	for i := range curves {
		unit := ""
		if i == 0 {
			unit = " " + spreadTime(&curves[0].Plan)
		}
		modes = append(modes, fmt.Sprintf("%.1f%s of %s",
			curves[i].Completion.Mean, unit, modeNames()[curves[i].Plan.Mode]))
	}
	return fmt.Sprintf("on average all %s have a write after %s",
		counted(curves[0].Plan.Servers, "server"), strings.Join(modes, ", "))
}

// spreadTime is what the time of a plan is counted in.
func spreadTime(p *spread.Plan) string {
	if p.Timer == gossip.Aligned {
		return "rounds"
	}
	return "periods"
}

func spreadFigure(curves []spread.Curve) *plots.Spread {
	plan := curves[0].Plan
	finding := spreadFinding(curves)
	s := &plots.Spread{
		Title: strings.ToUpper(finding[:1]) + finding[1:],
		Time:  spreadTime(&plan), Conditions: spreadConditions(&plan),
	}
	for i := range curves {
		c := &curves[i]
		drawn := plots.SpreadCurve{
			Mode: modeNames()[c.Plan.Mode], Servers: c.Plan.Servers, Trials: c.Trials,
		}
		for _, p := range c.Points {
			drawn.Points = append(drawn.Points, plots.SpreadPoint{
				Round: p.Time, Mean: p.Mean, P10: p.P10, P50: p.P50, P90: p.P90, Theory: p.Theory,
			})
		}
		s.Curves = append(s.Curves, drawn)
	}
	return s
}

// spreadConditions says what all trials have in common, as far as it is not the simplest.
func spreadConditions(p *spread.Plan) string {
	text := [...]string{
		gossip.Phased: "Rounds begin at phases of their own.", gossip.Aligned: "Rounds are synchronous.",
		gossip.Poisson: "Rounds begin at random.",
	}[p.Timer]
	if p.FanOut > 1 {
		text += fmt.Sprintf(" A round contacts %d peers.", p.FanOut)
	}
	if p.Loss > 0 {
		text += fmt.Sprintf(" %v of the contacts fail.", p.Loss)
	}
	if p.Latency > 0 {
		text += fmt.Sprintf(" A message travels for %v of a period.", p.Latency)
	}
	return text
}
