package checkers

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
)

// unchecked plays hosts that take 2 s to join, all of them at time 0.
func unchecked(t testing.TB, hosts, origins int) *script {
	return play(t, NewUnchecked(Origins{Count: origins}, 5*second, 2*second), hosts)
}

// "A side counts once the first of its servers has been up for as long as it takes to join."
func TestUncheckedCountsFromTheFirstJoinOn(t *testing.T) {
	s := unchecked(t, 2, 3)
	s.at(1*second).emit(0, node.CheckBegan, 0)
	s.at(6*second).emit(1, node.CheckBegan, 1) // 4 s since 2
	s.at(9*second).emit(0, node.CheckEnded, 0)
	s.at(10 * second).end() // 1 s of origin 0, 8 s of origin 2
	s.clean()
	s.metric("unchecked_seconds", 13)
	require.NotContains(t, s.report.Metrics(), "unchecked_minority_seconds", "there was none")
}

func TestUncheckedFollowsWhoDies(t *testing.T) {
	s := unchecked(t, 3, 1)
	s.emit(0, node.CheckBegan, 0)
	s.emit(1, node.CheckBegan, 0)
	s.at(5 * second).down(0) // one is left
	s.at(7 * second).down(1)
	s.at(10*second).emit(2, node.CheckBegan, 0) // 3 s since 7
	s.at(12 * second).down(2)                   // nobody is left to check anything
	s.at(20 * second).up(1)
	s.at(25 * second).end() // 3 s since 22
	s.metric("unchecked_seconds", 6)
}

// "an origin counts once per such side", and "fewer than half of all servers, up or not"
func TestUncheckedTellsSmallSidesFromOthers(t *testing.T) {
	s := unchecked(t, 5, 2)
	s.emit(0, node.CheckBegan, 0)
	s.emit(4, node.CheckBegan, 1)
	s.at(10*second).cut(1, 3, 4)                // nobody checks origin 0 there, nor origin 1 here
	s.at(13*second).emit(0, node.CheckBegan, 1) // 3 s
	s.at(14*second).emit(3, node.CheckBegan, 0) // 4 s
	s.at(16 * second).down(2)                   // now both are small
	s.at(18*second).emit(0, node.CheckEnded, 0)
	s.at(20 * second).join() // 2 s
	s.emit(3, node.CheckEnded, 0)
	s.at(27 * second).end() // 7 s on the only side there is
	s.metric("unchecked_seconds", 16)
	s.metric("unchecked_minority_seconds", 6)
}

func TestUncheckedCountsHalfOfAllAsNoMinority(t *testing.T) {
	s := unchecked(t, 4, 1)
	s.at(5*second).cut(1, 0, 1)
	s.at(9 * second).end()
	s.metric("unchecked_seconds", 3+2*4)
	require.NotContains(t, s.report.Metrics(), "unchecked_minority_seconds")
}

// "that some server of the side knows is to be checked"
func TestUncheckedCountsWhatASideKnowsOf(t *testing.T) {
	s := play(t, NewUnchecked(Origins{Count: 2, Configured: 1}, 5*second, 2*second), 3)
	s.emit(0, node.CheckBegan, 0)
	s.emit(2, node.CheckBegan, 0)
	s.at(5*second).cut(1, 2)
	s.at(10*second).register(2, 1)
	s.at(13*second).emit(2, node.CheckBegan, 1) // 3 s, and the others cannot know of it
	s.at(20 * second).join()
	s.at(21*second).emit(2, node.CheckEnded, 1)
	s.at(23*second).unregister(2, 1) // 2 s
	s.at(30 * second).end()
	s.metric("unchecked_seconds", 5)
	s.metric("unchecked_minority_seconds", 3)
}

// The definition, computed the long way: what holds after a step lasts until the next one. A server
// that joins at once leaves no time uncounted.
func TestUncheckedMeasuresWhatItsDefinitionSays(t *testing.T) {
	const hosts, origins = 4, 3
	rapid.Check(t, func(t2 *rapid.T) {
		plan := drawPlan(hosts, origins).Draw(t2, "plan")
		checking, all, minority := [hosts][origins]bool{}, 0, 0
		s := play(t, NewUnchecked(Origins{Count: origins}, 5*second, 0), hosts)
		for _, p := range plan {
			for side := range s.Sides() {
				span := p.after * countUnchecked(s, side, checking[:])
				all += span
				minority += span * oneIf(s.Sides() > 1 && 2*sizeOf(s, side) < hosts)
			}
			follow(s, []step{p}, func(p step) {
				toggle := &checking[p.host][p.value]
				if *toggle = !*toggle; *toggle {
					s.emit(p.host, node.CheckBegan, p.value)
				} else {
					s.emit(p.host, node.CheckEnded, p.value)
				}
			})
			if !s.Up(p.host) {
				checking[p.host] = [origins]bool{}
			}
		}
		s.end()
		require.Equal(t2, float64(all), s.report.Metrics()["unchecked_seconds"])
		require.Equal(t2, float64(minority), s.report.Metrics()["unchecked_minority_seconds"])
	})
}

// countUnchecked counts the origins that no host of a side is checking.
func countUnchecked(s *script, side int, checking [][3]bool) (count int) {
	for origin := range 3 {
		checked := false
		for host := range checking {
			checked = checked || s.Side(node.ID(host)) == side && checking[host][origin]
		}
		count += oneIf(!checked)
	}
	return count
}

func sizeOf(s *script, side int) (servers int) {
	for host := range s.Hosts() {
		servers += oneIf(s.Side(node.ID(host)) == side)
	}
	return servers
}

func TestUncheckedAllocatesNothing(t *testing.T) {
	s := unchecked(t, 4, 100)
	change := func() {
		s.now = s.now.Add(time.Millisecond)
		s.emit(0, node.CheckBegan, 7)
		s.emit(1, node.CheckBegan, 7)
		s.emit(0, node.CheckEnded, 7)
		s.emit(1, node.CheckEnded, 7)
	}
	change()
	require.Zero(t, testing.AllocsPerRun(100, change))
}

// One operation is the change of the checker of one of 10,000 origins among 64 servers.
func BenchmarkUnchecked(b *testing.B) {
	const hosts, origins = 64, 10_000
	s := unchecked(b, hosts, origins)
	for origin := range uint32(origins) {
		s.emit(0, node.CheckBegan, origin)
	}
	b.ReportAllocs()
	b.ResetTimer()
	origin := uint32(0)
	for b.Loop() {
		s.now = s.now.Add(time.Millisecond)
		s.emit(0, node.CheckEnded, origin)
		s.emit(0, node.CheckBegan, origin)
		origin = (origin + 7919) % origins
	}
}
