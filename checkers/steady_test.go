package checkers

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// groupCheckers returns each checker of group membership, with bounds that nothing breaks.
func groupCheckers() map[string]Checker {
	return map[string]Checker{
		"membership": NewMembership(900 * second), "transitions": NewTransitions(),
		"probe gaps": NewProbeGaps(), "detection": NewDetection(900 * second),
		"accusations": NewAccusations(0), "slow": NewSlow([]node.ID{1}, 0),
		"healing": NewHealing(second, 0), "spread": NewSpread(second, 0), "group": NewGroup(),
	}
}

// playFounders starts hosts that all hold each other alive.
func playFounders(t testing.TB, checker Checker, hosts int) *script {
	s := play(t, checker, hosts)
	for host := range node.ID(hosts) {
		s.emit(host, node.Founded, uint32(host), uint64(hosts))
	}
	s.emit(0, node.Described, 0, 1, 0xaa)
	return s
}

// live makes every host probe the next, and one accuse another that refutes.
func live(s *script, incarnation uint64) {
	hosts := uint32(s.Hosts())
	for host := range hosts {
		for step := range hosts - 1 {
			s.emit(node.ID(host), node.MemberProbed, (host+step+1)%hosts)
		}
	}
	s.emit(0, node.ProbeFailed, 1, 1)
	s.emit(0, node.MemberSuspect, 1, incarnation)
	s.emit(1, node.Refuted, 1, incarnation+1)
	s.emit(0, node.MemberAlive, 1, incarnation+1)
	s.emit(2, node.MemberAlive, 1, incarnation+1)
}

func TestCheckersOfGroupsAcceptAPlainLife(t *testing.T) {
	for name, checker := range groupCheckers() {
		s := playFounders(t, checker, 4)
		for round := range uint64(20) {
			live(s, round)
		}
		require.Empty(t, s.report.Violations(), name)
	}
}

// What the checkers see of every event must not cost the run its speed. Transitions has one entry
// more for every new incarnation, and no other has anything.
func TestCheckersOfGroupsAllocateNothing(t *testing.T) {
	for name, checker := range groupCheckers() {
		s := playFounders(t, checker, 4)
		incarnation := uint64(0)
		for ; incarnation < 2000; incarnation++ { // so that growing its map is rare
			live(s, incarnation)
		}
		require.Zero(t, testing.AllocsPerRun(100, func() {
			live(s, incarnation)
			incarnation++
		}), name)
	}
}

func BenchmarkProbedAmong1000(b *testing.B) {
	const hosts = 1000
	for name, checker := range groupCheckers() {
		b.Run(name, func(b *testing.B) {
			s := playFounders(b, checker, hosts)
			b.ReportAllocs()
			b.ResetTimer()
			probe := uint32(0)
			for b.Loop() {
				prober, step := probe%hosts, 1+probe/hosts%(hosts-1)
				s.emit(node.ID(prober), node.MemberProbed, (prober+step)%hosts)
				probe++
			}
			require.Empty(b, s.report.Violations())
		})
	}
}
