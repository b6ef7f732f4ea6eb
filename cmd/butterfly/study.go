package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"

	"github.com/urfave/cli/v3"

	"butterfly/plots"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
)

// study is a figure of many runs: of variants of one scenario, all with the same seeds.
type study struct {
	base     choice
	variants []choice
	seeds    int
	// evaluate makes the figure of the results, by variant and seed, and a caption for it.
	evaluate func(s *study, results [][]*world.Result) (drawing, string, error)
}

// drawing is the rows of a figure.
type drawing interface {
	Figure() (*plots.Figure, error)
	WriteCSV(w io.Writer) error
}

// newStudy reads -set and -n for a study of a scenario. swept are the settings that have flags of
// their own.
func newStudy(cmd *cli.Command, scenario string, swept ...string) (*study, error) {
	if err := noArguments(cmd); err != nil {
		return nil, err
	}
	settings := cmd.StringSlice("set")
	for _, assignment := range settings {
		for _, key := range swept {
			if strings.HasPrefix(assignment, key+"=") {
				return nil, fmt.Errorf("-set %s: %s sweeps %s itself", assignment, cmd.FullName(), key)
			}
		}
	}
	seeds, err := countFlag(cmd, "n")
	if err != nil {
		return nil, err
	}
	base, err := chooseNamed(scenario, settings)
	return &study{base: base, seeds: seeds}, err
}

// vary adds a variant of the scenario.
func (s *study) vary(settings ...string) error {
	variant, err := s.base.with(settings...)
	s.variants = append(s.variants, variant)
	return err
}

// draw plays the study and draws what came out.
func (a *app) draw(ctx context.Context, cmd *cli.Command, s *study) error {
	files, err := newFigureFiles(cmd)
	if err != nil {
		return err
	}
	defer files.discard()
	results, err := a.results(ctx, s)
	if err != nil && errors.Is(err, ctx.Err()) {
		return endWith(exitUndecided,
			"stopped before the runs were over, nothing is drawn")
	}
	if err != nil {
		return err
	}
	d, caption, err := s.evaluate(s, results)
	if err != nil {
		return err
	}
	if err := files.draw(d); err != nil {
		return err
	}
	return a.print(fmt.Sprintf("%s shows %s of %s: %s.\n", cmd.String("out"),
		counted(len(s.variants)*s.seeds, "run"), s.base.name(), caption))
}

// results plays every variant with every seed.
func (a *app) results(ctx context.Context, s *study) ([][]*world.Result, error) {
	results := make([][]*world.Result, len(s.variants))
	err := a.conduct(ctx, &series{
		name: s.base.scenario.Name, variants: len(s.variants), seeds: s.seeds,
		workers:  runtime.GOMAXPROCS(0),
		scenario: func(variant, _ int) scenarios.Scenario { return s.variants[variant].scenario },
		again: func(variant, seed int) string {
			return fmt.Sprintf("%s run %s -seed %d", a.program, s.variants[variant].arguments(), seed)
		},
		take: func(variant, _ int, r *world.Result) { results[variant] = append(results[variant], r) },
	})
	return results, err
}
