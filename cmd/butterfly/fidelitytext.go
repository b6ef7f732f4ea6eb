package main

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"butterfly/scenarios/fidelity"
)

// show prints what came of the comparison.
func (c *comparison) show(cmd *cli.Command, rows []fidelity.Row) error {
	if cmd.Bool("json") {
		return c.printJSON(c.report(rows, cmd.String("out")))
	}
	s := c.newSheet()
	if c.agrees(rows) {
		s.verdict(green, "AGREES", "%s.", c.finding(rows))
	} else {
		s.verdict(red, "DIFFERS", "%s.", c.finding(rows))
	}
	s.gap()
	c.table(s, rows)
	s.gap()
	s.row("measured", "%s, in %s", c.method(), spanText(time.Since(c.started)))
	if left := c.trials - c.live.Trials; left > 0 {
		s.row("", "stopped before the other %s", counted(left, "live trial"))
	}
	s.row("model", "%s", c.model())
	s.row("machine", "timers went off %s late, one in a hundred %s or more: what a busy machine adds to "+
		"live times is in no model", timerText(c.late), timerText(c.latest))
	c.unseen(s, rows)
	s.line("figure", "%s", cmd.String("out"))
	s.gap()
	s.line("next", "%s", c.next())
	return c.print(s.String())
}

// finding says how far apart the medians are, in a clause.
func (c *comparison) finding(rows []fidelity.Row) string {
	var beyond []string
	worst := &rows[0]
	for i := range rows {
		r := &rows[i]
		if !r.Within(c.share()) {
			beyond = append(beyond, fmt.Sprintf("%v (%s)", r.Quantity, differenceText(r.Difference)))
		}
		if math.Abs(r.Difference) > math.Abs(worst.Difference) {
			worst = r
		}
	}
	servers := fmt.Sprintf("%d live servers and %d simulated ones", c.config.Servers, c.config.Servers)
	if len(beyond) > 0 {
		return fmt.Sprintf("the medians of %s differ by more than %v: %s",
			servers, c.tolerance, strings.Join(beyond, ", "))
	}
	return fmt.Sprintf("the medians of %s differ by at most %.1f %% (%v), where %v is allowed",
		servers, 100*math.Abs(worst.Difference), worst.Quantity, c.tolerance)
}

// method says what was measured.
func (c *comparison) method() string {
	where := "on loopback"
	if c.netns {
		where = "in network namespaces"
	}
	lost := "no loss"
	if share := c.config.Loss.Share; share > 0 && c.netns {
		lost = fmt.Sprintf("%v of all packets lost", share)
	} else if share > 0 {
		lost = fmt.Sprintf("%v of the datagrams lost", share)
	}
	if c.config.Delay > 0 {
		lost += fmt.Sprintf(", a delay of %v", c.config.Delay)
	}
	return fmt.Sprintf("%s %s, %s simulated, with %s and periods of %v",
		counted(c.live.Trials, "live trial"), where, grouped(c.simulated.Trials), lost, c.config.Period)
}

// model says what the simulation was told of this machine.
func (c *comparison) model() string {
	added := ""
	if c.config.Delay > 0 {
		added = fmt.Sprintf(" plus %v from server to server", c.config.Delay)
	}
	return fmt.Sprintf("%v from server to server, %v to an origin and back, the medians of %d exchanges "+
		"on this machine%s; messages named and sealed as the live ones are",
		c.config.Latency, c.config.RoundTrip, latencyRounds, added)
}

// table prints the comparison, a line for each quantity.
func (c *comparison) table(s *sheet, rows []fidelity.Row) {
	fmt.Fprintf(s, "%-19s %-21s %-21s %-24s %s\n",
		"median [p10, p90]", "live", "simulated", "difference [95 %]", "D (critical)")
	for i := range rows {
		r := &rows[i]
		mark := ""
		if !r.Within(c.share()) {
			mark = " <-"
		}
		fmt.Fprintf(s, "%-19s %-21s %-21s %-24s %.2f (%.2f)%s\n",
			fmt.Sprintf("%v, %s", r.Quantity, r.Quantity.Unit()),
			summaryText(&r.Live), summaryText(&r.Simulated),
			fmt.Sprintf("%s [%s, %s]", differenceText(r.Difference),
				bareDifference(r.Low), bareDifference(r.High)),
			r.Distance, r.Critical, mark)
	}
}

// unseen says what is missing, because it had not come when a trial was over.
func (c *comparison) unseen(s *sheet, rows []fidelity.Row) {
	for i := range rows {
		r := &rows[i]
		if r.Live.Missing+r.Simulated.Missing > 0 {
			s.row("not seen", "%v: %s live, %s simulated; it had not come when the trial was over",
				r.Quantity, grouped(r.Live.Missing), grouped(r.Simulated.Missing))
		}
	}
}

// next is the command to go on with: with loss if there was none, else once more with more trials.
func (c *comparison) next() string {
	if c.config.Loss.Share == 0 {
		return fmt.Sprintf("%s fidelity %s -loss 10%%", c.program, c.arguments())
	}
	return fmt.Sprintf("%s fidelity %s -trials %d", c.program, c.arguments(), 2*c.trials)
}

func summaryText(s *fidelity.Summary) string {
	return fmt.Sprintf("%s [%s, %s]", valueText(s.Median), valueText(s.P10), valueText(s.P90))
}

// valueText prints a measurement with what precision is worth reading.
func valueText(x float64) string {
	switch {
	case math.IsNaN(x):
		return "-"
	case math.IsInf(x, 1):
		return "never"
	case x >= 1000:
		return quotient(x)
	case x >= 100:
		return fmt.Sprintf("%.0f", x)
	case x >= 10:
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.2f", x)
}

func differenceText(share float64) string {
	if text := bareDifference(share); text != "-" {
		return text + " %"
	}
	return "none to tell"
}

// bareDifference is without its unit, and a stroke if there is none.
func bareDifference(share float64) string {
	if math.IsNaN(share) || math.IsInf(share, 0) {
		return "-"
	}
	return fmt.Sprintf("%+.1f", 100*share)
}

// timerText prints by how much a timer was late.
func timerText(late time.Duration) string {
	return fmt.Sprintf("%.1f ms", float64(late)/float64(time.Millisecond))
}
