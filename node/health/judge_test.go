package health

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// statuses feeds results ('+' up, '-' down, '0' could not probe) to a prober that has taken over an
// origin with the given status, and returns the status after each as a letter.
func statuses(d Definition, inherited Status, results string) string {
	p := NewProber([]Definition{d}, 1, rng.New(7))
	p.Begin(0, 0, 0, inherited)
	var after []byte
	for _, result := range results {
		outcome := map[rune]node.Outcome{'+': node.Succeeded, '-': node.Failed, '0': node.Unable}[result]
		status, taken := answer(p, outcome)
		after = append(after, "?hu0"[status])
		if !taken || status != p.Status(0) {
			panic("a result in time is taken")
		}
	}
	return string(after)
}

// answer goes on to the next probe and has it end at once.
func answer(p *Prober, outcome node.Outcome) (status Status, taken bool) {
	now := p.Next()
	probe, _ := p.Due(now)
	return p.Probed(now, node.ProbeResult{Origin: probe.Origin, Token: probe.Token, Outcome: outcome})
}

// "Rise successes turn an unhealthy origin healthy, Fall failures turn a healthy one unhealthy, and
// a result that agrees with the status starts the count anew." (package documentation; rise 2, fall
// 3)
func TestStatusChangesAfterConsecutiveResults(t *testing.T) {
	for _, test := range []struct {
		inherited      Status
		results, after string
		why            string
	}{
		{Unknown, "+", "h", "the first result decides"},
		{Unknown, "-", "u", "the first result decides"},
		{Healthy, "---", "hhu", "fall 3"},
		{Unhealthy, "++", "uh", "rise 2"},
		{Healthy, "--+--+--", "hhhhhhhh", "M38: failures that are not consecutive do not add up"},
		{Unhealthy, "+-+-+-", "uuuuuu", "successes that are not consecutive do not add up"},
		{Healthy, "---++---", "hhuuhhhu", "there and back"},
	} {
		require.Equal(t, test.after, statuses(DefaultDefinition(), test.inherited, test.results),
			"%v %s: %s", test.inherited, test.results, test.why)
	}
}

// "As long as there have not been so many results, those missing count as if they agreed with the
// status that the checks began with." (Window; 2 of the last 3)
func TestWindow(t *testing.T) {
	d := DefaultDefinition()
	d.Semantics, d.Window, d.Threshold = Window, 3, 2
	for _, test := range []struct {
		inherited      Status
		results, after string
	}{
		{Unknown, "-++", "uuh"},
		{Unknown, "+--", "hhu"},
		{Healthy, "--", "hu"},
		{Healthy, "-+-+-", "hhuhu"},
		{Healthy, "-++-++", "hhhhhh"},
		{Unhealthy, "+-+", "uuh"},
		{Unhealthy, "+--+--", "uuuuuu"},
	} {
		require.Equal(t, test.after, statuses(d, test.inherited, test.results),
			"%v %s", test.inherited, test.results)
	}
}

func TestAWindowOf64(t *testing.T) {
	d := DefaultDefinition()
	d.Semantics, d.Window, d.Threshold = Window, 64, 64
	p := NewProber([]Definition{d}, 1, rng.New(7))
	p.Begin(0, 0, 0, Unhealthy)
	for range 63 {
		status, _ := answer(p, node.Succeeded)
		require.Equal(t, Unhealthy, status)
	}
	status, _ := answer(p, node.Succeeded)
	require.Equal(t, Healthy, status)
	status, _ = answer(p, node.Failed)
	require.Equal(t, Unhealthy, status)
}

// "Immediate lets every result decide."
func TestImmediate(t *testing.T) {
	d := DefaultDefinition()
	d.Semantics = Immediate
	require.Equal(t, "uhhuu", statuses(d, Healthy, "-++--"))
}

// "Healthy or Unhealthy to have results begin to count from there" (Initial)
func TestInitialStatus(t *testing.T) {
	d := DefaultDefinition()
	d.Initial = Healthy
	require.Equal(t, "hhu", statuses(d, Unknown, "---"))
	require.Equal(t, "uh", statuses(d, Unhealthy, "++"), "what somebody has found comes first")
	d.Initial = Unhealthy
	require.Equal(t, "uh", statuses(d, Unable, "++"))
}

// "after Fall of them in a row the status is Unable, until a probe has a result again" (package
// documentation)
func TestUnableCountsNeitherForNorAgainst(t *testing.T) {
	for _, test := range []struct {
		inherited      Status
		results, after string
		why            string
	}{
		{Healthy, "00+00-00", "hhhhhhhh", "not in a row"},
		{Healthy, "000+", "hh0h", "back to what it was"},
		{Healthy, "000---", "hh0hhu", "judged as from the last real status"},
		{Healthy, "--000-", "hhhh0h", "from the beginning"},
		{Healthy, "-0-0-", "hhhhu", "three failures and nothing against them"},
		{Unknown, "000-", "??0u", "the first result decides"},
		{Unhealthy, "000000+", "uu0000u", "once"},
	} {
		require.Equal(t, test.after, statuses(DefaultDefinition(), test.inherited, test.results),
			"%v %s: %s", test.inherited, test.results, test.why)
	}
}

func TestUnableIsTold(t *testing.T) {
	p := NewProber([]Definition{DefaultDefinition()}, 1, rng.New(7))
	p.Begin(0, 0, 0, Healthy)
	for range 4 {
		answer(p, node.Unable)
	}
	answer(p, node.Succeeded)
	require.Equal(t, []node.Event{
		{Kind: node.HealthChanged, A: uint64(Unable)}, {Kind: node.HealthChanged, A: uint64(Healthy)},
	}, p.TakeEvents())
}

// Mutant M40: "zero value of Status is Healthy".
func TestZeroStatusIsUnknown(t *testing.T) {
	var zero Status
	require.Equal(t, Unknown, zero)
	require.Equal(t, Unknown, activeAmong(0).Status(0), "before the first result")
}

func TestStatusStrings(t *testing.T) {
	require.Equal(t, "unknown healthy unhealthy unable status?", Unknown.String()+" "+
		Healthy.String()+" "+Unhealthy.String()+" "+Unable.String()+" "+Status(4).String())
}

// started returns a prober with one probe outstanding.
func started() (p *Prober, now clock.Time, probe node.Probe) {
	p = NewProber([]Definition{DefaultDefinition()}, 1, rng.New(7))
	p.Begin(0, 0, 0, Unknown)
	now = p.Next()
	probe, _ = p.Due(now)
	return p, now, probe
}

func TestResultsNobodyWaitsForAreNotTaken(t *testing.T) {
	p, now, probe := started()
	require.Equal(t, 500*time.Millisecond, probe.Timeout)
	result := node.ProbeResult{Token: probe.Token + 1<<32, Outcome: node.Succeeded}
	_, taken := p.Probed(now, result)
	require.False(t, taken, "another token")
	result.Token = probe.Token + 1
	_, taken = p.Probed(now, result)
	require.False(t, taken, "a token of no origin")
	result.Token = probe.Token
	status, taken := p.Probed(now, result)
	require.True(t, taken)
	require.Equal(t, Healthy, status)
	result.Outcome = node.Failed
	status, taken = p.Probed(now, result)
	require.False(t, taken, "the same probe again")
	require.Equal(t, Healthy, status)
}

func TestAResultAfterTheChecksEndedIsNotTaken(t *testing.T) {
	p, now, probe := started()
	p.End(0)
	require.False(t, p.Probing(0))
	require.Equal(t, clock.Never, p.Next())
	result := node.ProbeResult{Token: probe.Token, Outcome: node.Succeeded}
	for range 2 { // once while not probed, once while probed again
		status, taken := p.Probed(now, result)
		require.False(t, taken)
		require.Equal(t, Unknown, status)
		p.Begin(now, 0, 0, Unknown)
	}
}

// "For an origin that is probed already only the definition changes: the status stays, while a
// probe under way and the results counted so far are forgotten." (Begin)
func TestAnotherDefinitionTakesEffectAtOnce(t *testing.T) {
	slow, fast := DefaultDefinition(), DefaultDefinition()
	slow.Interval, fast.Interval, fast.Timeout = time.Minute, 100*time.Millisecond, 50*time.Millisecond
	p := NewProber([]Definition{slow, fast}, 1, rng.New(7))
	p.Begin(0, 0, 0, Healthy)
	answer(p, node.Failed)
	answer(p, node.Failed)
	now := p.Next()
	probe, _ := p.Due(now)
	p.Begin(now, 0, 1, Unknown)
	_, taken := p.Probed(now, node.ProbeResult{Token: probe.Token, Outcome: node.Failed})
	require.False(t, taken)
	require.Less(t, p.Next(), now.Add(fast.Interval))
	require.Equal(t, Healthy, p.Status(0))
	require.Equal(t, 1, p.Count())
	for _, want := range []Status{Healthy, Healthy, Unhealthy} {
		status, _ := answer(p, node.Failed)
		require.Equal(t, want, status)
	}
	require.Equal(t, "3 probes", probesWithin(p, 300*time.Millisecond))
}
