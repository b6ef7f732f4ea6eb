package main

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"

	"butterfly/plots"
	"butterfly/scenarios/rivals/hashring"
)

func (a *app) plotBalanceCommand() *cli.Command {
	return &cli.Command{
		Name: "balance",
		Action: a.plotServers(func(s []hashring.Scheme, n, keys int) (drawing, string) {
			return balanceFigure(s, n, keys)
		}),
		Usage: "draw how evenly origins are shared out, beside what luck would give",
		Flags: placementFlags(
			textFlag("n", "64", "share them out among `N` servers"), "balance.svg"),
	}
}

func (a *app) plotDisruptionCommand() *cli.Command {
	return &cli.Command{
		Name: "disruption", Action: a.plotDisruption,
		Usage: "draw how many origins change their server when one more joins, over how many there are",
		Flags: placementFlags(
			textFlag("n", "2,4,8,16,32,64,128", "let one more join so many servers: `LIST`"),
			"disruption.svg"),
	}
}

// placementFlags are the flags of a figure of placements, with its own for how many servers there
// are.
func placementFlags(servers cli.Flag, figure string) []cli.Flag {
	return []cli.Flag{
		textFlag("placement", "rendezvous,hash-ring,modulo",
			"share origins out in these ways: `LIST` of "+strings.Join(placementNames(), ",")),
		servers, textFlag("keys", "10000", "share out `N` origins"),
		figureFlag(figure), tableFlag(),
	}
}

// placementNames are the names of [hashring.Schemes], each in one word.
func placementNames() []string {
	return []string{"rendezvous", "hash-ring", "single-point-ring", "modulo"}
}

// choosePlacements reads -placement and -keys.
func choosePlacements(cmd *cli.Command) (schemes []hashring.Scheme, keys int, err error) {
	if err := noArguments(cmd); err != nil {
		return nil, 0, err
	}
	places, err := namesFlag(cmd, "placement", placementNames())
	if err != nil {
		return nil, 0, err
	}
	for _, place := range places {
		schemes = append(schemes, hashring.Schemes()[place])
	}
	keys, err = countFlag(cmd, "keys")
	return schemes, keys, err
}

// plotServers draws a figure of one number of servers.
func (a *app) plotServers(
	figure func(schemes []hashring.Scheme, servers, keys int) (drawing, string),
) cli.ActionFunc {
	return func(_ context.Context, cmd *cli.Command) error {
		schemes, keys, err := choosePlacements(cmd)
		if err != nil {
			return err
		}
		servers, err := countFrom(2, cmd, "n")
		if err != nil {
			return err
		}
		d, finding := figure(schemes, servers, keys)
		return a.drawPlacement(cmd, d, finding)
	}
}

// balanceFigure shares origins out in some ways.
func balanceFigure(schemes []hashring.Scheme, servers, keys int) (*plots.Balance, string) {
	b := &plots.Balance{}
	var findings []string
	for _, s := range schemes {
		loads := s.Loads(servers, keys)
		for server, load := range loads {
			b.Rows = append(b.Rows, plots.BalanceRow{
				Placement: s.String(), Server: server, Origins: load,
			})
		}
		most := float64(slices.Max(loads)) * float64(servers) / float64(keys)
		findings = append(findings, fmt.Sprintf("%s (%v)", quotient(most), s))
	}
	finding := fmt.Sprintf("the most loaded of %s has %s times the mean",
		counted(servers, "server"), strings.Join(findings, ", "))
	b.Title = capitalised(finding)
	return b, finding
}

func (a *app) plotDisruption(_ context.Context, cmd *cli.Command) error {
	schemes, keys, err := choosePlacements(cmd)
	if err != nil {
		return err
	}
	sizes, err := countsFlag(cmd, "n", 1)
	if err != nil {
		return err
	}
	d, finding := disruptionFigure(schemes, distinct(sizes), keys)
	return a.drawPlacement(cmd, d, finding)
}

// disruptionFigure lets one more server join clusters of some sizes, in ascending order.
func disruptionFigure(
	schemes []hashring.Scheme, sizes []int, keys int,
) (*plots.Disruption, string) {
	d := &plots.Disruption{}
	var findings []string
	for _, s := range schemes {
		moved := 0.0
		for _, servers := range sizes {
			moved = s.Moved(servers, keys)
			d.Rows = append(d.Rows, plots.DisruptionRow{
				Placement: s.String(), Servers: servers, Origins: keys,
				Moved: int(math.Round(moved * float64(keys))),
			})
		}
		findings = append(findings, fmt.Sprintf("%s (%v)", percentText(moved), s))
	}
	most := sizes[len(sizes)-1]
	finding := fmt.Sprintf("when one more joins %s, so many origins move: %s; its share is %s",
		counted(most, "server"), strings.Join(findings, ", "), percentText(1/float64(most+1)))
	d.Title = capitalised(finding)
	return d, finding
}

// drawPlacement draws a figure and says what it shows.
func (a *app) drawPlacement(cmd *cli.Command, d drawing, finding string) error {
	files, err := newFigureFiles(cmd)
	if err != nil {
		return err
	}
	defer files.discard()
	if err := files.draw(d); err != nil {
		return err
	}
	return a.print(fmt.Sprintf("%s shows: %s.\n", cmd.String("out"), finding))
}
