package checkers

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
)

func TestDuplicatesFiresOnTwoCheckersAtRest(t *testing.T) {
	s := play(t, NewDuplicates(5*second, Origins{Count: 2}), 3)
	s.emit(2, node.CheckBegan, 1)
	s.emit(1, node.CheckBegan, 1)
	s.at(10 * second).heal()
	s.at(16 * second).end()
	s.broke(PropertyDuplicates, 16*second,
		"origin 1 is checked by hosts 1 and 2 of one side at 16.000s, at rest since 15.000s (5s "+
			"after 10.000s)")
	s.metric("duplicate_probe_seconds", 16)
}

func TestDuplicatesFiresOnASecondCheckerThatBeginsAtRest(t *testing.T) {
	s := play(t, NewDuplicates(5*second, Origins{Count: 1}), 3)
	s.emit(0, node.CheckBegan, 0)
	s.heal()
	s.at(5*second).emit(1, node.CheckBegan, 0)
	s.broke(PropertyDuplicates, 5*second,
		"origin 0 is checked by hosts 0 and 1 of one side at 5.000s, at rest since 5.000s (5s "+
			"after 0.000s)")
}

func TestDuplicatesMayLastUntilRestBegins(t *testing.T) {
	for end, broken := range map[time.Duration]int{-1: 0, +1: 1} {
		s := play(t, NewDuplicates(5*second, Origins{Count: 1}), 2)
		s.emit(0, node.CheckBegan, 0)
		s.emit(1, node.CheckBegan, 0)
		s.heal()
		s.at(5*second+end).emit(1, node.CheckEnded, 0)
		s.at(9 * second).end()
		require.Equal(t, broken, s.report.Broken(PropertyDuplicates),
			"ended %dns after the bound", end)
	}
}

func TestDuplicatesMeasuresOverlapPerSide(t *testing.T) {
	s := play(t, NewDuplicates(5*second, Origins{Count: 3}), 4)
	s.at(1*second).emit(0, node.CheckBegan, 0)
	s.at(2*second).emit(1, node.CheckBegan, 0)
	s.at(3*second).emit(2, node.CheckBegan, 0) // a third changes nothing
	s.at(4*second).emit(2, node.CheckEnded, 0)
	s.at(5*second).emit(1, node.CheckEnded, 0) // 3 s from 2 to 5
	s.at(10*second).emit(3, node.CheckBegan, 0)
	s.at(11*second).cut(1, 2, 3) // 1 s from 10 to 11
	s.at(15*second).emit(2, node.CheckBegan, 0)
	s.at(17 * second).down(3) // 2 s from 15 to 17
	s.at(20 * second).join()  // hosts 0 and 2 overlap
	s.at(21 * second).down(0) // 1 s from 20 to 21
	s.at(30 * second).end()
	s.clean()
	s.metric("duplicate_probe_seconds", 7)
}

func TestDuplicatesCountsAnAnnouncementOnce(t *testing.T) {
	s := play(t, NewDuplicates(5*second, Origins{Count: 1}), 2)
	s.emit(0, node.CheckBegan, 0, 0)
	s.emit(0, node.CheckBegan, 0, 1) // the same checker at another rank
	s.at(3*second).emit(0, node.CheckEnded, 0)
	s.emit(0, node.CheckEnded, 0)
	s.at(9 * second).end()
	s.metric("duplicate_probe_seconds", 0)
}

func TestDuplicatesMeasuresTheProbeRate(t *testing.T) {
	s := play(t, NewDuplicates(5*second, Origins{Count: 4}), 2)
	for i := range uint32(20) {
		s.probe(0, i%4)
	}
	s.at(10 * second).end()
	s.metric("probes_total", 20)
	s.metric("probes_per_origin_second", 0.5) // 20 probes of 4 origins in 10 s
}

// The definition, computed the long way: what holds after a step lasts until the next one.
func TestDuplicatesMeasuresWhatItsDefinitionSays(t *testing.T) {
	const hosts, origins = 4, 3
	rapid.Check(t, func(t2 *rapid.T) {
		plan := drawPlan(hosts, origins).Draw(t2, "plan")
		checking, originSeconds := [hosts][origins]bool{}, 0
		s := play(t, NewDuplicates(5*second, Origins{Count: origins}), hosts)
		for _, p := range plan {
			originSeconds += p.after * countDoubled(s, checking[:])
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
		require.Equal(t2, float64(originSeconds), s.report.Metrics()["duplicate_probe_seconds"])
	})
}

// countDoubled counts the pairs of side and origin that two or more hosts are checking.
func countDoubled(s *script, checking [][3]bool) (doubled int) {
	for side := range s.Sides() {
		for origin := range 3 {
			count := 0
			for host := range checking {
				if s.Side(node.ID(host)) == side && checking[host][origin] {
					count++
				}
			}
			if count > 1 {
				doubled++
			}
		}
	}
	return doubled
}
