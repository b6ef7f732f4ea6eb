package swim

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// SWIM, section 4.2: "{Alive M, inc = i} overrides {Suspect M, inc = j} and {Alive M, inc = j}, i >
// j"; "{Suspect M, inc = i} overrides {Suspect M, inc = j}, i > j" and "{Alive M, inc = j}, i >=
// j"; "{Confirm M, inc = i} overrides {Alive ...} and {Suspect ...}", here for j <= i, since an
// alive claim of a higher incarnation must in turn override the death. One letter per incarnation
// of the claim: lower, equal, higher than the one held; y: it overrides.
func TestClaimsAgainstTheWrittenOrder(t *testing.T) {
	rules := map[State]map[State]string{
		Alive:    {Unknown: "nny", Alive: "nny", Suspect: "nny", Dead: "nny", Left: "nny"},
		Suspect:  {Unknown: "nnn", Alive: "nyy", Suspect: "nny", Dead: "nnn", Left: "nnn"},
		Dead:     {Unknown: "nnn", Alive: "nyy", Suspect: "nyy", Dead: "nny", Left: "nny"},
		Left:     {Unknown: "nnn", Alive: "nyy", Suspect: "nyy", Dead: "nyy", Left: "nny"},
		Unknown:  {Unknown: "nnn", Alive: "nnn", Suspect: "nnn", Dead: "nnn", Left: "nnn"},
		Left + 1: {Unknown: "nnn", Alive: "nnn", Suspect: "nnn", Dead: "nnn", Left: "nnn"},
	}
	for claim, row := range rules {
		for held, letters := range row {
			for i, letter := range letters {
				incarnation := Incarnation(6 + i)
				require.Equal(t, letter == 'y', overrides(claim, incarnation, held, 7),
					"%v at %d over %v at 7", claim, uint64(incarnation), held)
			}
		}
	}
}

// alone returns a started member 0 without a group, and its effects, emptied.
func alone(config Config) (*Swim, *effects) {
	out := new(effects)
	s := New(config, 0, rng.New(1))
	s.Start(0, nil, out)
	out.Reset()
	return s, out
}

// grouped returns a started member 0 that holds 1 to n-1 alive at incarnation 1, with that news told.
func grouped(config Config, n int) (*Swim, *effects) {
	s, out := alone(config)
	for id := range node.ID(n) {
		s.hear(0, claim(id, Alive, 1), nil, out)
		s.queue.drop(id)
	}
	out.Reset()
	return s, out
}

func claim(member node.ID, state State, i Incarnation) Update {
	return Update{Member: member, State: state, From: 9, Incarnation: i}
}

// Every state is entered through hear, and what hear lets through never makes an illegal
// transition.
func TestEverySequenceOfClaimsIsLegal(t *testing.T) {
	var claims []Update
	for state := Unknown; state <= Left+1; state++ {
		for i := range Incarnation(3) {
			claims = append(claims, claim(1, state, i))
		}
	}
	for a := range claims {
		for b := range claims {
			for c := range claims {
				s, out := alone(DefaultConfig())
				for _, u := range []Update{claims[a], claims[b], claims[c]} {
					before := s.members.at(1)
					s.hear(0, u, nil, out)
					after := s.members.at(1)
					checkInvariants(t, s)
					if after.incarnation < before.incarnation {
						t.Fatalf("%+v made %+v of %+v", u, after, before)
					}
				}
			}
		}
	}
}

// SWIM, section 4.2: the order makes all members agree in the end; here for two that hear the same
// claims, without a life that is over in between, in opposite order.
func TestClaimsOfOneIncarnationCommute(t *testing.T) {
	claims := []Update{claim(1, Suspect, 1), claim(1, Dead, 1), claim(1, Left, 1)}
	for _, a := range claims {
		for _, b := range claims {
			one, out := alone(DefaultConfig())
			other, _ := alone(DefaultConfig())
			one.hear(0, claim(1, Alive, 1), nil, out)
			other.hear(0, claim(1, Alive, 1), nil, out)
			one.hear(0, a, nil, out)
			one.hear(0, b, nil, out)
			other.hear(0, b, nil, out)
			other.hear(0, a, nil, out)
			require.Equal(t, one.State(1), other.State(1), "%v and %v", a.State, b.State)
		}
	}
}

// "A stale alive claim does not resurrect": not while the death is remembered.
func TestStaleAliveDoesNotResurrect(t *testing.T) {
	s, out := alone(DefaultConfig())
	s.hear(0, claim(1, Alive, 5), nil, out)
	s.hear(0, claim(1, Dead, 5), nil, out)
	s.hear(0, claim(1, Alive, 4), nil, out)
	s.hear(0, claim(1, Alive, 5), nil, out)
	require.Equal(t, Dead, s.State(1))
	s.hear(0, claim(1, Dead, 7), nil, out)
	s.hear(0, claim(1, Alive, 6), nil, out)
	require.Equal(t, Dead, s.State(1), "a later death is a death of all lives before")
	s.hear(0, claim(1, Alive, 8), nil, out)
	require.Equal(t, Alive, s.State(1))
}

// SWIM, section 4.2: "when M_l receives a message suspecting it, it can disseminate an Alive
// message with its identifier and an incremented incarnation number".
func TestAccusationsAreRefuted(t *testing.T) {
	for _, state := range []State{Suspect, Dead, Left} {
		s, out := alone(DefaultConfig())
		own := s.Incarnation()
		s.hear(0, claim(0, state, own), nil, out)
		require.Equal(t, own+1, s.Incarnation(), "%v", state)
		require.Equal(t, []node.Event{{Kind: node.Refuted, A: uint64(own + 1), B: 9}}, out.Events)
		require.False(t, out.HasSave, "the generation is the same")

		s.hear(0, claim(0, state, own), nil, out)
		require.Equal(t, own+1, s.Incarnation(), "the same accusation again is stale")
	}
}

// An accuser that missed our answer hears it again, even after all its sends, and straight from us,
// by the ack of its ping or by gossip. Gossip itself is never answered.
func TestStaleAccusationRepeatsTheAnswer(t *testing.T) {
	s, out := alone(DefaultConfig())
	s.queue.drop(0)
	s.hear(0, claim(0, Alive, s.Incarnation()), nil, out)
	require.True(t, s.queue.empty(), "our own news coming back is no accusation")

	stale := []Update{claim(0, Dead, s.Incarnation()-1)}
	answer := Update{Member: 0, State: Alive, Incarnation: s.Incarnation()}
	for kind, answers := range map[Kind]Kind{Ping: Ack, Ack: Gossip, PingReq: Gossip} {
		out.Reset()
		s.queue.drop(0)
		m := Message{Kind: kind, Origin: 4, Target: 0, Updates: stale}
		s.Receive(0, 4, &m, out)
		last := out.Sends[len(out.Sends)-1]
		require.Equal(t, node.ID(4), last.To)
		require.Equal(t, answers, last.Message.Kind)
		require.Contains(t, last.Message.Updates, answer)
		require.Empty(t, out.Events, "no new incarnation is needed")
	}
	out.Reset()
	s.Receive(0, 4, &Message{Kind: Gossip, Updates: stale}, out)
	require.Empty(t, out.Sends)
}

// An accusation ahead of us is beaten by the least that beats it, within bounds. memberlist issue
// 358: a suspicion at the highest incarnation makes the accused wrap around, and shuts it out for
// ever.
func TestAccusationsAheadOfUs(t *testing.T) {
	config := DefaultConfig()
	s, out := alone(config)
	own := s.Incarnation()
	s.hear(0, claim(0, Suspect, own+maxJump), nil, out)
	require.Equal(t, own+maxJump+1, s.Incarnation())

	skewed := incarnationOf(milliseconds(clock.At(config.MaxClockSkew)) + 1)
	s.hear(0, claim(0, Dead, skewed), nil, out)
	require.Equal(t, skewed+1, s.Incarnation(), "a later life of ours, by a clock that ran ahead")
	require.True(t, out.HasSave, "so that the next life is later still")

	out.Reset()
	for _, absurd := range []Incarnation{
		skewed + 1<<refutationBits, math.MaxUint64 - 1, math.MaxUint64,
	} {
		s.hear(0, claim(0, Suspect, absurd), nil, out)
		require.Equal(t, skewed+1, s.Incarnation())
	}
	require.Empty(t, out.Events)
}

// Nobody believes a claim that its member could not beat.
func TestAbsurdIncarnationsAreIgnoredAboutOthers(t *testing.T) {
	s, out := alone(DefaultConfig())
	s.hear(0, claim(1, Alive, 1), nil, out)
	for _, state := range []State{Alive, Suspect, Dead, Left} {
		s.hear(0, claim(1, state, math.MaxUint64), nil, out)
		s.hear(0, claim(2, state, math.MaxUint64), nil, out)
	}
	require.Equal(t, Alive, s.State(1))
	require.Equal(t, Unknown, s.State(2))
}

func TestAbsurdIDsAreIgnored(t *testing.T) {
	config := DefaultConfig()
	config.MaxMembers = 100
	s, out := alone(config)
	for _, id := range []node.ID{100, 101, node.MaxIDs, node.Nobody} {
		s.hear(0, claim(id, Alive, 1), nil, out)
		s.hear(0, Update{Member: 1, State: Alive, From: id, Incarnation: 1}, nil, out)
		require.Equal(t, Unknown, s.State(id))
	}
	require.Equal(t, 1, s.Len())
	require.Len(t, s.members.entries, 1, "nothing is allocated for them")
}

// Dead and left members are remembered for DeadRetention, then forgotten, and news of a death does
// not bring the memory back.
func TestForgetting(t *testing.T) {
	config := DefaultConfig()
	for _, state := range []State{Dead, Left} {
		s, out := alone(config)
		s.hear(0, claim(1, Alive, 5), nil, out)
		s.hear(0, claim(1, state, 5), nil, out)
		at, set := out.Alarmed(DeadlineTimer)
		require.True(t, set)
		require.Equal(t, clock.At(config.DeadRetention), at)

		s.Wake(at.Add(-time.Millisecond), DeadlineTimer, out)
		require.Equal(t, state, s.State(1))
		out.Reset()
		s.Wake(at, DeadlineTimer, out)
		require.Equal(t, Unknown, s.State(1))
		require.Equal(t, []node.Event{{Kind: node.MemberForgotten, Subject: 1, A: 5}}, out.Events)
		s.hear(at, claim(1, state, 5), nil, out)
		require.Equal(t, Unknown, s.State(1))
		checkInvariants(t, s)
	}
}
