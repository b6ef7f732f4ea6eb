package universe

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"

	"butterfly/scenarios/hunt"
	"butterfly/sim/rng"
)

// enough is after how many failed seeds a test stops: one bug fails many.
const enough = 3

// errEnough ends a sweep that has failed often enough.
var errEnough = errors.New("enough seeds have failed")

// Test plays a protocol under many seeds, each in a subtest of its own: "seed=0x0000000000000007".
// A seed that breaks a property fails its subtest; the first one for each property is shrunk. The
// seeds are played on all cores, each of them twice to see that it is one universe, and reported in
// their order. After three that failed the rest is left out.
//
// Which seeds: those that -run names, else BUTTERFLY_SEEDS=A-B, or BUTTERFLY_N=COUNT, else
// [Spec.Seeds], and at most ten of these with -short. BUTTERFLY_SHARD=i/n takes every n-th,
// BUTTERFLY_RECHECK=SHARE plays only so many of them twice, and BUTTERFLY_REPLAY=BUNDLE plays the
// run in a bundle instead.
//
// A test in which none of all seeds has reached a situation that [checkers.Sometimes] waits for, or
// in which the faults of some kind never had any effect, is vacuous and fails: what passed has not
// been tested. With -short, or if -run names the seeds, that is only noted.
func Test[M any](t *testing.T, spec Spec[M]) {
	t.Helper()
	p, err := newPlayer(spec, t.Name())
	if err != nil {
		t.Fatalf("universe: %v", err)
	}
	if p.replay(t) {
		return
	}
	chosen, err := request{
		run: runPattern(), short: testing.Short(), seeds: spec.Seeds, environment: os.Getenv,
	}.choose()
	if err != nil {
		t.Fatalf("universe: %v", err)
	}
	s := &session{t: t, player: p, choice: chosen}
	s.play()
	s.sumUp()
}

// runPattern is what go test -run was given.
func runPattern() string {
	if f := flag.Lookup("test.run"); f != nil {
		return f.Value.String()
	}
	return ""
}

// session is a test under way.
type session struct {
	*player
	choice
	t      *testing.T
	tally  hunt.Tally
	failed int
}

// play plays the seeds beside each other and reports them one by one.
func (s *session) play() {
	for _, plan := range s.plans {
		err := hunt.Sweep(s.t.Context(), plan, runtime.GOMAXPROCS(0), s.playSeed, s.take)
		if err != nil && !errors.Is(err, errEnough) {
			s.t.Fatalf("universe: %v", err)
		}
	}
}

// playSeed is called for several seeds at once.
func (s *session) playSeed(ctx context.Context, seed uint64) (run, error) {
	luck := rng.Stream(seed, "recheck", 0)
	if !s.recheck.Hit(&luck) {
		return s.once(ctx, seed)
	}
	plan := s.plan(seed)
	return s.twice(&plan, seed)
}

// take is given the seeds one by one, in order. A seed whose subtest nobody wants does not count.
func (s *session) take(o hunt.Outcome[run]) error {
	s.t.Run(subtest(hunt.Seed(o.Seed)), func(t *testing.T) {
		if o.Err != nil {
			s.failed++
			t.Fatalf("FAULT    seed %v says nothing: it is not one universe, but several. %v",
				hunt.Seed(o.Seed), o.Err)
		}
		fresh := s.tally.Add(o.Value.result)
		describe(t, o.Value.result)
		if o.Value.broken() != "" {
			s.failed++
			s.report(t, o.Value, len(fresh) > 0)
		}
	})
	if s.failed == enough {
		return errEnough
	}
	return nil
}

// report fails the subtest of a run that broke a property.
func (s *session) report(t *testing.T, r run, fresh bool) {
	again := command("", t.Name())
	if !fresh {
		t.Error(briefText(&r, again))
		return
	}
	s.fail(t, r, again)
}

// sumUp says what all seeds together have shown.
func (s *session) sumUp() {
	t := &s.tally
	s.t.Attr("butterfly.seeds", fmt.Sprint(t.Seeds))
	s.t.Attr("butterfly.failed", fmt.Sprint(t.Failed))
	if s.failed == enough {
		s.t.Logf("stopped after %d seeds that failed; the rest has not been played", enough)
	}
	if s.failed > 0 || t.Seeds == 0 {
		return
	}
	missing := s.missing()
	if len(missing) > 0 && s.whole {
		s.t.Errorf("VACUOUS  %s held through %s, but this was never seen: %s\n%s",
			s.base.Name, counted(t.Seeds, "seed"), strings.Join(missing, "; "), playedText(t))
		return
	}
	if len(missing) > 0 {
		s.t.Logf("not seen in %s: %s", counted(t.Seeds, "seed"), strings.Join(missing, "; "))
	}
	s.t.Logf("PASS     %s: %s\n%s", s.base.Name, boundText(t.Seeds), playedText(t))
}

// missing is what no seed has shown: situations, and faults with an effect.
func (s *session) missing() []string {
	missing := s.tally.Never()
	for _, b := range s.tally.Bites() {
		if b.Bitten == 0 {
			missing = append(missing, fmt.Sprintf("any effect of a %s", b.Kind))
		}
	}
	return missing
}
