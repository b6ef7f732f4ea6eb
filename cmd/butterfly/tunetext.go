package main

import (
	"fmt"
	"time"

	"github.com/urfave/cli/v3"

	"butterfly/scenarios/tune"
)

// tuneReport is the JSON object of a tuning. Names and units are relied on by scripts.
type tuneReport struct {
	Scenario string   `json:"scenario"`
	Settings []string `json:"settings"`
	// Rounds is how many are complete; Interrupted, that there were more to play.
	Rounds      int     `json:"rounds"`
	Interrupted bool    `json:"interrupted"`
	WallSeconds float64 `json:"wall_seconds"`
	// Reference is the preset that the recommended choice is compared with.
	Reference   string        `json:"reference"`
	Recommended string        `json:"recommended"`
	Run         string        `json:"run"`
	Figure      string        `json:"figure"`
	Choices     []tunedChoice `json:"choices"`
	// Missed are the choices for which a crash was not known to all in the end.
	Missed []string `json:"missed"`
}

type tunedChoice struct {
	Choice             string   `json:"choice"`
	Settings           []string `json:"settings"`
	Preset             bool     `json:"preset"`
	Front              bool     `json:"front"`
	DetectionSeconds   float64  `json:"detection_seconds"`
	FalseDeaths        float64  `json:"false_deaths_per_100_stalls"`
	BytesPerNodeSecond float64  `json:"bytes_per_node_second"`
}

// show prints what was found.
func (t *tuning) show(cmd *cli.Command, f *findings) error {
	if cmd.Bool("json") {
		object := t.report(f)
		object.Figure = cmd.String("out")
		return t.printJSON(object)
	}
	s := t.newSheet()
	t.sentence(s, f)
	s.gap()
	t.method(s, f)
	s.line("figure", "%s", cmd.String("out"))
	s.gap()
	f.table(s)
	s.row("", "the front, but for choices within 5 %% of one above them, and memberlist's presets; "+
		"-csv has all")
	s.gap()
	s.line("next", "%s", t.next(f))
	return t.print(s.String())
}

func (t *tuning) report(f *findings) tuneReport {
	object := tuneReport{
		Scenario: t.scenario.Name, Settings: append([]string{}, t.settings...), Rounds: t.complete,
		Interrupted: t.complete < t.rounds, WallSeconds: time.Since(t.started).Seconds(),
		Reference: f.rows[f.reference].Label, Recommended: f.rows[f.recommended].Label,
		Run: t.next(f), Missed: []string{},
	}
	for i, r := range f.rows {
		object.Choices = append(object.Choices, tunedChoice{
			Choice: r.Label, Settings: f.candidates[i].Settings, Preset: r.Preset, Front: r.Front,
			DetectionSeconds: r.DetectionSeconds, FalseDeaths: r.FalseDeaths,
			BytesPerNodeSecond: r.BytesPerNodeSecond,
		})
	}
	for _, c := range f.missed {
		object.Missed = append(object.Missed, c.Label())
	}
	return object
}

// sentence names the recommended choice, and why.
func (t *tuning) sentence(s *sheet, f *findings) {
	best, reference := f.figures[f.recommended], f.figures[f.reference]
	name := f.rows[f.reference].Label
	if f.recommended == f.reference {
		s.verdict(green, "BEST", "%s: none of %s gains more than 5 %% on it without being worse "+
			"somewhere.", name, counted(len(f.rows), "choice"))
		return
	}
	s.verdict(green, "BEST", "%s: all know of a crash in %s (%s: %s, %s), for %.1f B a node and "+
		"second (%.1f B, %s), with %.1f false deaths for 100 stalls (%.1f, %s).",
		f.rows[f.recommended].Label,
		secondsText(best.DetectionSeconds), name, secondsText(reference.DetectionSeconds),
		changeText(reference.DetectionSeconds, best.DetectionSeconds),
		best.BytesPerNodeSecond, reference.BytesPerNodeSecond,
		changeText(reference.BytesPerNodeSecond, best.BytesPerNodeSecond),
		best.FalseDeaths, reference.FalseDeaths, changeText(reference.FalseDeaths, best.FalseDeaths))
}

// method says what was measured.
func (t *tuning) method(s *sheet, f *findings) {
	stopped := ""
	if t.complete < t.rounds {
		stopped = fmt.Sprintf(" (stopped before the other %s)", grouped(t.rounds-t.complete))
	}
	stalled, least, most := tune.Stalls(&t.scenario, t.complete)
	s.row("measured", "%s of %s in %s%s, in %s", counted(len(t.candidates), "choice"), t.name(),
		counted(t.complete, "round"), stopped, spanText(time.Since(t.started)))
	s.row("a round", "a crash, for how long until all know of it, and for the bytes; and a stall of "+
		"%s for %v to %v, for who is taken for dead and lives: so many false deaths, as one server "+
		"counts them, for every 100 servers that stall", counted(stalled, "server"), least, most)
	for i, c := range f.missed {
		s.row(labelFirst("left out", i), "%s: a crash was not known to all in the end", c.Label())
	}
}

// table prints what is shown, from the fastest to the slowest.
func (f *findings) table(s *sheet) {
	fmt.Fprintf(s, "%9s  %6s  %8s\n", "detection", "deaths", "B/node/s")
	for _, i := range f.shown() {
		r := &f.rows[i]
		fmt.Fprintf(s, "%9s  %6.1f  %8.1f  %s%s\n",
			secondsText(r.DetectionSeconds), r.FalseDeaths, r.BytesPerNodeSecond, r.Label, f.mark(i))
	}
}

func (f *findings) mark(place int) string {
	switch {
	case place == f.recommended:
		return "  <- best"
	case !f.rows[place].Front:
		return "  (not on the front)"
	}
	return ""
}

// next is the command that runs the recommended choice.
func (t *tuning) next(f *findings) string {
	c := f.candidates[f.recommended]
	settings := append(append([]string{}, t.settings...), c.Settings...)
	if crash := c.Crash(); crash.Duration != t.scenario.Duration {
		settings = append(settings, fmt.Sprintf("duration=%v", crash.Duration))
	}
	found := choice{scenario: t.scenario, named: t.named, settings: settings}
	return fmt.Sprintf("%s run %s", t.program, found.arguments())
}
