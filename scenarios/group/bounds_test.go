package group

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/swim"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
)

// bounds returns the bounds of a scenario, and its configuration.
func bounds(t *testing.T, name string, sets ...string) (Bounds, swim.Config) {
	g := newGroup(catalogued(t, name, sets...), 1)
	return g.bounds, g.config
}

func TestASingleCrashHasTheBoundOfTheProtocol(t *testing.T) {
	b, config := bounds(t, "swim-crash")
	require.Equal(t, config.DetectionBound(64), b.Detection)
	require.Equal(t, b.Detection, b.Agreement, "nobody comes back")
}

// 2 x 64 - 1 periods to come by, 8 at the worst local health, six times 4 log10 64 = 7.224 s to
// answer, and once more for who has just begun to hear again. Before that every dead member's turn
// comes twice, and takes 7 periods more: there are 16, and 57 of 90 %.
func TestManyCrashesAtOnceAreNoticedAlone(t *testing.T) {
	for percent, dead := range map[string]time.Duration{"percent=25": 16, "percent=90": 57} {
		b, _ := bounds(t, "swim-mass-crash", percent)
		periods := 127 + 8 + 2*dead*7
		require.Equal(t, periods*time.Second+7*7224*time.Millisecond, b.Detection, percent)
	}
	b, _ := bounds(t, "swim-mass-crash", "lifeguard=suspicion")
	require.Equal(t, (127+1)*time.Second+7*7224*time.Millisecond, b.Detection, "no local health")
}

// The few that are left ask helpers that are dead, too, and their local health is at its worst for
// as long as that goes on. 10 seeds of each that pass say with 95 % confidence that fewer than 30 %
// of all seeds fail (of 90 % all did before the bound took that in); the 300 of BUTTERFLY_FULL=1,
// that fewer than 1 % do.
func TestTheBoundHoldsHoweverFewAreLeft(t *testing.T) {
	for _, sets := range [][]string{
		{"percent=75", "servers=8-64"}, {"percent=80", "servers=64"}, {"percent=90", "servers=64"},
	} {
		s := catalogued(t, "swim-mass-crash", sets...)
		for seed := range seedCount(10, 300) {
			r := Build(s, seed, Options{}).Run()
			require.Equal(t, world.Pass, r.Verdict, "%v, seed %d: %v", sets, seed, r.Violations)
		}
	}
}

// Every second exchange of 30 s tries the lost; of the first two one may fail, and the other take
// 10 s. Then the news goes round twice: 4 ceil(log10 11) = 8 rounds of 200 ms each.
func TestHealingWaitsForExchanges(t *testing.T) {
	b, config := bounds(t, "swim-partition")
	require.Equal(t, 5*30*time.Second+10*time.Second+16*200*time.Millisecond, b.Heal)
	require.Equal(t, config.DetectionBound(10)+b.Heal, b.Agreement)
	restarted, _ := bounds(t, "swim-mass-restart")
	require.Equal(t, restarted.Detection+restarted.Heal, restarted.Agreement)
}

// 64 members exchange their tables every minute.
func TestNewsThatGossipMissesComesByExchange(t *testing.T) {
	b, _ := bounds(t, "swim-update")
	require.Equal(t, 16*200*time.Millisecond+2*time.Minute+10*time.Second, b.Spread)
	slower, _ := bounds(t, "swim-update", "gossip_interval=0s")
	require.Equal(t, 16*time.Second+2*time.Minute+10*time.Second, slower.Spread,
		"a round is a probe")
}

// An update has to be given its time as well, whether or not faults come after it.
func TestSettlingTakesInTheUpdate(t *testing.T) {
	s := catalogued(t, "swim-update")
	g := newGroup(s, 1)
	updated := s.Group.UpdateAt.Duration()
	require.Less(t, g.bounds.Agreement, updated+g.bounds.Spread)
	require.Equal(t, updated+g.bounds.Spread, g.bounds.Settle(&s), "after the start of the run")
	const late = 20 * time.Second
	s.Faults = []scenarios.Fault{{
		Kind: scenarios.Pause, At: s.Group.UpdateAt, For: scenarios.Span(late), Hosts: []node.ID{1},
	}}
	require.Equal(t, g.bounds.Spread-late, g.bounds.Settle(&s), "after the last fault")
	calm := *s.Group
	calm.UpdateAt = 0
	s.Group = &calm
	require.Equal(t, g.bounds.Agreement, g.bounds.Settle(&s))
}
