package checkers

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// modulo places by the number of live servers, which moves nearly everything.
func modulo(origin uint32, live []node.ID) node.ID { return live[int(origin)%len(live)] }

func playDisruption(t testing.TB, owner Owner, hosts int) *script {
	s := play(t, NewDisruption(5*second, Origins{Count: 40, Configured: 30}, owner), hosts)
	s.at(1 * second)
	return s
}

func TestDisruptionFiresOnAPlacementThatMovesMore(t *testing.T) {
	s := playDisruption(t, modulo, 4)
	s.down(3)
	s.at(2 * second).end()
	s.broke(PropertyMinimalDisruption, 1*second,
		"origin 4 moves from host 0 to host 1 at 1.000s, where only host 3 went")
	s = playDisruption(t, modulo, 4)
	s.down(3)
	s.at(2 * second).up(3)
	s.at(3 * second).end()
	require.Greater(t, s.report.Broken(PropertyMinimalDisruption), 20)
}

// Highest rank moves the origins of who goes, and to who comes, whoever it is: exactly.
func TestDisruptionAcceptsRankedPlacement(t *testing.T) {
	for host := range node.ID(8) {
		s := playDisruption(t, ranked, 8)
		s.down(host)
		s.at(2 * second).up(host)
		s.at(3*second).cut(1, host)
		s.at(4 * second).join()
		s.at(5*second).cut(1, 0, 1, 2)
		s.at(6 * second).join()
		s.at(7 * second).end()
		s.clean()
	}
}

// "Removing s moves exactly the keys owned by s (mean 1/n)"
func TestDisruptionMeasuresHowMuchMoves(t *testing.T) {
	const hosts, origins = 10, 20_000
	s := play(t, NewDisruption(5*second, Origins{Count: origins}, ranked), hosts)
	for host := range node.ID(hosts) {
		s.at(time.Duration(2*host+1) * second).down(host)
		s.at(time.Duration(2*host+2) * second).up(host)
	}
	s.at(60 * second).end()
	s.metric("moved_share", 0.1) // each origin moves away once, and back
	s.metric("moved_share_expected", 0.1)
}

func TestDisruptionFiresOnChecksThatBeginAtRest(t *testing.T) {
	s := playDisruption(t, lowest, 3)
	s.heal()
	s.emit(1, node.CheckBegan, 7)
	s.at(6*second).emit(2, node.CheckBegan, 7)
	s.broke(PropertyMinimalDisruption, 6*second,
		"host 2 begins to check origin 7 at 6.000s, which no change has moved since there was rest")
}

func TestDisruptionAcceptsChecksOfWhatMoved(t *testing.T) {
	for crashed, broken := range map[node.ID]int{0: 0, 2: 1} { // host 0 has them all
		s := playDisruption(t, lowest, 3)
		s.heal()
		s.at(20 * second).down(crashed)
		s.emit(1, node.CheckBegan, 7) // the instant is not over
		s.clean()
		s.at(21*second).emit(1, node.CheckBegan, 7)
		require.Equal(t, broken, s.report.Broken(PropertyMinimalDisruption), "host %d", crashed)
	}
}

func TestDisruptionAcceptsChecksAfterOtherChanges(t *testing.T) {
	for name, change := range map[string]func(s *script){
		"cut":         func(s *script) { s.cut(1, 1, 2) },
		"two at once": func(s *script) { s.down(2); s.down(1) },
		"order":       func(s *script) { s.register(2, 7) },
	} {
		s := playDisruption(t, lowest, 4)
		s.heal()
		s.at(20 * second)
		change(s)
		s.at(21*second).emit(3, node.CheckBegan, 7)
		require.Empty(t, s.report.Violations(), name)
		s.at(60*second).emit(0, node.CheckBegan, 7)
		require.Equal(t, 1, s.report.Broken(PropertyMinimalDisruption), "%s, and rest again", name)
	}
}
