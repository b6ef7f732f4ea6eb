package agent

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/crdt"
	"butterfly/node/gossip"
	"butterfly/node/health"
	"butterfly/node/origin"
	"butterfly/node/swim"
	"butterfly/node/wire"
)

// "Delta of an Answer: what the request's Seen does not cover; absent if that is nothing" (package
// gossip).
func TestPullBringsWhatIsMissing(t *testing.T) {
	h := newHands(t, 2, 50)
	a := h.start(0)
	h.advance(20 * time.Second)
	b := h.start(1)
	h.requireStatus(b, health.Unknown)
	h.advance(2 * h.config.Gossip.Period)
	h.requireStatus(b, health.Healthy)
	h.advance(20 * time.Second)
	require.Equal(t, a.Digest(), b.Digest())

	var request, reply wire.Message
	request.Kind, request.Gossip.Kind = wire.Gossip, gossip.Pull
	b.store.Context(&request.Gossip.Seen)
	require.True(t, a.Serve(h.now, 1, &request, &reply, &a.out))
	require.Equal(t, wire.Message{
		Kind: wire.Gossip, Gossip: gossipMessage{Kind: gossip.Answer},
	}, reply, "nothing is missing")

	b.begin(h.now, &b.out)
	b.put(origin.Result(7), origin.Value(health.Unhealthy))
	b.settle()
	reply.Reset()
	require.True(t, b.Serve(h.now, 0, &request, &reply, &b.out))
	require.Len(t, reply.Gossip.Delta.Entries, 1)
	require.Equal(t, origin.Result(7), reply.Gossip.Delta.Entries[0].Key)
}

// swim and the gossip number their calls apart: the end of one is not taken for that of the other.
func TestCallsOfTheGossipAreMarked(t *testing.T) {
	a, call := pulling(t)
	require.NotZero(t, call.ID&gossipCall)
	a.Returned(a.now, 1, call.ID&^gossipCall, nil, node.Timeout, &a.out)
	a.Wake(a.now, timerGossip, &a.out)
	require.Empty(t, a.out.Calls, "the pull is still under way")
	a.Returned(a.now, 1, call.ID, nil, node.Timeout, &a.out)
	a.Wake(a.now, timerGossip, &a.out)
	require.Len(t, a.out.Calls, 1)
}

// pulling returns a server with a pull outstanding to server 1, whose answer the test makes up.
func pulling(t *testing.T) (*hand, node.Call[wire.Message]) {
	h := newHands(t, 2, 5)
	h.startAll()
	a := h.all[0]
	a.Wake(h.now, timerGossip, &a.out)
	require.Len(t, a.out.Calls, 1)
	call := a.out.Calls[0]
	require.Equal(t, gossip.Pull, call.Message.Gossip.Kind)
	require.Equal(t, node.ID(1), call.To)
	require.Equal(t, a.config.Gossip.Timeout, call.Timeout)
	a.out.Reset()
	return a, call
}

// answer makes up an answer with one result.
func answer(o uint32, writer node.ID, status health.Status) *wire.Message {
	return answerWith(origin.Result(o), writer, origin.Value(status))
}

// answerWith makes up an answer with one entry, by a life of the writer that nobody has met.
func answerWith(key uint32, writer node.ID, value origin.Value) *wire.Message {
	dot := crdt.Dot{Actor: crdt.NewActor(writer, 9), Seq: 1}
	m := &wire.Message{Kind: wire.Gossip}
	m.Gossip.Kind = gossip.Answer
	m.Gossip.Delta.Versions = crdt.VersionVector{dot}
	m.Gossip.Delta.Append(key, []crdt.Dot{dot}, []Sibling{{Dot: dot, Value: value}})
	return m
}

// "Its Since does not travel: the puller knows what it asked" (package wire). So it does not count.
func TestAnswerIsMerged(t *testing.T) {
	a, call := pulling(t)
	reply := answer(3, 1, health.Unhealthy)
	reply.Gossip.Delta.Since.Vector = crdt.VersionVector{{Actor: crdt.NewActor(1, 7), Seq: 1000}}
	a.Returned(a.now, 1, call.ID, reply, node.OK, &a.out)
	_, found := a.result(3)
	require.True(t, found)
	require.Contains(t, *a.store.Versions(), crdt.Dot{Actor: crdt.NewActor(1, 9), Seq: 1})
	require.Contains(t, a.out.Events, node.Event{
		Kind: node.MapChanged, A: a.store.VersionHash(), B: a.store.StateHash(),
	})
}

// "The status that its checker found, 0 to 3 (health.Status)" (package origin): what may stand
// under the key of a result is what the checks may have found.
func TestTheMapHasRoomForEveryStatus(t *testing.T) {
	require.Equal(t, origin.Value(health.Unable), origin.Highest(origin.Result(0)))
	require.Equal(t, "status?", (health.Unable + 1).String(), "it is the highest")
}

// A peer is trusted to tell the truth and not to be sane: an answer of another form, or about
// servers and origins that do not exist, is refused as a whole.
func TestNonsensicalAnswersAreRefused(t *testing.T) {
	broken := answer(3, 1, health.Healthy)
	broken.Gossip.Delta.Versions[0].Seq = 0
	foreign := answer(3, 1, health.Healthy)
	foreign.Gossip.Delta.Entries[0].Siblings[0].Dot.Actor = crdt.NewActor(1, 8)
	stranger := crdt.Dot{Actor: crdt.NewActor(2, 9), Seq: 1}
	unheard, removed := answer(3, 1, health.Healthy), answer(3, 1, health.Healthy)
	unheard.Gossip.Delta.Versions.Advance(stranger)
	removed.Gossip.Delta.Append(4, []crdt.Dot{stranger}, nil)
	for name, reply := range map[string]*wire.Message{
		"another message":       {Kind: wire.Swim},
		"no message":            {},
		"status of no meaning":  answer(3, 1, health.Unable+1),
		"unknown definition":    answerWith(origin.Registration(3), 1, origin.By(1)),
		"unknown registration":  answerWith(origin.Registration(5), 1, origin.By(0)),
		"unknown origin":        answer(5, 1, health.Healthy),
		"no origin at all":      answer(origin.MaxOrigins-1, 1, health.Healthy),
		"unknown server":        answer(3, 2, health.Healthy),
		"one without records":   unheard,
		"one that removed":      removed,
		"dot beyond versions":   broken,
		"sibling without a dot": foreign,
	} {
		a, call := pulling(t)
		before := a.Digest()
		a.Returned(a.now, 1, call.ID, reply, node.OK, &a.out)
		require.Equal(t, before, a.Digest(), name)
		require.Empty(t, a.out.Events, name)
		a.Wake(a.now, timerGossip, &a.out)
		require.Len(t, a.out.Calls, 1, "%s: the pull is over", name)
	}
}

// Nor does a server that the placement does not have become a member, whoever speaks of it.
func TestUnknownServersAreNoMembers(t *testing.T) {
	h := newHands(t, 2, 5)
	h.startAll()
	a := h.all[0]
	claims := []swim.Update{
		{Member: 2, State: swim.Alive, From: 2, Incarnation: 1},
		{Member: node.MaxIDs - 1, State: swim.Alive, From: node.MaxIDs - 1, Incarnation: 1},
	}
	a.Receive(h.now, 1, &wire.Message{
		Kind: wire.Swim, Swim: swim.Message{Kind: swim.Gossip, Updates: claims},
	}, &a.out)
	var reply wire.Message
	require.True(t, a.Serve(h.now, 1, &wire.Message{
		Kind: wire.Swim, Swim: swim.Message{Kind: swim.SyncRequest, Updates: claims},
	}, &reply, &a.out))
	require.Empty(t, a.out.Events)
	require.Len(t, reply.Swim.Updates, 2, "server 0 and server 1")
}

// Only the outstanding pull can be answered, once.
func TestLateAnswersAreIgnored(t *testing.T) {
	a, call := pulling(t)
	before := a.Digest()
	a.Returned(a.now, 1, call.ID-1, answer(3, 1, health.Unhealthy), node.OK, &a.out)
	require.Equal(t, before, a.Digest())
	a.Returned(a.now, 1, call.ID, nil, node.Timeout, &a.out)
	a.Returned(a.now, 1, call.ID, answer(3, 1, health.Unhealthy), node.OK, &a.out)
	require.Equal(t, before, a.Digest())
}

// Requests of no known kind are refused and change nothing.
func TestOtherRequestsAreRefused(t *testing.T) {
	h := newHands(t, 2, 5)
	h.startAll()
	a, before := h.all[0], h.all[0].Digest()
	unknown := &wire.Message{Kind: wire.Gossip, Gossip: gossipMessage{Kind: gossip.Answer}}
	foreign := answer(5, 1, health.Healthy)
	foreign.Gossip.Kind = gossip.Push
	for name, request := range map[string]*wire.Message{
		"no message": {}, "swim": {Kind: wire.Swim}, "no gossip": {Kind: wire.Gossip},
		"reply": unknown, "unknown": {Kind: 99}, "push of an unknown origin": foreign,
	} {
		var reply wire.Message
		require.False(t, a.Serve(h.now, 1, request, &reply, &a.out), name)
		a.Receive(h.now, 1, request, &a.out)
	}
	require.Equal(t, before, a.Digest())
	require.False(t, a.hasEffects())
}

// "node.Wrote ... before MapChanged": the dot's seq, and a hash that is not the 0 of a removal.
func TestWritesAreAnnounced(t *testing.T) {
	h := newHands(t, 1, 3)
	s := h.start(0)
	h.advance(h.config.JoinGrace + 2*h.interval())
	require.Equal(t, 3, s.saw(node.Wrote))
	for i, e := range s.events {
		if e.Kind != node.Wrote {
			continue
		}
		record, found := s.result(origin.Of(e.Subject))
		require.Equal(t, origin.Result(origin.Of(e.Subject)), e.Subject)
		require.True(t, found)
		require.Equal(t, record.Dot.Seq, e.A)
		require.Equal(t, valueHash(record.Value), e.B)
		require.NotZero(t, e.B)
		said := func(e node.Event) bool { return e.Kind == node.MapChanged }
		require.True(t, slices.ContainsFunc(s.events[i:], said))
	}
}

// Behind one option, the map spreads by push and by push-pull as it does by pull.
func TestEveryModeSpreadsTheMap(t *testing.T) {
	for _, mode := range []gossip.Mode{gossip.PullMode, gossip.PushMode, gossip.PushPullMode} {
		h := newHands(t, 4, 60)
		h.config.Gossip.Mode = mode
		h.startAll()
		h.advance(40 * time.Second)
		for _, s := range h.all {
			h.requireStatus(s, health.Healthy)
			require.Equal(t, h.all[0].Digest(), s.Digest(), "mode %d", mode)
		}
	}
}

// A claim by a live server of higher rank ends the checking here; the death of that server resumes
// it.
func TestClaimsAndDeathsReachTheChecks(t *testing.T) {
	h := newHands(t, 2, 100)
	a := h.start(0)
	h.advance(20 * time.Second)
	require.Equal(t, 100, a.checks.CheckingCount())
	b := h.start(1)
	h.advance(20 * time.Second)
	require.Equal(t, 100, a.checks.CheckingCount()+b.checks.CheckingCount())
	require.Positive(t, b.checks.CheckingCount())

	b.deaf = true
	terms := h.config.Swim.DetectionTerms(2)
	h.advance(terms.Total())
	require.Equal(t, 1, a.saw(node.MemberDead))
	require.Equal(t, 100, a.checks.CheckingCount(), "whatever b claimed, it is dead")
}

// A status that the checker finds reaches the other server's replica by the next pull.
func TestStatusSpreads(t *testing.T) {
	h := newHands(t, 2, 20)
	h.startAll()
	h.advance(20 * time.Second)
	h.requireStatus(h.all[1], health.Healthy)
	h.all[0].down, h.all[1].down = true, true
	fall := time.Duration(h.config.Health.Definitions[0].Fall)
	h.advance((fall+1)*h.interval() + h.config.Gossip.Period)
	for _, s := range h.all {
		h.requireStatus(s, health.Unhealthy)
	}
}
