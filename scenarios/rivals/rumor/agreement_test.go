package rumor

import (
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// Agreement with the figures of others: means over rumors among a thousand sites, the number of the
// paper. Seeds are fixed, and the trials are few, or 400 of each row with
//
//	BUTTERFLY_FULL=1 go test ./scenarios/rivals/rumor -run Agreement -v | grep '|'
func trialCount() int {
	if os.Getenv("BUTTERFLY_FULL") == "1" {
		return 400
	}
	return 40
}

const siteCount = 1000

func summary(t testing.TB, variant string, k int) Row {
	v, err := ParseVariant(variant)
	require.NoError(t, err)
	plan := Plan{Variant: v, K: k, Servers: siteCount}
	trials := make([]Trial, trialCount())
	for seed := range trials {
		trials[seed] = Run(plan, uint64(seed))
	}
	return Summarise(plan, trials)
}

// figures are theirs, as they are printed, and in how many trials they were measured: 0 for so many
// that their own error does not count.
type figures struct {
	s, m, tAve, tLast string
	trials            int
}

// theirs has for a variant and a k what tables 1 to 3 of section 1.4 say, if they do; and what
// another program found in at least 2000 trials, a loop over arrays with random numbers of its
// own.
//
// The figures of the tables come from simulations too, and the paper does not say of how many
// trials. For pushing blindly with k = 5 there must have been few: there s and m are off by more
// than their rounding from both programs, which agree. They fit if they are means of 25.
//
// What tables 1 and 2 call t_ave is not the mean time until a site hears of the update: by both
// programs that is 1.2 to 2.8 cycles less but for one row, where everything else agrees. In table
// 3 it is.
var theirs = []struct {
	variant   string
	k         int
	published figures
	simulated figures
}{
	{"push-feedback-counter", 1, figures{"0.18", "1.7", "", "16.8", 0},
		figures{"0.1742", "1.75", "9.78", "16.79", 2000}},
	{"push-feedback-counter", 2, figures{"0.037", "3.3", "", "16.9", 0},
		figures{"0.0368", "3.30", "9.95", "17.00", 2000}},
	{"push-feedback-counter", 3, figures{"0.011", "4.5", "", "17.4", 0},
		figures{"0.0108", "4.53", "10.02", "17.34", 2000}},
	{"push-feedback-counter", 4, figures{"0.0036", "5.6", "", "17.5", 0},
		figures{"0.0035", "5.64", "10.05", "17.55", 2000}},
	{"push-feedback-counter", 5, figures{"0.0012", "6.7", "", "17.7", 0},
		figures{"0.0013", "6.68", "10.05", "17.74", 2000}},
	{"push-blind-coin", 1, figures{"0.96", "0.04", "", "38", 0},
		figures{"0.9601", "0.040", "19.44", "38.88", 2000}},
	{"push-blind-coin", 3, figures{"0.060", "2.8", "", "32", 0},
		figures{"0.0596", "2.821", "13.29", "31.47", 2000}},
	{"push-blind-coin", 5, figures{"0.008", "4.9", "", "32", 25},
		figures{"0.0071", "4.961", "11.87", "32.43", 2000}},
	{"pull-feedback-counter", 1, figures{"0.031", "2.7", "9.97", "17.63", 0},
		figures{"0.0316", "2.70", "10.13", "17.54", 2000}},
	{"pull-feedback-counter", 3, figures{"0.0000040", "6.1", "10.08", "14.00", 0},
		figures{"0.0000040", "6.09", "10.08", "13.96", 2000}},
	{"push-feedback-coin", 1, figures{}, figures{"0.2033", "1.592", "9.82", "17.41", 2000}},
	{"push-feedback-coin", 2, figures{}, figures{"0.0600", "2.817", "10.19", "21.69", 2000}},
	{"push-feedback-coin", 3, figures{}, figures{"0.0200", "3.917", "10.27", "24.59", 2000}},
	{"push-blind-counter", 2, figures{}, figures{"0.2042", "1.592", "12.69", "24.44", 2000}},
	{"push-blind-counter", 3, figures{}, figures{"0.0586", "2.824", "10.88", "20.50", 2000}},
}

// All but one in 370 of means as good as theirs lie within three standard errors; see [tolerance].
func TestAgreement(t *testing.T) {
	for _, their := range theirs {
		t.Run(fmt.Sprintf("%s/k=%d", their.variant, their.k), func(t *testing.T) {
			t.Parallel()
			ours := summary(t, their.variant, their.k)
			requireAgreement(t, &ours, their.published)
			requireAgreement(t, &ours, their.simulated)
		})
	}
}

// requireAgreement compares what they give figures of.
func requireAgreement(t *testing.T, ours *Row, theirs figures) {
	for _, c := range []struct {
		name    string
		ours    Estimate
		printed string
	}{
		{"s", ours.Residue, theirs.s},
		{"m", ours.Traffic, theirs.m},
		{"t_ave", ours.MeanDelay, theirs.tAve},
		{"t_last", ours.LastDelay, theirs.tLast},
	} {
		if c.printed == "" {
			continue
		}
		value, rounding := parseFigure(t, c.printed)
		if c.name == "s" {
			c.ours.Error = max(c.ours.Error, residueError(value))
		}
		allowed := tolerance(c.ours.Error, theirs.trials, rounding)
		t.Logf("| %v | %d | %s | %.4g ± %.2g | %s | %+.1f tolerances |", ours.Variant, ours.K,
			c.name, c.ours.Mean, c.ours.Error, c.printed, (c.ours.Mean-value)/allowed)
		require.InDelta(t, value, c.ours.Mean, allowed, c.name)
	}
}
