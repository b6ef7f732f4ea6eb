package universe

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/world"
)

// describe tells machines that read the test's log what a run was.
func describe(t *testing.T, r *world.Result) {
	t.Attr("butterfly.seed", hunt.Seed(r.Seed).String())
	t.Attr("butterfly.verdict", string(r.Verdict))
	t.Attr("butterfly.fingerprint", r.Fingerprint.String())
}

// fail shrinks a failed run, leaves its bundle, and fails the test with all that is to be known.
func (p *player) fail(t *testing.T, failed run, again string) {
	f, err := p.shrink(failed)
	if err != nil {
		t.Fatalf("FAULT    seed %v says nothing: it is not one universe, but several. %v",
			hunt.Seed(failed.result.Seed), err)
	}
	path, err := f.write(t.ArtifactDir())
	if err != nil {
		t.Fatalf("universe: the bundle: %v", err)
	}
	t.Attr("butterfly.property", f.Property)
	t.Attr("butterfly.faults", fmt.Sprint(len(f.Shrunk.Faults)))
	t.Attr("butterfly.bundle", path)
	t.Error(f.text() + "\n" + goOnText(&f.Shrunk, path, again))
}

// write writes the bundle into a folder and returns where it is.
func (f *Failure) write(folder string) (path string, err error) {
	bundle := f.Bundle()
	text, err := bundle.Encode()
	if err != nil {
		return "", err
	}
	path = filepath.Join(folder, bundle.FileName())
	return path, os.WriteFile(path, text, 0o644)
}

// String says what broke, and the few faults that it takes.
func (f *Failure) String() string { return f.text() }

func (f *Failure) text() string {
	var b strings.Builder
	v := f.Violation()
	fmt.Fprintf(&b, "FAIL     %s, seed %v: %s is broken at %vs: %s\n",
		f.Shrunk.Name, f.Seed, v.Property, v.AtSeconds, v.Detail)
	fmt.Fprintf(&b, "faults   %d of %d, %s, a run of %v; found in %s\n",
		len(f.Shrunk.Faults), len(f.Found.Faults), counted(uint64(f.Shrunk.Servers), "server"),
		f.Shrunk.Duration, counted(uint64(f.Runs), "run"))
	writeFaults(&b, f.Shrunk.Faults)
	switch {
	case f.Decisive >= 0 && len(f.Shrunk.Faults) > 1:
		fmt.Fprintf(&b, "         nothing breaks without %v\n", &f.Shrunk.Faults[f.Decisive])
	case len(f.Shrunk.Faults) == 0:
		b.WriteString("         it takes no fault to break it\n")
	}
	if f.Stack != "" {
		fmt.Fprintf(&b, "stack    %s\n", strings.ReplaceAll(f.Stack, "\n", "\n         "))
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func writeFaults(b *strings.Builder, faults []scenarios.Fault) {
	for i := range faults {
		fmt.Fprintf(b, "         %v\n", &faults[i])
	}
}

// goOnText says where the bundle is, and how to see the run again. An empty again is left out.
func goOnText(plan *scenarios.Scenario, path, again string) string {
	lines := []string{"bundle   " + path}
	if !keepsArtifacts() {
		lines[0] += " (gone when the test is over: go test -artifacts keeps it)"
	}
	if again != "" {
		lines = append(lines, "again    "+again)
	}
	if keepsArtifacts() {
		lines = append(lines, "replay   "+command(replayTwin+"="+quote(path)+" ", plan.Guest.Test))
	}
	return strings.Join(lines, "\n")
}

// keepsArtifacts reports whether files in a test's folder of artifacts outlive it.
func keepsArtifacts() bool {
	f := flag.Lookup("test.artifacts")
	return f != nil && f.Value.String() == "true"
}

// briefText is all there is about a failure that is like one before it.
func briefText(r *run, again string) string {
	v := r.result.Violations[0]
	return fmt.Sprintf("FAIL     %s, seed %v: %s is broken at %vs: %s\n"+
		"faults   %d, not shrunk: another seed before has broken the same\nagain    %s",
		r.plan.Name, hunt.Seed(r.result.Seed), v.Property, v.At.Seconds(), v.Detail,
		len(r.plan.Faults), again)
}

// boundText says what seeds that passed are worth.
func boundText(seeds uint64) string {
	text := "no failure in " + counted(seeds, "seed")
	if bound := hunt.FailureBound(seeds); bound < 1 {
		text += fmt.Sprintf(": fewer than %.2g %% of seeds fail, at 95 %% confidence (3/N)", 100*bound)
	}
	return text
}

// playedText says how much was played, and which faults had an effect.
func playedText(t *hunt.Tally) string {
	var b strings.Builder
	fmt.Fprintf(&b, "played   %s", counted(t.Events, "event"))
	for _, bite := range t.Bites() {
		fmt.Fprintf(&b, "\nfaults   %d x %s had an effect in %d of %s",
			bite.Count, bite.Kind, bite.Bitten, counted(bite.Seeds, "seed"))
	}
	return b.String()
}

// command is how a test, or a subtest, is run.
func command(environment, test string) string {
	parts := strings.Split(test, "/")
	for i, part := range parts {
		parts[i] = "^" + regexp.QuoteMeta(part) + "$"
	}
	return fmt.Sprintf("%sgo test -run %s %s",
		environment, quote(strings.Join(parts, "/")), packagePath())
}

// quote makes one word of a text, for a shell.
func quote(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

// counted prints a number of things.
func counted(n uint64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
