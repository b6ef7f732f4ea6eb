package rumor

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

const (
	first = clock.Time(cycle)
	heard = first + clock.Time(tripTime)
)

// receive gives a site a message and returns what it sends.
func receive(s *site, now clock.Time, kind Kind) []node.Send[Message] {
	var out effects
	s.Receive(now, 1, &Message{Kind: kind}, &out)
	return out.Sends
}

func TestOnlyTheOriginKnowsAtTheStart(t *testing.T) {
	for self := range node.ID(3) {
		var out effects
		s := newSite(Plan{K: 1, Servers: 3}, self, rng.New(1))
		s.Start(0, nil, &out)
		require.Equal(t, self == origin, s.interest.infective)
		at, set := out.Alarmed(timerCycle)
		require.Equal(t, self == origin, set, "who has nothing to push sleeps")
		require.Equal(t, self == origin, at == first)
	}
}

// feedback plays two updates, the second later by the given time, and returns whether it is said
// that the second was needed.
func feedback(v Variant, later clock.Time) bool {
	s := newSite(Plan{Variant: v, K: 1, Servers: 3}, 2, rng.New(1))
	receive(s, heard, Update)
	return receive(s, heard+later, Update)[0].Message.Needed
}

// A counter judges by the state at the beginning of the cycle, as reproduces table 1; a coin by
// what is known by now, as the differential equations have it.
func TestFeedbackOnUpdatesOfOneCycle(t *testing.T) {
	require.True(t, feedback(Variant{}, 0))
	require.False(t, feedback(Variant{}, clock.Time(cycle)))
	require.False(t, feedback(Variant{Coin: true}, 0))
	s := newSite(Plan{K: 1, Servers: 3}, 2, rng.New(1))
	require.Equal(t, []node.Send[Message]{{To: 1, Message: Message{Feedback, true}}},
		receive(s, heard, Update), "the first one is always needed")
}

func TestTheBlindGiveNoFeedback(t *testing.T) {
	s := newSite(Plan{Variant: Variant{Blind: true}, K: 1, Servers: 3}, 2, rng.New(1))
	require.Empty(t, receive(s, heard, Update))
	require.True(t, s.interest.infective)
}

func TestOnlyInfectiveSitesAnswerAPull(t *testing.T) {
	s := newSite(Plan{Variant: Variant{Pull: true}, K: 1, Servers: 3}, 2, rng.New(1))
	require.Empty(t, receive(s, first, Ask), "susceptible")
	receive(s, heard, Update)
	require.Equal(t, []node.Send[Message]{{To: 1, Message: Message{Kind: Update}}},
		receive(s, heard, Ask))
	s.interest = interest{}
	require.Empty(t, receive(s, heard, Ask), "removed")
	require.Equal(t, 1, s.sent)
}

// 6000 draws among 4 sites but oneself: 2000 each, within three standard deviations of 36.5.
func TestPartnersAreUniformAmongTheOthers(t *testing.T) {
	s := newSite(Plan{K: 1, Servers: 4}, 2, rng.New(1))
	var counts [4]int
	for range 6000 {
		counts[s.partner()]++
	}
	require.Zero(t, counts[2])
	for _, peer := range []int{0, 1, 3} {
		require.InDelta(t, 2000, counts[peer], 110)
	}
}

func TestSizes(t *testing.T) {
	require.Equal(t, 1, Size(&Message{Kind: Ask}))
	require.Equal(t, 21, Size(&Message{Kind: Update}))
	require.Equal(t, 2, Size(&Message{Kind: Feedback}))
}

func TestACycleAllocatesNothing(t *testing.T) {
	s := newSite(Plan{K: 1, Servers: 3}, origin, rng.New(1))
	var out effects
	s.Start(0, nil, &out)
	now := first
	require.Zero(t, testing.AllocsPerRun(100, func() {
		out.Reset()
		s.Wake(now, timerCycle, &out)
		s.Receive(now, 1, &Message{Kind: Feedback, Needed: true}, &out)
		s.Receive(now, 1, &Message{Kind: Update}, &out)
		s.Wake(now, timerJudge, &out)
		now = now.Add(cycle)
	}))
	require.True(t, s.interest.infective)
}
