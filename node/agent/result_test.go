package agent

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/node/crdt"
	"butterfly/node/gossip"
	"butterfly/node/health"
	"butterfly/node/origin"
	"butterfly/node/swim"
	"butterfly/node/wire"
)

// written is one concurrent result of origin 3.
type written struct {
	writer node.ID
	boot   uint64
	status health.Status
}

func (w written) actor() crdt.Actor { return crdt.NewActor(w.writer, w.boot) }

// take brings concurrent results of origin 3 to a server, in one push.
func (h *hands) take(s *hand, results ...written) {
	m := &wire.Message{Kind: wire.Gossip}
	m.Gossip.Kind = gossip.Push
	d := &m.Gossip.Delta
	var siblings []Sibling
	slices.SortFunc(results, func(a, b written) int { return cmp.Compare(a.actor(), b.actor()) })
	d.From = results[0].actor()
	for _, r := range results {
		dot := crdt.Dot{Actor: r.actor(), Seq: 1}
		d.Versions.Advance(dot)
		siblings = append(siblings, Sibling{Dot: dot, Value: origin.Value(r.status)})
	}
	d.Append(origin.Result(3), d.Versions, siblings)
	var reply wire.Message
	require.True(h.t, s.Serve(h.now, 1, m, &reply, &s.out))
	for _, sibling := range siblings {
		require.True(h.t, s.store.Versions().Covers(sibling.Dot), "the news was refused")
	}
}

// believing returns a server that has just started, knows the two others of this life, and believes
// nothing. Of the two the first outranks the second for origin 3.
func believing(t *testing.T) (h *hands, s *hand, first, second node.ID) {
	h = newHands(t, 3, 5)
	s = h.start(0)
	first, second = 1, 2
	if p := h.config.Placement; p.Score(3, first) < p.Score(3, second) {
		first, second = second, first
	}
	h.hear(s, node.MemberAlive, first)
	h.hear(s, node.MemberAlive, second)
	s.out.Reset()
	return h, s, first, second
}

// lifeHere is the generation in which the others live.
const lifeHere = 100

// hear lets swim tell a server what became of another.
func (h *hands) hear(s *hand, kind node.EventKind, id node.ID) {
	s.begin(h.now, &s.out)
	s.passMember(&node.Event{
		Kind: kind, Subject: uint32(id), A: lifeHere << 20,
	})
	s.settle()
}

// believed returns the last belief about origin 3 that the effects announce.
func (s *hand) believed() (status health.Status, announced bool) {
	for _, e := range s.out.Events {
		if e.Kind == node.Believed && e.Subject == 3 {
			status, announced = health.Status(e.A), true
		}
	}
	return status, announced
}

// "So what the dead wrote, or an earlier life of the living, never hides what a live checker has
// found": though both rank higher.
func TestTheDeadDoNotHideWhatTheLivingFound(t *testing.T) {
	require.Equal(t, uint64(lifeHere), swim.Incarnation(lifeHere<<20).Generation())
	h, s, first, second := believing(t)
	h.take(s, written{first, 9, health.Unhealthy}, written{second, lifeHere, health.Healthy})
	status, announced := s.believed()
	require.True(t, announced)
	require.Equal(t, health.Healthy, status)

	s.out.Reset()
	h.hear(s, node.MemberDead, second)
	_, announced = s.believed()
	require.False(t, announced, "nobody stands for either, so what was believed stays")
	require.Equal(t, health.Healthy, s.checks.Status(3), "and is where the checks would begin")

	h.hear(s, node.MemberAlive, second)
	require.Equal(t, health.Healthy, s.Status(3), "it is back in that life")
	require.Len(t, s.contested.origins, 1)
	h.checkReadings()
}

// "Of this server it is always the one it lives: while it leaves, it stands for what it finds."
func TestWhoLeavesStandsForWhatItFinds(t *testing.T) {
	h := newHands(t, 3, 5)
	h.config.Placement = NewPlacementBy(3, 5, func(_ uint32, id node.ID) uint64 { return uint64(id) })
	s := h.start(0)
	s.begin(h.now, &s.out)
	s.put(origin.Result(3), origin.Value(health.Healthy))
	s.settle()
	h.take(s, written{2, 9, health.Unhealthy})
	require.Equal(t, health.Healthy, s.Status(3))
	s.Leave(h.now, &s.out)
	require.Positive(t, len(s.out.Events))
	require.Equal(t, health.Healthy, s.Status(3))
	h.hear(s, node.MemberAlive, 1)
	require.Equal(t, health.Healthy, s.Status(3))
}

// "A result that says that its writer cannot probe is a claim that covers nothing, and no reason to
// believe anything else than before."
func TestWhoCannotProbeChangesNoBelief(t *testing.T) {
	h, s, first, second := believing(t)
	h.take(s, written{first, lifeHere, health.Unable})
	_, announced := s.believed()
	require.False(t, announced)
	require.Equal(t, health.Unknown, s.Status(3))

	h.take(s, written{second, lifeHere, health.Unhealthy})
	status, _ := s.believed()
	require.Equal(t, health.Unhealthy, status, "it does not hide what another found either")
	require.Equal(t, health.Unhealthy, s.Status(3))
}

// "A server that is cut off, to which all others seem to die one by one, does not come to believe
// what the last of them found long ago."
func TestADeathIsNoNewsOfOrigins(t *testing.T) {
	h, s, first, second := believing(t)
	h.take(s, written{first, lifeHere, health.Healthy}, written{second, lifeHere, health.Unhealthy})
	require.Equal(t, health.Healthy, s.Status(3))
	h.hear(s, node.MemberDead, first)
	require.Equal(t, second, s.claim(3).Claimant, "who checks now")
	require.Equal(t, health.Healthy, s.Status(3))
	require.Equal(t, health.Healthy, s.checks.Status(3))

	h.take(s, written{first, lifeHere + 1, health.Unhealthy})
	require.Equal(t, health.Unhealthy, s.Status(3), "news")
}

// "It writes it again when the map has results of others beside it": what another found long ago,
// and checks no more, is not to be believed as soon as this server is gone.
func TestWhoChecksOverrulesTheResultsOfOthers(t *testing.T) {
	h := newHands(t, 3, 5)
	h.config.Placement = NewPlacementBy(3, 5, func(_ uint32, id node.ID) uint64 {
		return uint64(3 - id)
	})
	s := h.start(0)
	h.advance(h.config.JoinGrace + h.interval())
	require.Equal(t, health.Healthy, s.Status(3), "by its own probes: it ranks first")
	h.hear(s, node.MemberAlive, 1)
	h.take(s, written{1, lifeHere, health.Unhealthy})
	require.Len(t, s.store.AppendSiblings(nil, origin.Result(3)), 2)
	h.advance(12 * h.interval())
	result, _ := s.result(3)
	require.Equal(t, s.Actor(), result.Dot.Actor)
	require.Len(t, s.siblings, 1)
	written := result.Dot.Seq
	h.advance(12 * h.interval())
	result, _ = s.result(3)
	require.Equal(t, written, result.Dot.Seq, "once is enough")
}

// lose brings a server a removal of the result that a writer of this life wrote.
func (h *hands) lose(s *hand, writer node.ID) {
	m := &wire.Message{Kind: wire.Gossip}
	m.Gossip.Kind = gossip.Push
	d := &m.Gossip.Delta
	actor := written{writer: writer, boot: lifeHere}.actor()
	d.From = actor
	d.Versions.Advance(crdt.Dot{Actor: actor, Seq: 2})
	d.Append(origin.Result(3), d.Versions, nil)
	var reply wire.Message
	require.True(h.t, s.Serve(h.now, 1, m, &reply, &s.out))
}

// "Neither it nor the loss of a result is a reason to believe anything else than before": who takes
// the origin over asks for as many successes as it takes to recover (HAProxy's default rise of 2).
func TestTheLossOfAResultChangesNoBelief(t *testing.T) {
	h, s, first, second := believing(t)
	h.take(s, written{first, lifeHere, health.Unhealthy})
	h.lose(s, first)
	require.False(t, s.holds())
	require.Equal(t, health.Unhealthy, s.Status(3))

	h.hear(s, node.MemberDead, first)
	h.hear(s, node.MemberDead, second)
	h.advance(h.config.JoinGrace)
	require.True(t, s.checks.Checking(3))
	require.Equal(t, health.Unhealthy, s.checks.Status(3))
	h.advance(h.interval())
	require.Equal(t, 1, s.probed[3])
	require.Equal(t, health.Unhealthy, s.Status(3))
	h.advance(h.interval())
	require.Equal(t, health.Healthy, s.Status(3))
}

// What was believed of an origin that is not to be checked any more is forgotten everywhere.
func TestARegistrationBeginsWithoutABelief(t *testing.T) {
	h, s, first, second := believing(t)
	h.take(s, written{first, lifeHere, health.Unhealthy})
	h.lose(s, first)
	h.hear(s, node.MemberDead, first)
	h.hear(s, node.MemberDead, second)
	h.advance(h.config.JoinGrace)
	require.Equal(t, health.Unhealthy, s.checks.Status(3))
	s.Unregister(h.now, 3, &s.out)
	s.Register(h.now, 3, 0, &s.out)
	require.True(t, s.checks.Checking(3))
	require.Equal(t, health.Unknown, s.Status(3))
	require.Equal(t, health.Unknown, s.checks.Status(3))
}

// "Believed: [...] Before the first one it knows nothing of the origin" (package node), and nothing
// is announced that is believed already.
func TestOnlyChangesOfBeliefAreAnnounced(t *testing.T) {
	h, s, first, second := believing(t)
	h.take(s, written{second, lifeHere, health.Healthy})
	s.out.Reset()
	h.take(s, written{first, lifeHere, health.Healthy})
	_, announced := s.believed()
	require.False(t, announced)
}

// "the one counts whose writer ranks first for the origin, of those writers that stand for what
// they wrote [...]. Only if there is none do the others count." Of two lives of a writer the later
// ranks first.
func TestReadingFollowsItsRule(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		results := rapid.SliceOfNDistinct(anyWritten, 1, 5, written.actor).Draw(rt, "results")
		h, s, first, second := believing(t)
		gone := rapid.SampledFrom([]node.ID{first, second, node.Nobody}).Draw(rt, "gone")
		if gone != node.Nobody {
			h.hear(s, node.MemberDead, gone)
		}
		h.take(s, results...)
		score := func(w written) uint64 { return h.config.Placement.Score(3, w.writer) }
		order := func(a, b written) int {
			return cmp.Or(
				cmp.Compare(b.stands(gone), a.stands(gone)),
				cmp.Compare(score(b), score(a)),
				cmp.Compare(b.boot, a.boot))
		}
		best := slices.MinFunc(results, order)
		require.Equal(rt, health.Claim{
			Claimant: best.writer, Generation: best.boot, Status: best.status,
			Contested: len(results) > 1,
		}, s.claim(3))
	})
}

// "a tie goes to the later one, as in the map itself" (store.go): where nobody is preferred, what
// is read is what the map reads.
func TestReadingWithoutPreferenceIsTheMapsOwn(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h, s, _, _ := believing(t)
		h.take(s, rapid.SliceOfNDistinct(anyWritten, 1, 5, written.actor).Draw(rt, "results")...)
		own, found := s.Store().(*crdt.Map[uint32, origin.Value]).Get(origin.Result(3))
		require.True(rt, found)
		require.Equal(rt, own, *s.read(origin.Result(3), func(*Sibling) bool { return false }))
	})
}

var anyWritten = rapid.Custom(func(t *rapid.T) written {
	return written{
		writer: node.ID(rapid.IntRange(1, 2).Draw(t, "writer")),
		boot:   rapid.SampledFrom([]uint64{8, 9, lifeHere}).Draw(t, "boot"),
		status: health.Status(rapid.IntRange(1, 3).Draw(t, "status")),
	}
})

// stands is 1 if the writer stands for what it wrote.
func (w written) stands(gone node.ID) int {
	if w.status != health.Unable && w.boot == lifeHere && w.writer != gone {
		return 1
	}
	return 0
}
