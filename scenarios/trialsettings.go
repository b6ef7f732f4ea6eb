package scenarios

import (
	"fmt"
	"strings"
	"time"
)

var trialSettings = []setting{
	{"percent", "share of the servers that crash, in percent: 50 or 50%",
		ofTrial(Crashes, func(t *Trial, value string) error {
			if setCount(&t.Percent, strings.TrimSuffix(value, "%"), 1, 100) != nil {
				return fmt.Errorf("%q, expected a whole number from 1 to 100", value)
			}
			return nil
		})},
	{"cut", "how long the halves are cut off from each other",
		ofTrial(Halves, func(t *Trial, value string) error {
			return setSpan(&t.Cut, value, minBlock.Duration(), MaxDuration)
		})},
	{"slow", "how many servers are slow",
		ofTrial(Slowness, func(t *Trial, value string) error {
			return setCount(&t.Slow, value, 1, MaxServers)
		})},
	{"block", "how long a slow server is blocked each time",
		ofTrial(Slowness, func(t *Trial, value string) error {
			return setSpan(&t.Block, value, minBlock.Duration(), MaxDuration)
		})},
	{"free", "how long a slow server runs between two blocks",
		ofTrial(Slowness, func(t *Trial, value string) error {
			return setSpan(&t.Free, value, 0, MaxDuration)
		})},
	{"cycles", "for how long blocks of slow servers go on beginning",
		ofTrial(Slowness, func(t *Trial, value string) error {
			return setSpan(&t.Cycles, value, minBlock.Duration(), MaxDuration)
		})},
}

// ofTrial makes a setting of one that changes a trial of the given kind. The run becomes as much
// longer or shorter as the trial does: what comes after it keeps its length.
func ofTrial(kind TrialKind, set func(*Trial, string) error) func(*Scenario, string) error {
	return func(s *Scenario, value string) error {
		if s.Trial == nil || s.Trial.Kind != kind {
			return fmt.Errorf("the scenario %s has no trial by %s", s.Name, kind)
		}
		changed := *s.Trial
		if err := set(&changed, value); err != nil {
			return err
		}
		s.Duration += changed.length() - s.Trial.length()
		s.Trial = &changed
		return nil
	}
}

func setSpan(target *Span, value string, least, most time.Duration) error {
	d, err := time.ParseDuration(value)
	if err != nil || d < least || d > most {
		return fmt.Errorf("%q, expected a time from %v to %v, such as 500ms or 20s",
			value, least, most)
	}
	*target = Span(d)
	return nil
}
