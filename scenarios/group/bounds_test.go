package group

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node/swim"
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
	require.Equal(t, b.Detection, b.Settle())
}

// 2 x 64 - 1 periods to come by, 8 at the worst local health, six times 4 log10 64 = 7.224 s to
// answer, and once more for who has just begun to hear again.
func TestManyCrashesAtOnceAreNoticedAlone(t *testing.T) {
	b, _ := bounds(t, "swim-mass-crash")
	require.Equal(t, (127+8)*time.Second+7*7224*time.Millisecond, b.Detection)
}

// Every second exchange of 30 s tries the lost; of the first two one may fail. Then the news goes
// round twice: 4 ceil(log10 11) = 8 rounds of 200 ms each.
func TestHealingWaitsForExchanges(t *testing.T) {
	b, config := bounds(t, "swim-partition")
	require.Equal(t, 5*30*time.Second+16*200*time.Millisecond, b.Heal)
	require.Equal(t, config.DetectionBound(10)+b.Heal, b.Agreement)
	restarted, _ := bounds(t, "swim-mass-restart")
	require.Equal(t, restarted.Detection+restarted.Heal, restarted.Agreement)
}

// 64 members exchange their tables every minute.
func TestNewsThatGossipMissesComesByExchange(t *testing.T) {
	b, _ := bounds(t, "swim-update")
	require.Equal(t, 16*200*time.Millisecond+2*time.Minute+10*time.Second, b.Spread)
	slower, _ := bounds(t, "swim-update", "gossip_interval=0s")
	require.Equal(t, 16*time.Second+2*time.Minute+10*time.Second, slower.Spread, "a round is a probe")
}
