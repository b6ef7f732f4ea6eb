package main

import (
	"context"
	"fmt"
	"time"

	"github.com/urfave/cli/v3"

	"butterfly/node/live/record"
	"butterfly/sim/clock"
)

func (a *app) replayNodeCommand() *cli.Command {
	return &cli.Command{
		Name: "replay-node", ArgsUsage: "FILE", Action: a.replayNode,
		Usage: "replay what a live node has recorded: exit 0 if it does the same, 3 if it differs",
		Flags: []cli.Flag{jsonFlag()},
	}
}

// nodeReport is the JSON object of a replayed node.
type nodeReport struct {
	File   string `json:"file"`
	Node   string `json:"node"`
	Number uint32 `json:"number"`
	// Same: every input had the effects that were recorded.
	Same   bool   `json:"same"`
	Inputs uint64 `json:"inputs"`
	// From and To are the times of the first input and the last.
	From    time.Time `json:"from"`
	To      time.Time `json:"to"`
	Seconds float64   `json:"seconds"`
	// End is how the recording ends.
	End string `json:"end"`
	// RecordedBuild is the build that made the recording, and Build this one.
	RecordedBuild string `json:"recorded_build"`
	Build         string `json:"build"`
	// Difference is the first input with other effects, Last one that the recording ends with before
	// it has any; null without.
	Difference *stepReport `json:"difference"`
	Last       *stepReport `json:"last"`
}

// stepReport is one input and what came of it now.
type stepReport struct {
	Input   uint64    `json:"input"`
	At      time.Time `json:"at"`
	What    string    `json:"what"`
	Effects []string  `json:"effects"`
	Panic   string    `json:"panic,omitempty"`
}

func (a *app) replayNode(ctx context.Context, cmd *cli.Command) error {
	if cmd.Args().Len() != 1 {
		return fmt.Errorf("%s needs one recording, got %d", cmd.FullName(), cmd.Args().Len())
	}
	path := cmd.Args().First()
	recording, err := record.Open(path)
	if err != nil {
		return err
	}
	defer recording.Close()
	result, err := record.Replay(recording, func(uint64) error { return ctx.Err() })
	if ctx.Err() != nil {
		return &ending{"the replay was interrupted", exitUndecided}
	}
	if err != nil {
		return err
	}
	if err := a.showNode(cmd, a.newNodeReport(path, recording.Header(), &result)); err != nil {
		return err
	}
	if result.Difference != nil {
		return exitWith(exitHarness)
	}
	return nil
}

func (a *app) newNodeReport(path string, h *record.Header, r *record.Result) *nodeReport {
	return &nodeReport{
		File: path, Node: h.Name, Number: uint32(h.Number), Same: r.Difference == nil, Inputs: r.Inputs,
		From: wallTime(r.From), To: wallTime(r.To), Seconds: r.To.Sub(r.From).Seconds(),
		End: r.End.String(), RecordedBuild: h.Build, Build: a.build(),
		Difference: newStepReport(r.Difference), Last: newStepReport(r.Last),
	}
}

func newStepReport(s *record.Step) *stepReport {
	if s == nil {
		return nil
	}
	return &stepReport{s.Input, wallTime(s.At), s.What, append([]string{}, s.Effects...), s.Panic}
}

// wallTime is what a live node's clock stands for.
func wallTime(t clock.Time) time.Time { return time.Unix(0, int64(t)).UTC() }

func (a *app) showNode(cmd *cli.Command, r *nodeReport) error {
	if cmd.Bool("json") {
		return a.printJSON(r)
	}
	s := a.newSheet()
	s.nodeHeadline(r)
	s.line("inputs", "%s in %.1f s: %s to %s", grouped(r.Inputs), r.Seconds,
		timeText(r.From), timeText(r.To))
	if r.Same {
		s.line("recording", "%s", r.End)
	}
	s.line("build", "%s", buildsText(r.RecordedBuild, r.Build))
	s.step("differs", r.Difference)
	s.step("last", r.Last)
	s.line("next", "%s replay-node -json %s", a.program, shellWord(r.File))
	return a.print(s.String())
}

func (s *sheet) nodeHeadline(r *nodeReport) {
	if r.Same {
		s.verdict(green, "SAME", "%s did what it does now, effect for effect.", r.Node)
		return
	}
	s.verdict(red, "DIFFERS", "%s: input %s has other effects now than when it was recorded.", r.Node,
		grouped(r.Difference.Input))
}

// step writes an input and what comes of it now.
func (s *sheet) step(label string, step *stepReport) {
	if step == nil {
		return
	}
	s.row(label, "input %s at %s: %s", grouped(step.Input), timeText(step.At), step.What)
	for i, effect := range step.Effects {
		s.row(labelFirst("effects now", i), "%s", effect)
	}
	if step.Panic != "" {
		s.row("panics", "%s", step.Panic)
	}
}

func timeText(t time.Time) string { return t.Format("2006-01-02T15:04:05.000Z07:00") }

// buildsText names the build that made something, and this one if it is another.
func buildsText(made, this string) string {
	if made == this {
		return made + ", as this is"
	}
	return fmt.Sprintf("%s; this is %s", made, this)
}
