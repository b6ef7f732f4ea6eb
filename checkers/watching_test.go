package checkers

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// originCheckers returns each checker of what is made of origins, with bounds that nothing breaks.
func originCheckers(origins int) map[string]Checker {
	all := Origins{Count: origins}
	interval := func(uint32) time.Duration { return time.Millisecond }
	gaps := NewCauseGaps(func(uint32) time.Duration { return 900 * second })
	return map[string]Checker{
		"at least one": NewAtLeastOne(Coverage{
			Origins: origins, Bound: 900 * second, Owner: lowest, Causes: gaps,
		}),
		"duplicates": NewDuplicates(second, all),
		"ownership":  NewOwnership(900*second, all, lowest),
		"budget":     NewBudget(origins, interval),
		"stampede":   NewStampede(0, origins, interval),
		"flips": NewFlips(Thresholds{
			Origins: origins, Definition: thresholds.Definition, Needs: thresholds.Needs,
		}),
		"condemnation": NewCondemnation(Innocence{Origins: origins, Verdict: second}),
		"health known": NewHealthKnown(Knowing{Origins: all, Bound: 900 * second}),
		"disruption":   NewDisruption(900*second, all, lowest),
	}
}

// checkAll has host 0 probe every origin once more, and hear what everybody hears.
func checkAll(s *script, origins uint32) {
	for origin := range origins {
		s.now = s.now.Add(time.Millisecond)
		s.probe(0, origin)
		s.result(0, origin, node.Succeeded)
		s.emit(0, node.MapChanged, 0, uint64(s.now), 1)
	}
	s.origin(3, false)
	s.emit(0, node.CheckEnded, 3)
	s.emit(0, node.CheckBegan, 3)
	s.emit(0, node.Believed, 3, believedUnhealthy)
	s.emit(0, node.Believed, 3, believedHealthy)
	s.origin(3, true)
}

// playChecks starts hosts of which host 0 checks every origin.
func playChecks(t testing.TB, checker Checker, hosts, origins int) *script {
	s := play(t, checker, hosts)
	s.heal()
	for origin := range uint32(origins) {
		s.emit(0, node.CheckBegan, origin)
		s.emit(0, node.Believed, origin, believedHealthy)
	}
	return s
}

// "What it does per observation is on the path of every event of the run."
func TestCheckersOfOriginsAllocateNothing(t *testing.T) {
	for name, checker := range originCheckers(100) {
		s := playChecks(t, checker, 4, 100)
		for range 20 { // so that lists have grown
			checkAll(s, 100)
		}
		require.Zero(t, testing.AllocsPerRun(20, func() { checkAll(s, 100) }), name)
		require.Empty(t, s.report.Violations(), name)
	}
}

// One operation is a probe of one of 10,000 origins by one of 64 servers, with its result.
func BenchmarkCheckersOfOrigins(b *testing.B) {
	const hosts, origins = 64, 10_000
	for name, checker := range originCheckers(origins) {
		b.Run(name, func(b *testing.B) {
			s := playChecks(b, checker, hosts, origins)
			b.ReportAllocs()
			b.ResetTimer()
			origin := uint32(0)
			for b.Loop() {
				s.now = s.now.Add(time.Millisecond)
				s.probe(0, origin)
				s.result(0, origin, node.Succeeded)
				origin = (origin + 7919) % origins
			}
			require.Empty(b, s.report.Violations())
		})
	}
}
