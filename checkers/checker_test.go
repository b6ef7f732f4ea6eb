package checkers

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/sim/clock"
)

func TestReportKeepsTheFirstViolationOfEachPropertyAndCountsAll(t *testing.T) {
	var r Report
	r.Violate("b", clock.At(1*second), "host %d", 1)
	r.Violate("a", clock.At(2*second), "host %d", 2)
	r.Violate("b", clock.At(3*second), "host %d", 3)
	require.Equal(t, []Violation{
		{"b", clock.At(1 * second), "host 1"}, {"a", clock.At(2 * second), "host 2"},
	}, r.Violations())
	require.Equal(t, 2, r.Broken("b"))
	require.Equal(t, 1, r.Broken("a"))
	require.Zero(t, r.Broken("c"))
}

func TestReportTellsADeclaredSituationThatNeverCame(t *testing.T) {
	var r Report
	r.Declare("came")
	r.Saw("came")
	r.Saw("came")
	r.Declare("came")
	r.Declare("never")
	require.Equal(t, map[string]int{"came": 2, "never": 0}, r.Sometimes())
}

func TestReportRecordsMetrics(t *testing.T) {
	var r Report
	r.MetricSeconds("gap_seconds", 1500*time.Millisecond)
	r.Metric("probes_total", 7)
	require.Equal(t, map[string]float64{"gap_seconds": 1.5, "probes_total": 7}, r.Metrics())
}
