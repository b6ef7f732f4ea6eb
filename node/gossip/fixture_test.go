package gossip

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/crdt"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

type (
	message = Message[uint32, uint64]
	effects = node.Out[message]
)

// sink puts what a gossip asks for among the effects of its server.
type sink struct{ *effects }

func (s sink) Alarm(at clock.Time) { s.effects.Alarm(0, at) }

// roster is a list of peers that the test may change.
type roster []node.ID

func (r *roster) Count() int         { return len(*r) }
func (r *roster) Peer(i int) node.ID { return (*r)[i] }

// everyoneBut returns servers 0 to count-1 without self.
func everyoneBut(self node.ID, count int) *roster {
	r := &roster{}
	for id := range node.ID(count) {
		if id != self {
			*r = append(*r, id)
		}
	}
	return r
}

// watched is a map that notes what it is told to collect.
type watched struct {
	*crdt.Map[uint32, uint64]
	collected []crdt.VersionVector
	unwatched bool
}

func (w *watched) Collect(stable *crdt.VersionVector) {
	if !w.unwatched {
		w.collected = append(w.collected, stable.Clone())
	}
	w.Map.Collect(stable)
}

// server is one life of a server that gossips a map.
type server struct {
	*Gossip[uint32, uint64]
	id      node.ID
	store   *watched
	roster  *roster
	out     effects
	alarm   clock.Time
	changed []uint32
}

// begin starts life boot of server id of a group of count.
func begin(t testing.TB, config Config, id node.ID, boot uint64, count int) *server {
	t.Helper()
	require.NoError(t, config.Validate())
	s := &server{id: id, roster: everyoneBut(id, count), alarm: clock.Never}
	s.store = &watched{Map: newMap(crdt.NewActor(id, boot))}
	rand := rng.Stream(boot, "gossip", uint64(id))
	s.Gossip = New(config, s.store, s.roster, rand, func(key uint32) {
		s.changed = append(s.changed, key)
	})
	s.Start(0, sink{&s.out})
	s.alarm, _ = s.out.Alarmed(0)
	s.out.Reset()
	return s
}

func newMap(self crdt.Actor) *crdt.Map[uint32, uint64] {
	return crdt.New(self, crdt.Config[uint32, uint64]{
		KeyHash:   func(key uint32) uint64 { return uint64(key) },
		ValueHash: func(value uint64) uint64 { return value + 1 },
		Priority:  func(_ uint32, writer node.ID) uint64 { return uint64(writer) },
	})
}

// seen returns what the server has seen.
func (s *server) seen() (c crdt.CausalContext) {
	s.store.Context(&c)
	return c
}

// round begins a round and takes its effects: the calls that are now outstanding.
func (s *server) round(now clock.Time) []node.Call[message] {
	s.Wake(now, sink{&s.out})
	return s.take()
}

// take takes the calls that the server asked for.
func (s *server) take() []node.Call[message] {
	calls := s.out.Calls
	if at, set := s.out.Alarmed(0); set {
		s.alarm = at
	}
	s.out = effects{}
	return calls
}

// group are servers whose calls are carried out at once. lines tells what was said.
type group struct {
	t     testing.TB
	now   clock.Time
	all   []*server
	lines []string
	reply message
}

func newGroup(t testing.TB, config Config, count int) *group {
	g := &group{t: t}
	for id := range node.ID(count) {
		g.all = append(g.all, begin(t, config, id, 1, count))
	}
	return g
}

// round lets one server begin a round and plays its contacts to their end.
func (g *group) round(id int) {
	s := g.all[id]
	s.Wake(g.now, sink{&s.out})
	for len(s.out.Calls) > 0 {
		calls := s.take()
		for i := range calls {
			g.carryOut(s, &calls[i])
		}
	}
}

// carryOut plays one call.
func (g *group) carryOut(s *server, c *node.Call[message]) {
	g.note(s.id, c.To, &c.Message)
	g.reply.Reset()
	served := g.all[c.To].Serve(g.now, s.id, &c.Message, &g.reply)
	require.True(g.t, served)
	g.note(c.To, s.id, &g.reply)
	s.Returned(g.now, c.To, c.ID, &g.reply, sink{&s.out})
}

var kindNames = map[Kind]string{
	Pull: "pull", Offer: "offer", Exchange: "exchange", Answer: "answer", Push: "push",
}

// note adds a line of what was said: the kind, how many entries, and whether something is lacking.
func (g *group) note(from, to node.ID, m *message) {
	line := fmt.Sprintf("%d->%d %s", from, to, kindNames[m.Kind])
	if m.brings() {
		line += fmt.Sprintf(" +%d", len(m.Delta.Entries))
	}
	if m.Lacks {
		line += " lacks"
	}
	g.lines = append(g.lines, line)
}

// told returns the lines noted since the last time.
func (g *group) told() []string {
	lines := g.lines
	g.lines = nil
	return lines
}

// aligned is the configuration of most tests.
func aligned(mode Mode) Config {
	config := DefaultConfig()
	config.Mode, config.Timer = mode, Aligned
	return config
}

const second = time.Second
