package replicas

import (
	"slices"

	"butterfly/node"
	"butterfly/sim/clock"
)

// Absence is a time during which Hosts do not count the other servers among their peers, nor the
// others them: what a failure detector would say of those who are cut off or down. It need not be
// right.
type Absence struct {
	Hosts []node.ID // ascending
	From  clock.Time
	To    clock.Time // [clock.Never] for good
}

func (a *Absence) has(host node.ID) bool {
	_, found := slices.BinarySearch(a.Hosts, host)
	return found
}

// peers are who one server gossips with: all others, but for those who are away.
type peers struct {
	self     node.ID
	hosts    int
	absences []Absence
	away     []node.ID  // from this server, and itself; ascending, each once
	changes  clock.Time // until when that holds
}

func newPeers(self node.ID, hosts int, absences []Absence) peers {
	return peers{self: self, hosts: hosts, absences: absences}
}

// look takes note of who is away now.
func (p *peers) look(now clock.Time) {
	if now < p.changes {
		return
	}
	p.away, p.changes = append(p.away[:0], p.self), clock.Never
	for i := range p.absences {
		a := &p.absences[i]
		switch {
		case now < a.From:
			p.changes = min(p.changes, a.From)
		case now < a.To:
			p.changes = min(p.changes, a.To)
			p.leaveOut(a)
		}
	}
	slices.Sort(p.away)
	p.away = slices.Compact(p.away)
}

// leaveOut adds those who are on the other side of an absence.
func (p *peers) leaveOut(a *Absence) {
	if !a.has(p.self) {
		p.away = append(p.away, a.Hosts...)
		return
	}
	for host := range node.ID(p.hosts) {
		if !a.has(host) {
			p.away = append(p.away, host)
		}
	}
}

// Count implements [gossip.Peers].
func (p *peers) Count() int { return p.hosts - len(p.away) }

// Peer implements [gossip.Peers].
func (p *peers) Peer(i int) node.ID {
	peer := node.ID(i)
	for _, away := range p.away {
		if away <= peer {
			peer++
		}
	}
	return peer
}
