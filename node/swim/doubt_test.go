package swim

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
)

// accused is member 0 of 10, which holds 1 suspect since the start by three accusers: as many as the
// shortest time to answer takes.
func accused(config Config) (*Swim, *effects) {
	s, out := grouped(config, 10)
	for accuser := node.ID(2); accuser <= 4; accuser++ {
		accuse(s, 0, accuser, out)
	}
	return s, out
}

// passAlarms wakes s at its deadline until the given time.
func passAlarms(s *Swim, until time.Duration, out *effects) {
	for s.deadline <= clock.At(until) {
		s.Wake(s.deadline, DeadlineTimer, out)
	}
}

// Confirmations shorten the time to answer only while somebody speaks to us.
func TestDeafMemberCountsItsOwnAccusationOnly(t *testing.T) {
	s, out := accused(Lan())
	shortest, longest := s.config.SuspicionTimeout(10), s.config.LongestSuspicion(10)
	passAlarms(s, longest-1, out)
	require.Equal(t, Suspect, s.State(1))
	passAlarms(s, longest, out)
	require.Equal(t, Dead, s.State(1), "who is really alone finds out in the end")

	s, out = accused(Lan().MemberlistRules())
	passAlarms(s, shortest, out)
	require.Equal(t, Dead, s.State(1), "memberlist does not ask")

	s, out = accused(Lan())
	for at := time.Second; at < shortest; at += time.Second {
		s.Receive(clock.At(at), 5, &Message{Kind: Gossip}, out)
	}
	passAlarms(s, shortest-1, out)
	require.Equal(t, Suspect, s.State(1))
	passAlarms(s, shortest, out)
	require.Equal(t, Dead, s.State(1), "nor do we while somebody speaks")
}

// Who has heard nothing for more than two periods listens for a whole time to answer before it passes
// a verdict, whoever speaks first: an accusation may have been refuted meanwhile.
func TestListeningBeginsWithTheFirstWord(t *testing.T) {
	for name, speak := range map[string]func(s *Swim, now clock.Time, out *effects){
		"a datagram": func(s *Swim, now clock.Time, out *effects) {
			s.Receive(now, 5, &Message{Kind: Gossip}, out)
		},
		"a request": func(s *Swim, now clock.Time, out *effects) {
			s.Serve(now, 5, &Message{Kind: Ping}, new(Message), out)
		},
		"an answer": func(s *Swim, now clock.Time, out *effects) {
			s.Returned(now, 5, 1, &Message{Kind: SyncReply, Digest: s.members.digest}, node.OK, out)
		},
	} {
		s, out := accused(Lan())
		shortest := s.config.SuspicionTimeout(10)
		for at := 3 * time.Second; at < 3*time.Second+shortest; at += time.Second {
			speak(s, clock.At(at), out)
		}
		passAlarms(s, 3*time.Second+shortest-1, out)
		require.Equal(t, Suspect, s.State(1), name)
		passAlarms(s, 3*time.Second+shortest, out)
		require.Equal(t, Dead, s.State(1), name)
	}

	s, out := accused(Lan())
	s.Returned(clock.At(3*time.Second), 5, 1, nil, node.Timeout, out)
	require.Zero(t, s.listening, "silence is no word")
}

// A verdict that comes a period late is none: we were away, not the target.
func TestLateVerdictIsVoid(t *testing.T) {
	for _, row := range []struct {
		config Config
		late   time.Duration
		void   bool
	}{
		{Lan(), time.Second, true}, {Lan(), time.Hour, true}, {Lan(), time.Second - 1, false},
	} {
		s, out := grouped(row.config, 10)
		s.Wake(s.period, PeriodTimer, out)
		target := s.probe.target
		out.Reset()
		late := s.period.Add(row.late)
		s.Wake(late, PeriodTimer, out)
		require.Equal(t, row.void, s.State(target) == Alive, "%v late", row.late)
		require.EqualValues(t, 1, s.health, "but we may be slow")
		if row.void {
			require.Equal(t, late, s.returned)
			require.Len(t, out.Events, 1, "it probes the next, and accuses nobody")
		}
	}
}

// So is a suspicion that ends while we are away: it gets a whole time to answer once more.
func TestLateDeadlineListensFirst(t *testing.T) {
	s, out := accused(Lan())
	longest, back := s.config.LongestSuspicion(10), clock.At(time.Hour)
	s.Wake(back, DeadlineTimer, out)
	require.Equal(t, Suspect, s.State(1))
	require.Equal(t, back.Add(s.config.SuspicionTimeout(10)), s.deadline)
	s.hear(back.Add(time.Second), claim(1, Alive, 2), nil, out)
	passAlarms(s, 2*time.Hour, out)
	require.Equal(t, Alive, s.State(1))

	s, out = accused(Lan())
	passAlarms(s, longest-1, out)
	s.Wake(clock.At(longest), DeadlineTimer, out)
	require.Equal(t, Dead, s.State(1), "in time it is a verdict")
}

// A member that pauses with a suspicion under way, and hears nothing meanwhile, passes no verdict on
// the healthy when it wakes up. With memberlist's rules it does.
func TestPausedMemberDeclaresNobodyDead(t *testing.T) {
	for _, row := range []struct {
		config Config
		deaths bool
	}{{Lan(), false}, {Lan().MemberlistRules(), true}} {
		row.config.Seeds = []node.ID{0}
		c := formed(t, 8, row.config, 91)
		h := &c.hosts[3]
		accusation := Update{
			Member: 4, State: Suspect, From: 6, Incarnation: c.member(3).members.at(4).incarnation,
		}
		c.member(3).hear(c.now, accusation, nil, &h.out)
		c.cut, h.asleep = around(3), c.now.Add(30*time.Second)
		c.carryOut(3)
		c.run(30 * time.Second)
		c.cut = whole
		c.run(time.Minute)
		c.requireAll(Alive)
		require.Equal(t, row.deaths, c.count(node.MemberDead, 4) > 0)
	}
}

// Who is really alone declares everybody dead: within the longest time to answer after it has probed
// all, which takes 2n-1 periods (SWIM, section 4.3). All others, who hear each other, agree on it
// within the bound for them.
func TestIsolatedMemberFindsOut(t *testing.T) {
	const n = 8
	config := testConfig()
	config.HealEvery = 0
	c := formed(t, n, config, 92)
	c.cut = around(3)
	c.run((2*n-1+1)*config.ProbeInterval + config.LongestSuspicion(n))
	require.Equal(t, 1, c.member(3).Len())
	c.requireView(3, Dead)
	for id := range node.ID(n) {
		if id != 3 {
			require.Equal(t, Dead, c.member(3).State(id))
			require.Equal(t, n-1, c.member(id).Len())
		}
	}
}

// A confirmation that comes when the time to answer it leaves is over already is no lateness of ours:
// the verdict is passed at once.
func TestLateConfirmationIsNoAbsence(t *testing.T) {
	s, out := grouped(Lan(), 64)
	accuse(s, 0, 2, out)
	for at := time.Duration(0); at <= 30*time.Second; at += time.Second {
		s.Receive(clock.At(at), 5, &Message{Kind: Gossip}, out)
	}
	now := clock.At(30 * time.Second)
	accuse(s, now, 3, out)
	at, set := out.Alarmed(DeadlineTimer)
	require.True(t, set)
	require.Equal(t, now, at, "20.6 s after the first accusation it was over")
	s.Wake(now, DeadlineTimer, out)
	require.Equal(t, Dead, s.State(1))
	require.Zero(t, s.returned)
}

// Words that come in now and then put a verdict off once, and not for ever.
func TestWordsNowAndThenDoNotPutAVerdictOffForEver(t *testing.T) {
	s, out := accused(Lan())
	bound := s.config.VerdictBound(10)
	for at := 3 * time.Second; at <= bound; at += 3 * time.Second {
		passAlarms(s, at-1, out)
		s.Receive(clock.At(at), 5, &Message{Kind: Gossip}, out)
	}
	passAlarms(s, bound, out)
	require.Equal(t, Dead, s.State(1))
}
