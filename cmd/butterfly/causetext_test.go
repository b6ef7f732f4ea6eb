package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCausesHaveLinesOfTheirOwn(t *testing.T) {
	s := &sheet{}
	s.causes(map[string]float64{
		"gap_crash_count": 1200, "gap_crash_p50_seconds": 9.5, "gap_crash_max_seconds": 21,
		"overlap_crash_seconds": 0, "overlap_partition_seconds": 34.25,
		"gap_join_count": 1, "gap_join_p50_seconds": 3, "gap_join_max_seconds": 3,
		"overlap_join_seconds": 2, "doubled_join_p50_seconds": 0.5, "doubled_join_max_seconds": 1.5,
		"doubled_partition_p50_seconds": 4, "doubled_partition_max_seconds": 9,
	})
	require.Equal(t, "causes       crash         1,200 gaps: median 9.50 s, worst 21.00 s\n"+
		"             partition     34.25 s of double checks: median 4.00 s, worst 9.00 s\n"+
		"             join          1 gap: median 3.00 s, worst 3.00 s\n"+
		"                           2.00 s of double checks: median 0.50 s, worst 1.50 s\n", s.String())
	s = &sheet{}
	s.causes(nil)
	s.users(nil)
	require.Empty(t, s.String(), "what nobody measured is not nothing")
}

func TestUsers(t *testing.T) {
	s := &sheet{}
	s.users(map[string]float64{
		"requests_dead_ppm": 1234, "healthy_avoided_ppm": 0,
		"requests_unaware_ppm": 1000, "requests_failed_open_ppm": 0,
	})
	require.Equal(t, "users        0.12 % of the requests went to dead origins, "+
		"0 % of the healthy ones were avoided\n             0.1 % went before the server knew, "+
		"0 % failing open for want of healthy ones\n", s.String())
	s = &sheet{}
	s.users(map[string]float64{
		"requests_dead_ppm": 1234, "healthy_avoided_ppm": 5,
		"routed_around_seconds_p50": 4, "routed_around_seconds_max": 11.5,
	})
	require.Contains(t, s.String(), "the last server routed around a dead origin after 4.00 s at the "+
		"median, 11.50 s at most\n")
}
