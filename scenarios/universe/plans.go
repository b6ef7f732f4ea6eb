package universe

import (
	"errors"
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
)

// Plan is a run that something else than a seed has decided: a generator of test cases, or a
// fuzzer.
type Plan struct {
	Seed     uint64
	Scenario scenarios.Scenario
}

// GoString prints the plan as people read it: rapid shows what it has drawn in this form.
func (p Plan) GoString() string {
	var b strings.Builder
	fmt.Fprintf(&b, "seed %v, %s, %s\n", hunt.Seed(p.Seed),
		counted(uint64(p.Scenario.Servers), "server"),
		counted(uint64(len(p.Scenario.Faults)), "fault"))
	writeFaults(&b, p.Scenario.Faults)
	return strings.TrimSuffix(b.String(), "\n")
}

// Plans returns a generator of plans for [pgregory.net/rapid.Check], which draws and shrinks them:
// of every kind of fault that the scenario's storm asks for at most as many as it asks for. [Hold]
// plays them. It panics on a bad spec, and on one without a storm: there would be nothing to draw.
func Plans[M any](spec Spec[M]) *rapid.Generator[Plan] {
	p, err := newPlayer(spec, "plans")
	if err == nil {
		err = p.needStorm()
	}
	if err != nil {
		panic("universe.Plans: " + err.Error())
	}
	return rapid.Custom(func(t *rapid.T) Plan {
		return p.choose(func(what string, n int) int { return rapid.IntRange(0, n-1).Draw(t, what) })
	})
}

// Tester is what a test, a benchmark, a fuzz test and a property of rapid have in common.
type Tester interface {
	Helper()
	Fatalf(format string, args ...any)
}

// Hold plays a plan, and ends the test if the plan breaks a property.
func Hold[M any](t Tester, spec Spec[M], plan Plan) {
	t.Helper()
	p, err := newPlayer(spec, "plan")
	if err != nil {
		t.Fatalf("universe: %v", err)
	}
	if r := p.play(&plan.Scenario, plan.Seed); r.broken() != "" {
		t.Fatalf("FAIL     seed %v\n%s", hunt.Seed(plan.Seed), runText(&r))
	}
}

func (p *player) needStorm() error {
	if p.base.Storm == nil {
		return errors.New("Spec.Scenario.Storm: there is none, and so no fault to choose")
	}
	return nil
}

// choose makes a plan, whatever is chosen. Only few seeds are: which one hardly matters.
func (p *player) choose(choice scenarios.Choice) Plan {
	seed := uint64(choice("seed", 1<<16))
	return Plan{seed, p.promised(p.base.Chosen(seed, choice))}
}
