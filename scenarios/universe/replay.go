package universe

import (
	"errors"
	"strings"
	"testing"

	"butterfly/scenarios/world"
)

// replay plays the bundle that the environment names, if it names one, and reports whether it did. The
// test fails if what the bundle's run broke is broken again, be it in the same run or, after a change of
// the code, in another one.
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
