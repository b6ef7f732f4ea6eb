package tune

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/swim"
	"butterfly/scenarios"
	"butterfly/scenarios/stage"
)

// crash is swim-crash with settings.
func crash(t *testing.T, settings ...string) scenarios.Scenario {
	t.Helper()
	s, err := scenarios.Find("swim-crash")
	require.NoError(t, err)
	for _, assignment := range settings {
		require.NoError(t, s.Set(assignment))
	}
	return s
}

func TestThePresetsComeFirst(t *testing.T) {
	s := crash(t)
	all := Candidates(&s)
	require.Greater(t, len(all), 150)
	for i, want := range []struct {
		name   string
		config swim.Config
	}{{"lan", swim.Lan()}, {"wan", swim.Wan()}, {"local", swim.Local()}} {
		require.Equal(t, want.name, all[i].Preset)
		require.Equal(t, want.name, all[i].Label())
		require.Equal(t, want.config.ProbeTimeout, all[i].config.ProbeTimeout)
		require.Equal(t, want.config.SuspicionMult, all[i].config.SuspicionMult)
		require.Equal(t, want.config.GossipInterval, all[i].config.GossipInterval)
	}
}

func TestEveryCandidateCanBePlayed(t *testing.T) {
	s := crash(t)
	labels := map[string]bool{}
	for _, c := range Candidates(&s) {
		labels[c.Label()] = true
		require.Less(t, c.config.ProbeTimeout, c.config.ProbeInterval)
		run, stall := c.Crash(), c.Stall(3)
		require.NoError(t, stage.Validate(&run))
		require.NoError(t, stage.Validate(&stall))
	}
	all := Candidates(&s)
	require.Len(t, labels, len(all), "every choice has a name of its own")
	for i := range all {
		require.False(t, all[i].among(all[:i]), "%s is there twice", all[i].Label())
	}
}

// "What the scenario sets itself is not swept."
func TestWhatIsSetStays(t *testing.T) {
	s := crash(t, "probe_interval=700ms", "k=2", "lifeguard=off")
	all := Candidates(&s)
	require.NotEmpty(t, all)
	for _, c := range all {
		require.Equal(t, 2, c.config.IndirectProbes)
		require.Equal(t, scenarios.LifeguardOff, c.scenario.Group.Lifeguard)
	}
	for _, c := range all[1:] {
		require.NotContains(t, c.Label(), "probe_interval")
	}
	require.NotContains(t, labels(all), "wan", "a timeout of 3 s is longer than the interval")

	for _, key := range []string{
		"probe_interval=1s", "probe_timeout=300ms", "suspicion_mult=5", "k=2", "fanout=2",
	} {
		require.NoError(t, s.Set(key))
	}
	require.Equal(t, [][]string{nil}, grid(&s.Group.Tuning))
}

func labels(all []Candidate) (labels []string) {
	for i := range all {
		labels = append(labels, all[i].Label())
	}
	return labels
}

func TestSuits(t *testing.T) {
	s := crash(t)
	require.NoError(t, Suits(&s))
	for name, want := range map[string]string{
		"talk": "whole cluster", "swim-slow": "nobody crashes for good",
		"swim-mass-restart": "nobody crashes for good", "swim-loss": "nobody crashes for good",
	} {
		s, err := scenarios.Find(name)
		require.NoError(t, err)
		require.ErrorContains(t, Suits(&s), want)
	}
	s = crash(t, "servers=5-9")
	require.ErrorContains(t, Suits(&s), "many sizes")
	s = crash(t, "servers=2")
	require.ErrorContains(t, Suits(&s), "3 servers")
}
