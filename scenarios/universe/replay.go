package universe

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"butterfly/scenarios/hunt"
	"butterfly/scenarios/world"
)

// replay plays the bundle that the environment names, if it names one, and reports whether it did.
// The test fails if what the bundle's run broke is broken again, be it in the same run or, after a
// change of the code, in another one.
func (p *player) replay(t testing.TB) bool {
	bundle, err := readBundle(t.Name())
	switch {
	case errors.Is(err, errAnother):
		t.Logf("not played: %v", err)
		return true
	case err != nil:
		t.Fatalf("universe: %v", err)
	case bundle == nil:
		return false
	}
	plan := bundle.Scenario
	r, err := p.twice(&plan, uint64(bundle.Seed))
	if err != nil {
		t.Fatalf("FAULT    seed %v says nothing: it is not one universe, but several. %v",
			bundle.Seed, err)
	}
	differences := bundle.Differences(r.result)
	switch {
	case len(differences) == 0 && r.result.Verdict == world.Fail:
		t.Errorf("REPRODUCED  event for event as in the bundle\n%s", runText(&r))
	case r.result.Verdict == world.Fail:
		t.Errorf("BROKEN   in another run than the bundle's: %s\n%s",
			strings.Join(differences, "; "), runText(&r))
	default:
		t.Logf("HELD     whatever the bundle's run broke holds now: %s", strings.Join(differences, "; "))
	}
	return true
}

// readBundle reads the bundle that the environment names; nil if it names none, or that of another
// test.
func readBundle(test string) (*hunt.Bundle, error) {
	path := os.Getenv(replayTwin)
	if path == "" {
		return nil, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", replayTwin, err)
	}
	bundle, err := hunt.DecodeBundle(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %s: %w", replayTwin, path, err)
	}
	g := bundle.Scenario.Guest
	if g == nil {
		return nil, fmt.Errorf("%s: %s is a bundle of ours: butterfly replay %s", replayTwin, path, path)
	}
	if g.Package != packagePath() || g.Test != test {
		return nil, errAnother
	}
	return bundle, nil
}

// errAnother: the bundle is that of another test.
var errAnother = errors.New("the bundle is that of another test")

// runText is a failed run as it is.
func runText(r *run) string {
	var b strings.Builder
	for _, v := range r.result.Violations {
		b.WriteString("broken   " + v.Property + " at " + v.At.Since().String() + ": " + v.Detail + "\n")
	}
	b.WriteString("faults   " + counted(uint64(len(r.plan.Faults)), "fault") + "\n")
	writeFaults(&b, r.plan.Faults)
	if r.stack != "" {
		b.WriteString("stack    " + r.stack)
	}
	return strings.TrimSuffix(b.String(), "\n")
}
