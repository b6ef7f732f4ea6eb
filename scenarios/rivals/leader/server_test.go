package leader

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/origin"
	"butterfly/scenarios/rivals/station"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// pair is a leader and one follower without a network between them.
type pair struct {
	leader, follower *Server
	now              clock.Time
	out              effects
	reply            Message
}

func newPair(origins int) *pair {
	config := newConfig(2, origins)
	p := &pair{
		leader: New(config, 0, rng.New(1)), follower: New(config, 1, rng.New(2)),
	}
	p.leader.Start(0, nil, &p.out)
	p.follower.Start(0, nil, &p.out)
	for range 20 {
		p.round()
	}
	return p
}

// round lets a second pass: a beat, a report and orders, and every probe succeeds.
func (p *pair) round() {
	p.now = p.now.Add(time.Second)
	p.wake(p.leader)
	for i := range p.out.Sends {
		p.follower.Receive(p.now, 0, &p.out.Sends[i].Message, &p.out)
	}
	p.answer(p.follower)
	p.wake(p.follower)
	if len(p.out.Calls) > 0 {
		p.report(&p.out.Calls[0].Message)
	}
}

// wake makes a server do what is due.
func (p *pair) wake(s *Server) {
	p.out.Reset()
	s.Wake(p.now, timerRound, &p.out)
	s.Wake(p.now, station.Timer, &p.out)
	p.answer(s)
}

// answer has all probes succeed that a server has asked for.
func (p *pair) answer(s *Server) {
	for i := range p.out.Probes {
		probe := &p.out.Probes[i]
		s.Probed(p.now, node.ProbeResult{
			Origin: probe.Origin, Token: probe.Token, Outcome: node.Succeeded,
		}, &p.out)
	}
	p.out.Probes = p.out.Probes[:0]
}

func (p *pair) report(request *Message) {
	p.reply.Reset()
	if p.leader.Serve(p.now, 1, request, &p.reply, &p.out) {
		p.answer(p.leader)
		p.follower.Returned(p.now, 0, 1, &p.reply, node.OK, &p.out)
	} else {
		p.follower.Returned(p.now, 0, 1, nil, node.Refused, &p.out)
	}
	p.answer(p.follower)
}

func TestAPairSharesTheWork(t *testing.T) {
	p := newPair(102)
	require.True(t, p.leader.leads())
	require.EqualValues(t, 0, p.follower.leader)
	l, f := p.leader.station, p.follower.station
	require.Equal(t, 100, l.CheckingCount()+f.CheckingCount())
	require.InDelta(t, 50, l.CheckingCount(), 20)
	for number := range uint32(100) {
		require.NotEqual(t, l.Checking(number), f.Checking(number))
		require.Equal(t, health.Healthy, p.leader.Status(number))
		require.Equal(t, health.Healthy, p.follower.Status(number))
	}
}

// "A server that does not lead in that term" refuses.
func TestOnlyTheLeaderOfTheTermIsReportedTo(t *testing.T) {
	p := newPair(12)
	var reply Message
	report := Message{Kind: Report, Term: p.leader.term}
	require.True(t, p.leader.Serve(p.now, 1, &report, &reply, &p.out))
	require.False(t, p.follower.Serve(p.now, 0, &report, &reply, &p.out), "a follower")
	report.Term--
	require.False(t, p.leader.Serve(p.now, 1, &report, &reply, &p.out), "another term")
	beat := Message{Kind: Beat, Term: p.leader.term}
	require.False(t, p.leader.Serve(p.now, 1, &beat, &reply, &p.out), "no report")
}

// "Of two leaders the one of the higher term counts, and of two in one term the one of the lower
// ID."
func TestWhichLeaderCounts(t *testing.T) {
	var out effects
	s := New(newConfig(9, 12), 5, rng.New(1))
	s.Start(0, nil, &out)
	for _, beat := range []struct {
		from    node.ID
		term    uint64
		follows node.ID
		why     string
	}{
		{4, 5000, 4, "the first"},
		{6, 5000, 4, "a higher ID"},
		{3, 4999, 4, "a lower term"},
		{3, 5000, 3, "a lower ID"},
		{8, 5001, 8, "a higher term"},
	} {
		s.Receive(clock.At(time.Second), beat.from, &Message{Kind: Beat, Term: beat.term}, &out)
		require.Equal(t, beat.follows, s.leader, beat.why)
	}
	now := clock.At(time.Minute)
	s.becomeLeader(now, &out)
	require.EqualValues(t, 60_000, s.term, "the moment in milliseconds")
	s.Receive(now, 6, &Message{Kind: Beat, Term: s.term}, &out)
	require.True(t, s.leads())
	s.Receive(now, 4, &Message{Kind: Beat, Term: s.term}, &out)
	require.False(t, s.leads())
}

// What comes from outside may be anything.
func TestNewsOfOriginsThatThereAreNotMeanNothing(t *testing.T) {
	p := newPair(12)
	strange := []Result{
		{11, health.Healthy}, {12, health.Healthy}, {origin.MaxOrigins - 1, health.Healthy},
	}
	report := Message{Kind: Report, Term: p.leader.term, Results: strange}
	require.True(t, p.leader.Serve(p.now, 1, &report, &p.reply, &p.out))
	p.follower.Returned(p.now, 0, 1, &Message{
		Kind: Orders, Term: p.leader.term, Results: strange, Version: 99, Given: true,
		Assigned: []uint32{0, 11, 12, origin.MaxOrigins - 1},
	}, node.OK, &p.out)
	require.Equal(t, health.Unknown, p.leader.Status(11))
	require.Equal(t, health.Unknown, p.follower.Status(11))
	require.Equal(t, 1, p.follower.station.CheckingCount())
}

// A follower reports until the leader's word is its own, and then no more.
func TestWhatTheLeaderKnowsIsNotReportedAgain(t *testing.T) {
	p := newPair(102)
	p.round()
	require.Empty(t, p.out.Calls[0].Message.Results)
	require.Empty(t, p.reply.Results)
	require.Empty(t, p.follower.follow.owing)
}

func TestARoundAllocatesNothing(t *testing.T) {
	p := newPair(1002)
	require.Zero(t, testing.AllocsPerRun(50, p.round))
}

func BenchmarkRound(b *testing.B) {
	p := newPair(1002)
	b.ReportAllocs()
	for b.Loop() {
		p.round()
	}
}
