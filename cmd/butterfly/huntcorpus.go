package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"butterfly/scenarios/hunt"
	"butterfly/scenarios/stage"
	"butterfly/scenarios/world"
)

// corpus is a folder of failures that were kept. The zero value is none.
type corpus struct {
	folder  string
	bundles []keptBundle
	corpusCounts
	// told is what there is to say of single files, in their order.
	told []fileNote
}

// keptBundle is a bundle in a file.
type keptBundle struct {
	path string
	*hunt.Bundle
}

// fileNote is a file, and what there is to say of it.
type fileNote struct{ path, note string }

// corpusReport is a corpus in JSON.
type corpusReport struct {
	corpusCounts
	Folder string           `json:"folder"`
	Files  []corpusFileNote `json:"files"`
}

// corpusFileNote is a [fileNote] in JSON.
type corpusFileNote struct {
	File string `json:"file"`
	Note string `json:"note"`
}

// corpusCounts is how much of a corpus is what, in JSON.
type corpusCounts struct {
	// Still, Differs and Gone are how many bundles are of these standings.
	Still   int `json:"still"`
	Differs int `json:"differs"`
	Gone    int `json:"gone"`
	// Unreadable is how many bundles could not be read or run, Others how many bundles of other scenarios
	// were left alone, Added how many are new.
	Unreadable int `json:"unreadable"`
	Others     int `json:"others"`
	Added      int `json:"added"`
}

// read reads the bundles of a scenario in a folder, which it makes where it is missing: what takes long
// should not fail at its end. Without a folder there is no corpus.
func (c *corpus) read(a *app, scenario, folder string) error {
	if c.folder = folder; folder == "" {
		return nil
	}
	if err := writable("corpus", folder); err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("-corpus %w", err)
	}
	files, err := os.ReadDir(folder)
	if err != nil {
		return fmt.Errorf("-corpus %w", err)
	}
	for _, file := range files {
		if filepath.Ext(file.Name()) != ".json" {
			continue
		}
		c.take(a, scenario, filepath.Join(folder, file.Name()))
	}
	return nil
}

// take takes a file that may be a failure of the scenario. One that was meant to be and cannot be run is
// spoilt; what is something else altogether is named and no more.
func (c *corpus) take(a *app, scenario, path string) {
	text, err := bundleText(path)
	membership := hunt.MembershipOf(scenario, filepath.Base(path), text)
	if membership == hunt.Stranger {
		c.Others++
		return
	}
	var b *hunt.Bundle
	if err == nil {
		b, err = decodeBundle(path, text)
	}
	if err == nil && (b.Verdict != world.Fail || b.Property() == "") {
		err = fmt.Errorf("%s: expected a run that failed, the verdict is %s", path, b.Verdict)
	}
	switch {
	case err == nil:
		c.bundles = append(c.bundles, keptBundle{path, b})
	case membership == hunt.NoBundle:
		a.warn("corpus: left alone: %v", err)
	default:
		a.warn("corpus: %v", err)
		c.spoilt(path, "cannot be read")
	}
}

func (c *corpus) spoilt(path, note string) {
	c.Unreadable++
	c.told = append(c.told, fileNote{path, note})
}

// sweepCorpus runs the failures of the corpus again.
func (h *hunter) sweepCorpus(ctx context.Context) error {
	kept := h.corpus.bundles
	if len(kept) == 0 {
		return nil
	}
	all := hunt.Plan{Last: hunt.Seed(len(kept) - 1)}
	again := func(ctx context.Context, i uint64) (*world.Result, error) {
		return hunt.Play(ctx, kept[i].Scenario, uint64(kept[i].Seed), stage.Options{}, nil)
	}
	return hunt.Sweep(ctx, all, h.workers, again, func(o hunt.Outcome[*world.Result]) error {
		h.takeKept(kept[o.Seed], o)
		h.shown.step(0, func() string {
			return fmt.Sprintf("%s: %d of %s of the corpus", h.scenario.Name, o.Seed+1,
				counted(len(kept), "bundle"))
		})
		return nil
	})
}

// takeKept takes what has become of a bundle.
func (h *hunter) takeKept(kept keptBundle, o hunt.Outcome[*world.Result]) {
	c := &h.corpus
	if o.Err != nil {
		h.warn("corpus: %s: the harness failed: %v", kept.path, o.Err)
		c.spoilt(kept.path, "makes the harness fail")
		return
	}
	differences := kept.Differences(o.Value)
	if kept.Build == h.build() && len(differences) > 0 {
		h.diverge(divergedSeed{kept.Seed, "the end of " + kept.path, "as in the bundle", differences[0]})
	}
	switch kept.Standing(o.Value) {
	case hunt.Gone:
		c.Gone++
		c.told = append(c.told, fileNote{kept.path, "gone: it does not fail in this build"})
		return
	case hunt.Differs:
		c.Differs++
		c.told = append(c.told, fileNote{kept.path, "differs: another run in this build, but it breaks " +
			o.Value.Violations[0].Property})
	case hunt.Still:
		c.Still++
		c.told = append(c.told, fileNote{kept.path, "still breaks " + kept.Property()})
	}
	group, first := h.groups.Know(o.Value.Violations[0].Property, hunt.ShapeOf(&kept.Scenario), kept.Seed)
	if first {
		group.Faults, group.Bundle = len(kept.Scenario.Faults), kept.path
	}
}

func (c *corpus) report() *corpusReport {
	object := &corpusReport{corpusCounts: c.corpusCounts, Folder: c.folder, Files: []corpusFileNote{}}
	for _, file := range c.told {
		object.Files = append(object.Files, corpusFileNote{file.path, file.note})
	}
	return object
}

// failing is how many failures of the corpus are failures still.
func (c *corpus) failing() int { return c.Still + c.Differs }

// add puts a failure into the corpus, unless it is in there.
func (c *corpus) add(a *app, b *hunt.Bundle) {
	if c.folder == "" {
		return
	}
	name, err := b.CorpusName()
	if err != nil {
		a.warn("corpus: %v", err)
		return
	}
	path := filepath.Join(c.folder, name)
	known := slices.ContainsFunc(c.bundles, func(kept keptBundle) bool {
		return filepath.Base(kept.path) == name
	})
	if !known && a.keepAs(path, b) != "" {
		c.Added++
		c.told = append(c.told, fileNote{path, "new"})
	}
}
