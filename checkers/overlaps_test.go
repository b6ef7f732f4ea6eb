package checkers

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

func TestOverlapsHaveCauses(t *testing.T) {
	for want, happen := range map[Cause]func(s *script){
		Registration: func(s *script) { s.register(1, 0) },
		Crash:        func(s *script) { s.down(2) },
		Pause:        func(s *script) { s.stall(1) },
		LostUplink:   func(s *script) { s.uplink(1, false); s.uplink(1, true) },
		Partition:    func(s *script) { s.cut(1, 2); s.join() },
		Join:         func(s *script) { s.down(1); s.up(1) },
		Flapping:     func(s *script) { s.stall(3) }, // who has nothing to do with it
	} {
		s := play(t, NewDuplicates(5*second, Origins{Count: 1}), 4)
		s.at(1*second).emit(2, node.CheckBegan, 0)
		s.at(20 * second)
		happen(s)
		s.emit(2, node.CheckEnded, 0)
		s.at(22*second).emit(0, node.CheckBegan, 0)
		s.at(25*second).emit(1, node.CheckBegan, 0)
		s.at(28*second).emit(1, node.CheckEnded, 0)
		s.at(40 * second).end()
		s.metric("overlap_"+want.String()+"_seconds", 3)
		s.metric("doubled_"+want.String()+"_count", 1)
		s.metric("doubled_"+want.String()+"_p50_seconds", 3)
		s.metric("duplicate_probe_seconds", 3)
		s.metric("overlap_ratio", 3./40)
	}
}

// "What happened within the bound before counts."
func TestWhatHappenedLongAgoIsNoCause(t *testing.T) {
	s := play(t, NewDuplicates(5*second, Origins{Count: 1}), 2)
	s.at(1*second).emit(0, node.CheckBegan, 0)
	s.at(5*second+2).emit(1, node.CheckBegan, 0)
	s.at(6*second + 2).down(1)
	s.end()
	s.metric("overlap_flapping_seconds", 1)
	require.NotContains(t, s.report.Metrics(), "overlap_join_seconds")
}

func TestAnOverlapKeepsItsCause(t *testing.T) {
	s := play(t, NewDuplicates(5*second, Origins{Count: 1}), 4)
	s.at(1*second).emit(0, node.CheckBegan, 0)
	s.emit(1, node.CheckBegan, 0)
	s.emit(2, node.CheckBegan, 0)
	s.emit(3, node.CheckBegan, 0)
	s.at(9*second).cut(1, 2, 3) // both sides go on with two each
	s.at(10 * second).end()
	s.metric("overlap_join_seconds", 8+2)
	s.metric("overlap_ratio", (3*8+2*1)/10.)
}

func TestRatesAreOfWhatIsWanted(t *testing.T) {
	s := play(t, NewDuplicates(5*second, Origins{Count: 3, Configured: 1}), 1)
	s.at(6*second).register(0, 1)
	for range 14 {
		s.probe(0, 0)
	}
	s.at(10 * second).end()
	s.metric("probes_per_origin_second", 1) // of origin 0 in 10 s, and origin 1 in 4 s
}

// Of 100 overlaps of 1 to 100 s after joins the median lasts 50 s, and 99 are not above 99 s.
func TestOverlapsAreDistributed(t *testing.T) {
	const origins = 100
	s := play(t, NewDuplicates(500*second, Origins{Count: origins}), 2)
	s.at(1 * second)
	for origin := range uint32(origins) {
		s.emit(0, node.CheckBegan, origin)
		s.emit(1, node.CheckBegan, origin)
	}
	for origin := range uint32(origins - 1) {
		s.at(s.now.Since()+second).emit(1, node.CheckEnded, origin)
	}
	s.at(101 * second).end() // the last goes on until then
	s.metric("doubled_join_count", origins)
	s.metric("doubled_join_p50_seconds", 50)
	s.metric("doubled_join_p99_seconds", 99)
	s.metric("doubled_join_max_seconds", 100)
	s.metric("overlap_join_seconds", 100*101/2)
	require.NotContains(t, s.report.Metrics(), "doubled_crash_count")
}

// "One that goes on through a cut is one, and may be on several sides"; and what is over at once was
// none.
func TestOverlapsEnd(t *testing.T) {
	for name, test := range map[string]struct {
		end     func(s *script)
		longest float64
	}{
		"goes on":   {func(s *script) { s.cut(1, 2, 3) }, 20},
		"crashes":   {func(s *script) { s.down(1); s.down(2); s.down(3) }, 9},
		"cuts":      {func(s *script) { s.cut(1, 1); s.cut(2, 2); s.cut(3, 3) }, 9},
		"on one":    {func(s *script) { s.cut(1, 2); s.cut(2, 3); s.at(15 * second).down(1) }, 14},
		"elsewhere": {func(s *script) { s.cut(1, 1, 2, 3); s.at(19*second).cut(2, 1) }, 20},
		"never began": {func(s *script) {
			s.emit(0, node.CheckBegan, 1)
			s.emit(3, node.CheckBegan, 1)
			s.emit(3, node.CheckEnded, 1)
		}, 20},
	} {
		s := play(t, NewDuplicates(50*second, Origins{Count: 2}), 4)
		s.at(1 * second)
		for host := range node.ID(4) {
			s.emit(host, node.CheckBegan, 0)
		}
		test.end(s.at(10 * second))
		s.at(21 * second).end()
		require.EqualValues(t, 1, s.report.Metrics()["doubled_join_count"], name)
		require.InDelta(t, test.longest, s.report.Metrics()["doubled_join_max_seconds"], 1e-9, name)
	}
}
