package world_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
)

func always(broken error) checkers.Checker {
	return checkers.Always("always", checkers.HostUp,
		func(*checkers.Observation, checkers.View) error { return broken })
}

func eventually(broken error) checkers.Checker {
	return checkers.Eventually("eventually", func(checkers.View) error { return broken })
}

func sometimes(reached bool) checkers.Checker {
	return checkers.Sometimes("the situation", checkers.HostUp,
		func(*checkers.Observation, checkers.View) bool { return reached })
}

func TestVerdicts(t *testing.T) {
	broken := errors.New("it is broken")
	type list []checkers.Checker
	for name, c := range map[string]struct {
		verdict  world.Verdict
		until    time.Duration
		checkers list
	}{
		"no checkers":               {world.Pass, time.Minute, nil},
		"all hold":                  {world.Pass, time.Minute, list{always(nil), eventually(nil), sometimes(true)}},
		"broken on the way":         {world.Fail, time.Minute, list{always(broken)}},
		"broken in the end":         {world.Fail, time.Minute, list{eventually(broken)}},
		"never reached":             {world.Vacuous, time.Minute, list{always(nil), sometimes(false)}},
		"broken, and never reached": {world.Fail, time.Minute, list{always(broken), sometimes(false)}},
		"stopped early":             {world.Unknown, time.Second, list{eventually(broken), sometimes(false)}},
		"stopped early, but broken": {world.Fail, time.Second, list{always(broken)}},
		"stopped just before":       {world.Unknown, 3*time.Second - 1, nil},
		"stopped at the end":        {world.Pass, 3 * time.Second, nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := talkers(2)
			s.Checkers = c.checkers
			w := world.New(s)
			w.Advance(clock.At(c.until))
			require.Equal(t, c.verdict, w.Result().Verdict)
		})
	}
}

func TestAResultHoldsWhatBroke(t *testing.T) {
	s := talkers(3)
	s.Checkers = []checkers.Checker{eventually(errors.New("it is broken")), sometimes(true)}
	r := world.New(s).Run()
	require.Equal(t, "talkers", r.Scenario)
	require.Equal(t, uint64(7), r.Seed)
	require.Equal(t, clock.At(3*time.Second), r.Virtual)
	require.Equal(t, []checkers.Violation{
		{Property: "eventually", At: clock.At(3 * time.Second), Detail: "it is broken"},
	}, r.Violations)
	require.Equal(t, []world.Situation{{Name: "the situation", Count: 3}}, r.Sometimes)
	require.InDelta(t, float64(r.Bytes)/9, r.Metrics["bytes_per_node_second"], 1e-9)
	require.InDelta(t, float64(r.Messages)/9, r.Metrics["messages_per_node_second"], 1e-9)
}

func TestAskingForTheResultTwiceChangesNothing(t *testing.T) {
	s := talkers(2)
	s.Checkers = []checkers.Checker{sometimes(true)}
	w := world.New(s)
	w.Advance(clock.At(time.Second))
	w.Result()
	first := w.Run()
	require.Equal(t, first, w.Result())
	s.Checkers = []checkers.Checker{sometimes(true)}
	require.Equal(t, first, world.New(s).Run())
}

func TestTheDigestsCountInTheFingerprint(t *testing.T) {
	s := talkers(2)
	w := world.New(s)
	w.Advance(w.Ends())
	w.Machine(0).(*talker).hash++
	require.NotEqual(t, world.New(s).Run().Fingerprint, w.Result().Fingerprint)
}
