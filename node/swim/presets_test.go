package swim

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const second, millisecond = time.Second, time.Millisecond

// memberlist v0.7.0, config.go: DefaultLANConfig, DefaultWANConfig, DefaultLocalConfig.
func TestPresetsAreMemberlists(t *testing.T) {
	for _, row := range []struct {
		name           string
		value          func(c Config) any
		lan, wan, near any
	}{
		{"ProbeInterval", func(c Config) any { return c.ProbeInterval }, second, 5 * second, second},
		{"ProbeTimeout", func(c Config) any { return c.ProbeTimeout },
			500 * millisecond, 3 * second, 200 * millisecond},
		{"IndirectChecks", func(c Config) any { return c.IndirectProbes }, 3, 3, 1},
		{"SuspicionMult", func(c Config) any { return c.SuspicionMult }, 4, 6, 3},
		{"SuspicionMaxTimeoutMult", func(c Config) any { return c.SuspicionMaxMult }, 6, 6, 6},
		{"RetransmitMult", func(c Config) any { return c.RetransmitMult }, 4, 4, 2},
		{"GossipInterval", func(c Config) any { return c.GossipInterval },
			200 * millisecond, 500 * millisecond, 100 * millisecond},
		{"GossipNodes", func(c Config) any { return c.GossipNodes }, 3, 4, 3},
		{"GossipToTheDeadTime", func(c Config) any { return c.DeadRetention },
			30 * second, 60 * second, 15 * second},
		{"PushPullInterval", func(c Config) any { return c.SyncInterval },
			30 * second, 60 * second, 15 * second},
		{"TCPTimeout", func(c Config) any { return c.SyncTimeout },
			10 * second, 30 * second, second},
		{"AwarenessMaxMultiplier", func(c Config) any { return c.LocalHealthMax }, 8, 8, 8},
		{"not DisableTcpPings", func(c Config) any { return c.StreamProbe }, true, true, true},
		{"UDPBufferSize", func(c Config) any { return c.DatagramBytes }, 1400, 1400, 1400},
	} {
		require.Equal(t, row.lan, row.value(Lan()), "%s, LAN", row.name)
		require.Equal(t, row.wan, row.value(Wan()), "%s, WAN", row.name)
		require.Equal(t, row.near, row.value(Local()), "%s, local", row.name)
	}
}

// The timers that memberlist v0.7.0 derives from the size of the group (util.go: suspicionTimeout,
// retransmitLimit, pushPullScale), in milliseconds, sends and seconds.
func TestDerivedTimersAreMemberlists(t *testing.T) {
	for _, row := range []struct {
		n                                           int
		lanMin, lanMax, wanMin, wanMax, nearMin     int
		nearMax, sends, nearSends, lanSync, wanSync int
	}{
		{1, 4000, 24000, 30000, 180000, 3000, 18000, 4, 2, 30, 60},
		{8, 4000, 24000, 30000, 180000, 3000, 18000, 4, 2, 30, 60},
		{10, 4000, 24000, 30000, 180000, 3000, 18000, 8, 4, 30, 60},
		{16, 4816, 28896, 36120, 216720, 3612, 21672, 8, 4, 30, 60},
		{32, 6020, 36120, 45150, 270900, 4515, 27090, 8, 4, 30, 60},
		{33, 6072, 36432, 45540, 273240, 4554, 27324, 8, 4, 60, 120},
		{64, 7224, 43344, 54180, 325080, 5418, 32508, 8, 4, 60, 120},
		{65, 7248, 43488, 54360, 326160, 5436, 32616, 8, 4, 90, 180},
		{100, 8000, 48000, 60000, 360000, 6000, 36000, 12, 6, 90, 180},
		{128, 8428, 50568, 63210, 379260, 6321, 37926, 12, 6, 90, 180},
		{256, 9632, 57792, 72240, 433440, 7224, 43344, 12, 6, 120, 240},
		{512, 10836, 65016, 81270, 487620, 8127, 48762, 12, 6, 150, 300},
		{1000, 12000, 72000, 90000, 540000, 9000, 54000, 16, 8, 180, 360},
		{1024, 12040, 72240, 90300, 541800, 9030, 54180, 16, 8, 180, 360},
		{4096, 14448, 86688, 108360, 650160, 10836, 65016, 16, 8, 240, 480},
		{10000, 16000, 96000, 120000, 720000, 12000, 72000, 20, 10, 300, 600},
	} {
		for _, preset := range []struct {
			config                 Config
			least, most, sends, by int
		}{
			{Lan(), row.lanMin, row.lanMax, row.sends, row.lanSync},
			{Wan(), row.wanMin, row.wanMax, row.sends, row.wanSync},
			{Local(), row.nearMin, row.nearMax, row.nearSends, row.lanSync / 2},
		} {
			c, most := preset.config, time.Duration(preset.most)*millisecond
			least := time.Duration(preset.least) * millisecond
			require.Equal(t, least, c.SuspicionTimeout(row.n), "%d", row.n)
			require.Equal(t, most, time.Duration(c.SuspicionMaxMult)*least, "%d", row.n)
			require.Equal(t, preset.sends, c.RetransmitLimit(row.n), "%d", row.n)
			require.Equal(t, time.Duration(preset.by)*second, c.SyncPause(row.n), "%d", row.n)
			if c.Confirmations(row.n) > 0 {
				require.Equal(t, most, c.LongestSuspicion(row.n), "%d", row.n)
			}
		}
	}
}

// SWIM, section 5: T' = 2 s, K = 1; "the maximum number of times a message is piggybacked" and the
// suspicion time-out are both 3 ceil(log(N+1)); at most 6 updates. We round the suspicion down, which
// makes it up to a fifth shorter at the paper's group sizes, and the sends up to a power of ten.
func TestPaperPresets(t *testing.T) {
	c := Suspicion()
	require.Equal(t, 2*second, c.ProbeInterval)
	require.Equal(t, 1, c.IndirectProbes)
	require.Equal(t, 6, (c.DatagramBytes-headerBytes)/updateBytes)
	for _, n := range []int{16, 28, 55} {
		paper := 3 * math.Ceil(math.Log(float64(n)+1))
		periods := c.SuspicionTimeout(n).Seconds() / c.ProbeInterval.Seconds()
		require.InEpsilon(t, paper, periods, 0.2, "%d", n)
		require.InDelta(t, paper, c.RetransmitLimit(n), 5, "%d", n)
		require.Equal(t, c.SuspicionTimeout(n), c.LongestSuspicion(n))
	}
	require.False(t, c.StreamProbe || c.Buddy || c.SelfDoubt)
	require.Zero(t, c.GossipInterval, "all news is piggybacked")
	require.Zero(t, c.SyncInterval)
	require.Zero(t, c.LocalHealthMax)
	require.True(t, c.FinalDeath, "Confirm overrides")

	classic, basic := Classic(), Basic()
	require.Zero(t, classic.SuspicionTimeout(55), "a failed probe is a death")
	require.False(t, classic.Multicast)
	require.Zero(t, basic.SuspicionTimeout(55))
	require.True(t, basic.Multicast)
}

func TestPresetsByName(t *testing.T) {
	for _, name := range Presets() {
		config, err := Preset(name)
		require.NoError(t, err)
		require.NoError(t, config.Validate(), name)
	}
	_, err := Preset("LAN")
	require.ErrorContains(t, err, `"LAN", expected one of [lan wan local swim classic basic]`)
}

func TestMemberlistRules(t *testing.T) {
	c := Lan().MemberlistRules()
	require.NoError(t, c.Validate())
	require.Zero(t, c.HealEvery)
	require.False(t, c.SelfDoubt)
	require.True(t, c.CountGone)
	require.True(t, c.Buddy, "which it always has")
	require.Equal(t, 100, c.NackPercent)

	off := Lan().WithLifeguard(LifeguardOff).MemberlistRules()
	require.Zero(t, off.NackPercent, "what is off stays off")
	require.True(t, off.Buddy)
}

// Lifeguard, section IV: LHA-Probe, LHA-Suspicion and the buddy system are three parts.
func TestLifeguardInParts(t *testing.T) {
	for _, base := range []Config{Lan(), DefaultConfig(), Suspicion()} {
		for _, row := range []struct {
			parts                    Lifeguard
			probe, suspicion, nodded bool
		}{
			{LifeguardOff, false, false, false}, {LifeguardProbe, true, false, false},
			{LifeguardSuspicion, false, true, false}, {LifeguardFull, true, true, true},
		} {
			c := base.WithLifeguard(row.parts)
			require.NoError(t, c.Validate())
			require.Equal(t, row.probe, c.LocalHealthMax == 8 && c.NackPercent == 80, row.parts)
			require.Equal(t, !row.probe, c.LocalHealthMax == 1 && c.NackPercent == 0, row.parts)
			require.Equal(t, row.suspicion, c.SuspicionMaxMult == 6, row.parts)
			require.Equal(t, !row.suspicion, c.SuspicionMaxMult == 1, row.parts)
			require.Equal(t, row.nodded, c.Buddy, row.parts)
			require.Equal(t, base.SuspicionMult, c.SuspicionMult)
		}
	}
	require.Panics(t, func() { Lan().WithLifeguard("some") })
}
