package checkers

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// thresholds has definition 0 with rise 2 and fall 3, 1 with 3 successes of the last 5, and 2 by
// which every result decides. Origin 1 is checked by definition 1.
var thresholds = Thresholds{
	Origins:    2,
	Definition: func(origin uint32) uint16 { return uint16(origin) },
	Needs: func(definition uint16, healthy bool) Evidence {
		switch {
		case definition == 2:
			return Evidence{1, 1}
		case definition == 1:
			return Evidence{3, 5}
		case healthy:
			return Evidence{2, 2}
		}
		return Evidence{3, 3}
	},
}

// playFlips has host 0 check both origins, which it believes to be healthy.
func playFlips(t testing.TB) *script {
	s := play(t, NewFlips(thresholds), 2)
	for origin := range uint32(2) {
		s.emit(0, node.Believed, origin, believedHealthy)
		s.emit(0, node.CheckBegan, origin)
	}
	return s
}

// ending plays probes of an origin with results as written: + for a success, - for a failure, 0 for
// unable.
func ending(s *script, origin uint32, outcomes string) {
	for _, o := range outcomes {
		s.at(s.now.Since()+second).probe(0, origin)
		s.result(0, origin, map[rune]node.Outcome{
			'+': node.Succeeded, '-': node.Failed, '0': node.Unable,
		}[o])
	}
}

func TestAFlipTakesItsEvidence(t *testing.T) {
	for _, c := range []struct {
		origin  uint32
		results string
		healthy bool
		broken  int
	}{
		{0, "---", false, 0}, {0, "+---", false, 0}, {0, "-0--", false, 0},
		{0, "--", false, 1}, {0, "--+", false, 1}, {0, "-+--", false, 1}, {0, "--0", false, 1},
		{1, "---", false, 0}, {1, "-+-+-", false, 0}, {1, "--", false, 1}, {1, "-+++--", false, 1},
	} {
		s := playFlips(t)
		ending(s, c.origin, c.results)
		s.emit(0, node.HealthChanged, c.origin, believedUnhealthy)
		require.Equal(t, c.broken, s.report.Broken(PropertyNoFlip), c.results)
	}
	s := playFlips(t)
	ending(s, 0, "---")
	s.emit(0, node.HealthChanged, 0, believedUnhealthy)
	ending(s, 0, "-+")
	s.emit(0, node.HealthChanged, 0, believedHealthy)
	s.broke(PropertyNoFlip, 5*second, "host 0 finds origin 0 healthy at 5.000s on 1 of its last 2 "+
		"results, after unhealthy; it takes 2")
}

func TestTheFirstResultDecidesWhereNothingIsKnown(t *testing.T) {
	for results, broken := range map[string]int{"-": 0, "+": 1, "0": 1} {
		s := play(t, NewFlips(thresholds), 1)
		s.emit(0, node.CheckBegan, 0)
		ending(s, 0, results)
		s.emit(0, node.HealthChanged, 0, believedUnhealthy)
		require.Equal(t, broken, s.report.Broken(PropertyNoFlip), results)
	}
}

func TestADefinitionOfItsOwnCounts(t *testing.T) {
	s := playFlips(t)
	s.emit(0, node.OriginLearned, 0, 2)
	ending(s, 0, "-")
	s.emit(0, node.HealthChanged, 0, believedUnhealthy)
	s.clean()
	s.down(0)
	s.up(0) // a new life has learned nothing
	s.emit(0, node.Believed, 0, believedHealthy)
	s.emit(0, node.CheckBegan, 0)
	ending(s, 0, "-")
	s.emit(0, node.HealthChanged, 0, believedUnhealthy)
	require.Equal(t, 1, s.report.Broken(PropertyNoFlip))
}

// "What the server believed when it began to check is where it begins; so is what it hears before
// its first probe ends, or while it cannot probe."
func TestWhatIsHeardIsNoFlip(t *testing.T) {
	s := playFlips(t)
	s.emit(0, node.Believed, 0, believedUnhealthy)
	s.emit(0, node.HealthChanged, 0, believedUnhealthy)
	ending(s, 0, "+")
	s.emit(0, node.Believed, 0, believedHealthy) // too late: its own results count
	s.emit(0, node.HealthChanged, 0, believedUnhealthy)
	s.clean()
	ending(s, 0, "000")
	s.emit(0, node.HealthChanged, 0, 3)
	s.emit(0, node.Believed, 0, believedHealthy)
	ending(s, 0, "+")
	s.emit(0, node.HealthChanged, 0, believedHealthy)
	s.clean()
	ending(s, 0, "-")
	s.emit(0, node.CheckEnded, 0)
	s.emit(0, node.Believed, 0, believedUnhealthy)
	s.emit(0, node.CheckBegan, 0)
	ending(s, 0, "+")
	s.emit(0, node.HealthChanged, 0, believedHealthy)
	require.Equal(t, 1, s.report.Broken(PropertyNoFlip))
}

// "Once it can again it may go on from what it believes by then, whenever it heard that."
func TestWhoCanProbeAgainGoesOnFromWhatItBelieves(t *testing.T) {
	for believed, broken := range map[uint64]int{believedHealthy: 1, believedUnhealthy: 0} {
		s := playFlips(t)
		ending(s, 0, "-00")
		s.emit(0, node.Believed, 0, believed)
		ending(s, 0, "0")
		s.emit(0, node.HealthChanged, 0, 3)
		ending(s, 0, "+")
		s.emit(0, node.HealthChanged, 0, believedUnhealthy)
		require.Equal(t, broken, s.report.Broken(PropertyNoFlip), "believed %d", believed)
	}
}

// "A probe under way when the host stands still may be void or not: it counts for a verdict and not
// against it."
func TestAProbeThatMayBeVoidCountsForAVerdictOnly(t *testing.T) {
	for name, upset := range map[string]func(s *script){
		"pause": func(s *script) { s.stall(0); s.at(s.now.Since() + second).resume(0) },
		"new check": func(s *script) {
			s.emit(0, node.CheckEnded, 0)
			s.emit(0, node.CheckBegan, 0)
		},
		"definition": func(s *script) { s.emit(0, node.OriginLearned, 0, 0) },
	} {
		for _, result := range []node.Outcome{node.Failed, node.Succeeded} {
			s := playFlips(t)
			ending(s, 0, "--")
			s.probe(0, 0)
			upset(s)
			s.result(0, 0, result)
			if result == node.Succeeded { // as if it had not been
				ending(s, 0, "-")
			}
			s.emit(0, node.HealthChanged, 0, believedUnhealthy)
			s.clean()
			ending(s, 0, "+-")
			s.emit(0, node.HealthChanged, 0, believedHealthy)
			require.Equal(t, 1, s.report.Broken(PropertyNoFlip), "%s: the next counts", name)
		}
	}
}

// What hung in the sockets of a blocked host leaves when it runs again.
func TestABelatedProbeMayBeVoid(t *testing.T) {
	s := playFlips(t)
	s.stall(0)
	ending(s, 0, "--")
	s.at(9 * second).resume(0)
	s.probe(0, 0)
	s.result(0, 0, node.Succeeded)
	ending(s, 0, "-")
	s.emit(0, node.HealthChanged, 0, believedUnhealthy)
	s.clean()
}
