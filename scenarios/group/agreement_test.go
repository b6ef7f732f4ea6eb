package group

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/swim"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
)

// The tests named TestAgreement lay our figures beside those of the papers and of memberlist, and
// print both, as tables for the README:
//
//	go test ./scenarios/group -run TestAgreement -v | grep '|'
//	BUTTERFLY_FULL=1 go test ./scenarios/group -run TestAgreement -v -timeout 1h | grep '|'
//
// Seeds are fixed, so no test fails by chance from one day to the next. The confidence stated is
// that of the judgement: how sure it is that what differs by more would be seen, and what does not,
// not.
//
// "memberlist" is hashicorp/memberlist v0.7.0, unmodified, with its LAN preset under
// testing/synctest: see scenarios/rivals/memberlist, which repeats these measurements.

// sample is a series of measurements of one quantity, at most one a run.
type sample []float64

func (s sample) mean() float64 {
	sum := 0.0
	for _, x := range s {
		sum += x
	}
	return sum / float64(len(s))
}

// deviation is the standard deviation of one measurement.
func (s sample) deviation() float64 {
	mean, squares := s.mean(), 0.0
	for _, x := range s {
		squares += (x - mean) * (x - mean)
	}
	return math.Sqrt(squares / float64(len(s)-1))
}

// standardErrors99 is how many standard errors 99 % of all means lie within.
var standardErrors99 = standardErrors(0.01)

// standardErrors is how many standard errors leave out a share of all means, on both sides
// together.
func standardErrors(outside float64) float64 { return math.Sqrt2 * math.Erfinv(1-outside) }

// change is made to a run that the catalogue has no setting for.
type change func(spec *world.Spec[swim.Message])

// reliableStreams makes loss strike datagrams only, as on memberlist's network: what a stream has
// lost is sent again at once.
func reliableStreams(spec *world.Spec[swim.Message]) { spec.Network.RetransmitTimeout = 1 }

// measure plays the seeds below count, and returns what every metric was in the runs that have it.
func measure(s scenarios.Scenario, count uint64, changes ...change) map[string]sample {
	all := map[string]sample{}
	for seed := range count {
		spec := newGroup(s, seed).spec(Options{})
		for _, change := range changes {
			change(&spec)
		}
		for metric, value := range world.New(spec).Run().Metrics {
			all[metric] = append(all[metric], value)
		}
	}
	return all
}

// requireMean demands that our mean is within a share of theirs and what so few trials leave open
// besides, as [tolerance] has it.
func requireMean(
	t *testing.T, what string, theirs float64, trials int, share float64, ours sample,
) {
	t.Helper()
	require.NotEmpty(t, ours, what)
	require.InDelta(t, theirs, ours.mean(), theirs*tolerance(theirs, trials, share, ours), what)
}

// tolerance is how far our mean may be from theirs, as a part of theirs: a share, and half the
// width of the 99 % interval of the difference of the means, theirs spread as ours are. The second
// part is often as great as the first in quick tests; the tables print the sum as "held to".
func tolerance(theirs float64, trials int, share float64, ours sample) float64 {
	open := standardErrors99 * ours.deviation() *
		math.Sqrt(1/float64(trials)+1/float64(len(ours)))
	return share + open/theirs
}

// percents prints tolerances.
func percents(tolerances ...float64) string {
	texts := make([]string, len(tolerances))
	for i, tolerance := range tolerances {
		texts[i] = fmt.Sprintf("±%.0f%%", 100*tolerance)
	}
	return strings.Join(texts, " ")
}

// row prints one row of a table.
func row(t *testing.T, columns ...any) {
	texts := make([]string, len(columns))
	for i, column := range columns {
		texts[i] = fmt.Sprint(column)
		if number, is := column.(float64); is {
			texts[i] = fmt.Sprintf("%.3g", number)
		}
	}
	fmt.Fprintf(t.Output(), "| %s |\n", strings.Join(texts, " | "))
}

// header prints the head of a table.
func header(t *testing.T, columns ...string) {
	fmt.Fprintf(t.Output(), "| %s |\n", strings.Join(columns, " | "))
	fmt.Fprintf(t.Output(), "|%s\n", strings.Repeat(" --- |", len(columns)))
}
