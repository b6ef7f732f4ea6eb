package main

import (
	"bytes"
	"fmt"
	"path/filepath"

	"github.com/urfave/cli/v3"

	"butterfly/scenarios/cap"
	"butterfly/scenarios/hunt"
)

// pagePath is where the history of registers is to be shown: in the folder of -out, if somebody named
// one. It is empty for other runs.
func pagePath(cmd *cli.Command, c choice, p *played) string {
	if p.scenario.Cap == nil || !cmd.IsSet("out") || p.interrupted {
		return ""
	}
	name := fmt.Sprintf("%s-%v.html", p.scenario.Name, hunt.Seed(p.result.Seed))
	return filepath.Join(cmd.String("out"), c.fileName(name))
}

// keepPage writes the history of registers as an HTML page, if it has a path, and returns that, or
// nothing after a warning. For that the run is played once more: it takes a moment, and nobody else
// needs the history.
func (a *app) keepPage(path string, p *played) string {
	if path == "" {
		return ""
	}
	run := cap.Build(p.scenario, p.result.Seed, cap.Options{})
	run.Run()
	var page bytes.Buffer
	err := run.Page(&page)
	if err == nil {
		err = writeFile(path, page.Bytes())
	}
	if err != nil {
		a.warn("no page: %v", err)
		return ""
	}
	return path
}
