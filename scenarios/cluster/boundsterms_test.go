package cluster

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/scenarios"
)

// sum adds terms up.
func (t terms) sum() (total time.Duration) {
	for _, term := range t {
		total += term.span
	}
	return total
}

// What is printed is what is held: the terms add up to the bounds, whatever the plan.
func TestTermsAddUp(t *testing.T) {
	cut := scenarios.Fault{
		Kind: scenarios.Partition, For: scenarios.Span(time.Minute), Hosts: []node.ID{0}, OneWay: true,
	}
	pause := scenarios.Fault{
		Kind: scenarios.Pause, For: scenarios.Span(7 * time.Second), Hosts: []node.ID{1},
	}
	for _, servers := range []int{1, 2, 5, 64, 1000} {
		for _, b := range []Bounds{boundsOf(servers), boundsOf(servers, cut, pause)} {
			require.Equal(t, b.Detection.Total(), b.detectionTerms().sum(), servers)
			require.Equal(t, b.Gap.Total(), b.gapTerms().sum(), servers)
		}
	}
}

func TestTheBoundIsPrintedWithItsTerms(t *testing.T) {
	b := boundsOf(5)
	require.Equal(t, []string{
		"a crash is known to all within 38s = 9s first probe + 1s verdict + 28s suspicion",
		"an origin is probed again within 45.7s = 38s detection + 5s join + 1.2s interval + " +
			"500ms timeout + 1s offset",
	}, b.GapLines())
	require.Equal(t, b.GapLines(), b.Lines()[:2])
	b = boundsOf(20)
	require.Positive(t, b.Extra(1))
	require.Contains(t, b.GapLines()[1], ", on a side of one server "+b.Extra(1).String()+" later")
}

// "beside the longest gap that it measures": the report of a run that passes has both.
func TestEveryRunStatesItsBound(t *testing.T) {
	s := small(t, "calm", "duration=3m")
	c := plan(s, 1)
	r := Build(s, 1, Options{}).Run()
	require.InDelta(t, c.bounds.Gap.Total().Seconds(), r.Metrics["gap_bound_seconds"], 1e-9)
	require.InDelta(t, c.bounds.Join.Seconds(), r.Metrics["gap_bound_join_seconds"], 1e-9)
	require.InDelta(t, c.bounds.Extra(1).Seconds(), r.Metrics["gap_bound_alone_seconds"], 1e-9)
	require.NotContains(t, r.Metrics, "gap_bound_pause_seconds")
	require.Less(t, r.Metrics["longest_gap_seconds"], r.Metrics["gap_bound_seconds"])
}
