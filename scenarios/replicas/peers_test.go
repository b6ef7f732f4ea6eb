package replicas

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/sim/clock"
)

// at is so many seconds from the start of the run.
func at(seconds int) clock.Time { return clock.At(time.Duration(seconds) * time.Second) }

// list returns who the peers are at a moment.
func (p *peers) list(now clock.Time) (all []node.ID) {
	p.look(now)
	for i := range p.Count() {
		all = append(all, p.Peer(i))
	}
	return all
}

func TestAllOthersArePeers(t *testing.T) {
	for self, want := range [][]node.ID{{1, 2, 3}, {0, 2, 3}, {0, 1, 3}, {0, 1, 2}} {
		p := newPeers(node.ID(self), 4, nil)
		require.Equal(t, want, p.list(0))
	}
	alone := newPeers(0, 1, nil)
	require.Empty(t, alone.list(0))
}

// "Hosts do not count the other servers among their peers, nor the others them."
func TestAnAbsencePartsTheServers(t *testing.T) {
	away := []Absence{
		{Hosts: []node.ID{1, 2}, From: at(10), To: at(20)},
		{Hosts: []node.ID{3}, From: at(15), To: clock.Never},
	}
	inside, outside, gone := newPeers(1, 5, away), newPeers(0, 5, away), newPeers(3, 5, away)
	require.Equal(t, []node.ID{0, 2, 3, 4}, inside.list(at(10)-1))
	require.Equal(t, []node.ID{2}, inside.list(at(10)))
	require.Equal(t, []node.ID{0, 2, 4}, inside.list(at(20)))

	require.Equal(t, []node.ID{1, 2, 3, 4}, outside.list(0))
	require.Equal(t, []node.ID{3, 4}, outside.list(at(14)))
	require.Equal(t, []node.ID{4}, outside.list(at(15)))
	require.Equal(t, []node.ID{1, 2, 4}, outside.list(at(1000)))

	require.Equal(t, []node.ID{0, 4}, gone.list(at(12)))
	require.Empty(t, gone.list(at(15)), "it counts nobody, and still runs")
	require.Empty(t, gone.list(at(1000)))
}

// Whoever looks and when: a server counts another if and only if no absence in force has one of the
// two and not the other. The plan is drawn, and then walked through in time.
func TestPeersAreWhoIsOnTheSameSideOfEveryAbsence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const hosts, end = 6, 30
		absences := rapid.SliceOfN(rapid.Custom(drawAbsence), 0, 4).Draw(t, "absences")
		self := node.ID(rapid.IntRange(0, hosts-1).Draw(t, "self"))
		p := newPeers(self, hosts, absences)
		for second := range end {
			var want []node.ID
			for host := range node.ID(hosts) {
				if host != self && sameSide(absences, self, host, at(second)) {
					want = append(want, host)
				}
			}
			require.Equal(t, want, p.list(at(second)), "second %d", second)
		}
	})
}

func drawAbsence(t *rapid.T) Absence {
	var hosts []node.ID
	for host := range node.ID(6) {
		if rapid.Bool().Draw(t, "in") {
			hosts = append(hosts, host)
		}
	}
	from := rapid.IntRange(0, 25).Draw(t, "from")
	return Absence{hosts, at(from), at(from + rapid.IntRange(1, 10).Draw(t, "for"))}
}

func sameSide(absences []Absence, a, b node.ID, now clock.Time) bool {
	for i := range absences {
		inForce := absences[i].From <= now && now < absences[i].To
		if inForce && absences[i].has(a) != absences[i].has(b) {
			return false
		}
	}
	return true
}
