package raft

import (
	"time"

	"butterfly/node"
	"butterfly/scenarios/rivals/raft/voter"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// leadership is what a server that votes has besides: the log, and while it leads the sessions of
// all servers.
//
// Invariant: a server that the log says takes part and that is not dismissed is granted a lease
// only by the one leader, and only if the log has told that leader all that came before: so a lease
// is over before the log says that the server does not take part any more.
type leadership struct {
	config *Config
	voter  *voter.Voter
	ledger ledger

	leads     bool
	heard     []clock.Time // by server: when it last polled; at least when this term of office began
	dismissed []bool       // by server: it is to be parted, and the log does not say so yet
	command   []byte
}

func newLeadership(s *Server, luck rng.Rand) *leadership {
	l := &leadership{
		config: &s.config, heard: make([]clock.Time, s.config.Servers),
		dismissed: make([]bool, s.config.Servers),
		ledger:    ledger{config: &s.config.Config, keep: s.log.Keep},
	}
	l.voter = voter.New(s.log, s.self, &l.ledger, luck)
	return l
}

// inOffice reports whether this server leads for sure. A term of office begins with everybody
// having been heard of: no earlier leader's leases are cut short.
func (l *leadership) inOffice(now clock.Time) bool {
	before := l.leads
	l.leads = l.voter.Leads(now)
	if l.leads && !before {
		for server := range l.heard {
			l.heard[server], l.dismissed[server] = now, false
		}
	}
	return l.leads
}

// polled answers a poll.
func (l *leadership) polled(
	now clock.Time, from node.ID, request, reply *Message, out *effects,
) {
	if int(from) >= len(l.heard) || !l.inOffice(now) {
		reply.Kind, reply.Leader = Denied, l.voter.Leader()
		return
	}
	l.heard[from] = now
	l.propose(now, from, request.Body, out)
	l.dismissed[from] = l.dismissed[from] && l.ledger.servers[from]
	if !l.ledger.servers[from] || l.dismissed[from] {
		reply.Kind, reply.Leader = Denied, l.voter.Leader()
		return
	}
	reply.Kind, reply.Index = Granted, l.ledger.index
	whole := false
	if reply.Body, whole = l.ledger.tell(request.Index, reply.Body); whole {
		reply.Kind = GrantedWhole
	}
}

// propose puts into the log what a server wants to be there and what it is there for: that it takes
// part.
func (l *leadership) propose(now clock.Time, from node.ID, body []byte, out *effects) {
	l.command = l.command[:0]
	add := func(c change) {
		if l.ledger.fits(c) && !l.ledger.has(c) {
			l.command = appendChange(l.command, c)
		}
	}
	add(change{what: joined, number: uint32(from)})
	eachChange(body, func(c change) {
		if c.what == found || c.what == registered {
			add(c)
		}
	})
	if len(l.command) > 0 {
		l.voter.Propose(now, l.command, letters{out})
	}
}

// dismiss has servers parted that have been silent for too long.
func (l *leadership) dismiss(now clock.Time, out *effects) {
	if !l.inOffice(now) {
		return
	}
	l.command = l.command[:0]
	for server, takes := range l.ledger.servers {
		expired := now.Sub(l.heard[server]) > l.config.Session
		l.dismissed[server] = takes && (l.dismissed[server] || expired)
		if l.dismissed[server] {
			l.command = appendChange(l.command, change{what: parted, number: uint32(server)})
		}
	}
	if len(l.command) > 0 {
		l.voter.Propose(now, l.command, letters{out})
	}
}

// glance is how often a leader looks for servers that are silent.
const glance = 500 * time.Millisecond

func (l *leadership) lookAgain(now clock.Time, out *effects) {
	out.Alarm(timerSessions, now.Add(glance))
}
