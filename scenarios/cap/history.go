package cap

import (
	"butterfly/checkers"
	"butterfly/node"
	"butterfly/sim/clock"
)

// record is one operation in the history.
type record struct {
	Operation
	client int // from 0
	server node.ID
	at     clock.Time // when it was asked for
	// asked and ended number what was seen in the run: an operation is before another one if it
	// ended below where that was asked for. ended is 0 while it is under way.
	asked, ended int64
	outcome      Outcome
	result       uint64
	// spell is the time, between two changes of who reaches whom, in which it was asked for.
	spell int
	// majority: the client was on a side with most of the servers.
	majority bool
	// owed: the server was up, in reach and running, and nothing changed until the end.
	owed bool
}

// spell is a time during which nobody who is there goes, comes, stands still or is cut off.
type spell struct {
	from, to clock.Time // to is clock.Never of the present one
	asked    int64      // what was seen before it
	cut      bool       // not all servers that are up reach each other
}

// history records what clients ask for and how it ends.
type history struct {
	servers int
	records []record
	current []int // by client: the record of its last operation
	spells  []spell
	seen    int64
	stalled []int // by host: how often it stands still
}

func newHistory(servers, clients int) *history {
	return &history{
		servers: servers, current: make([]int, clients), stalled: make([]int, servers+clients),
		spells: []spell{{to: clock.Never}},
	}
}

// Watches implements [checkers.Checker].
func (h *history) Watches() checkers.Kind {
	return checkers.Event | checkers.Reachability | checkers.HostStalled | checkers.HostResumed |
		checkers.HostDown
}

// Observe implements [checkers.Checker].
func (h *history) Observe(o *checkers.Observation, view checkers.View, _ *checkers.Report) {
	h.seen++
	switch o.Kind {
	case checkers.Event:
		h.event(o, view)
		return
	case checkers.HostStalled:
		h.stalled[o.Host]++
	case checkers.HostResumed:
		h.stalled[o.Host]--
	case checkers.HostDown:
		h.stalled[o.Host] = 0
	}
	h.turn(o.At, view)
}

// turn begins another spell.
func (h *history) turn(at clock.Time, view checkers.View) {
	h.present().to = at
	h.spells = append(h.spells, spell{from: at, to: clock.Never, asked: h.seen, cut: h.cut(view)})
}

func (h *history) present() *spell { return &h.spells[len(h.spells)-1] }

func (h *history) cut(view checkers.View) bool {
	side := -1
	for server := range node.ID(h.servers) {
		switch s := view.Side(server); {
		case side < 0:
			side = s
		case s >= 0 && s != side:
			return true
		}
	}
	return false
}

func (h *history) event(o *checkers.Observation, view checkers.View) {
	client := int(o.Host) - h.servers
	switch o.Event.Kind {
	case Invoked:
		operation, server := invocation(&o.Event)
		h.current[client] = len(h.records)
		h.records = append(h.records, record{
			Operation: operation, client: client, server: server, at: o.At, asked: h.seen,
			spell: len(h.spells) - 1, majority: h.majority(o.Host, view),
			owed: h.reaches(o.Host, server, view),
		})
	case Ended:
		r := &h.records[h.current[client]]
		r.ended, r.outcome, r.result = h.seen, Outcome(o.Event.Subject), o.Event.B
		r.owed = r.owed && r.spell == len(h.spells)-1
	}
}

// majority reports whether a host is on a side with most of the servers.
func (h *history) majority(host node.ID, view checkers.View) bool {
	servers := 0
	for server := range node.ID(h.servers) {
		if view.Side(server) == view.Side(host) {
			servers++
		}
	}
	return 2*servers > h.servers
}

// reaches reports whether a client can expect a server to hear it.
func (h *history) reaches(client, server node.ID, view checkers.View) bool {
	return view.Up(server) && view.Side(server) == view.Side(client) &&
		h.stalled[client] == 0 && h.stalled[server] == 0
}

// known reports whether it is known what came of the operation.
func (r *record) known() bool { return r.ended > 0 && r.outcome == Served }
