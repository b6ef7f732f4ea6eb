package main

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios/fidelity"
	"butterfly/sim/rng"
)

// twins is a comparison of simulated servers with others of the same kind.
func twins(out *strings.Builder) *comparison {
	c := &comparison{
		app: &app{out: out, program: "butterfly"}, config: fidelity.DefaultConfig(), trials: 20,
		tolerance: rng.Percent(10), started: time.Now(), late: 300 * time.Microsecond,
	}
	c.config.Servers, c.config.Origins = 5, 20
	for seed := range uint64(20) {
		live, simulated := fidelity.Simulate(c.config, seed), fidelity.Simulate(c.config, seed)
		c.live.Add(&live)
		c.simulated.Add(&simulated)
	}
	return c
}

func TestFidelitySaysWhetherItAgrees(t *testing.T) {
	var out strings.Builder
	c := twins(&out)
	rows := fidelity.Compare(&c.live, &c.simulated)
	require.True(t, c.agrees(rows))
	require.Contains(t, c.finding(rows),
		"the medians of 5 live servers and 5 simulated ones differ by at most 0.0 % (")
	rows[fidelity.TakeoverGap].Difference = -0.25
	rows[fidelity.Calls].Difference = math.NaN()
	require.False(t, c.agrees(rows))
	require.Equal(t, "the medians of 5 live servers and 5 simulated ones differ by more than 10%: "+
		"takeover gap (-25.0 %), calls (none to tell)", c.finding(rows))
	require.Equal(t, "20 live trials on loopback, 20 simulated, with no loss and periods of 1s", c.method())
}

func TestFidelityGoesOnWithLossOrMoreTrials(t *testing.T) {
	c := twins(&strings.Builder{})
	require.Equal(t, "butterfly fidelity -n 5 -origins 20 -loss 10%", c.next())
	c.config.Loss.Share, c.config.Period, c.netns = 25_000, 200*time.Millisecond, true
	require.Equal(t,
		"butterfly fidelity -n 5 -origins 20 -period 200ms -loss 2.5% -netns -trials 40", c.next())
	c.config.Delay = 20 * time.Millisecond
	require.Equal(t, "butterfly fidelity -n 5 -origins 20 -period 200ms -loss 2.5% -delay 20ms -netns "+
		"-trials 1 -seed 0x0000000000000007", c.again(0, 7))
	require.Equal(t, "20 live trials in network namespaces, 20 simulated, "+
		"with 2.5% of all packets lost, a delay of 20ms and periods of 200ms", c.method())
	require.Contains(t, c.model(), " on this machine plus 20ms from server to server; ")
}

func TestFidelityAsJSON(t *testing.T) {
	c := twins(&strings.Builder{})
	rows := fidelity.Compare(&c.live, &c.simulated)
	rows[fidelity.Calls].Live.Median = math.Inf(1)
	text, err := json.Marshal(c.report(rows, "f.png"))
	require.NoError(t, err)
	require.Contains(t, string(text), `"agrees":true,"tolerance":0.1,"servers":5,"origins":20,"loss":0,`)
	require.Contains(t, string(text), `"interrupted":false`)
	require.Contains(t, string(text), `"quantity":"first detection","unit":"s","within":true,`+
		`"live":{"count":20,"missing":0,"median":`)
	require.Contains(t, string(text), `"quantity":"calls","unit":"/s","within":true,`+
		`"live":{"count":20,"missing":0,"median":null,`)
}

func TestValuesWithWhatPrecisionIsWorthReading(t *testing.T) {
	for want, x := range map[string]float64{
		"0.25": 0.25, "12.3": 12.34, "694": 694.4, "2,185": 2184.6, "never": math.Inf(1), "-": math.NaN(),
	} {
		require.Equal(t, want, valueText(x))
	}
	require.Equal(t, "+12.3 %", differenceText(0.1234))
	require.Equal(t, "none to tell", differenceText(math.NaN()))
	require.Equal(t, "0.3 ms", timerText(300*time.Microsecond))
}

// "as many as take about a quarter of it": with 2 cores 8 clusters of 16 servers at a second a
// period.
func TestClustersAreAsManyAsTheMachineBears(t *testing.T) {
	c := &comparison{config: fidelity.DefaultConfig()}
	c.config.Period = 10 * time.Second
	many := c.affordable()
	require.GreaterOrEqual(t, many, 39, "one core is enough for these")
	c.config.Servers *= 2
	require.InDelta(t, many/2, c.affordable(), 1)
	c.config.Period, c.config.Servers = 50*time.Millisecond, 64
	require.Positive(t, c.affordable())
}
