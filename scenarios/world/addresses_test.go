package world_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// resident is a diary that says of itself what its driver tells it to say. The hash of that is its last
// byte: the number of its address.
type resident struct{ diary }

func (r *resident) Describe(now clock.Time, said []byte, out *node.Out[note]) error {
	r.write(now, "describe %q", said)
	out.Emit(node.Event{Kind: node.Described, Subject: uint32(r.self), B: uint64(said[len(said)-1])})
	return nil
}

// heardFrom1 is an event by which host 0 says that it holds host 1 alive, who says that it is at an
// address.
func heardFrom1(address byte) node.Event {
	return node.Event{Kind: node.MemberAlive, Subject: 1, B: uint64(address)}
}

// moving is a story in which host 1 crashes at 100 ms and is back at 150 ms elsewhere. The other hosts
// do what the script says at the time it says.
func moving(script map[time.Duration]func(out *node.Out[note])) *story {
	s := tell(nil)
	s.Machine = func(self node.ID, _ rng.Rand) node.Machine[note] {
		return &resident{diary{self: self, lines: &s.lines, wake: func(
			d *diary, now clock.Time, out *node.Out[note],
		) {
			if do := script[now.Since()]; do != nil && d.self == 0 {
				do(out)
			}
		}}}
	}
	s.fault(scenarios.Crash, 100*ms, 50*ms, 1)
	s.last().Moved = true
	return s
}

// expectLater is expect without what host 1 says at its starts.
func (s *story) expectLater(t *testing.T, moves string, lines ...string) {
	t.Helper()
	r := s.run()
	require.Equal(t, []string{`0s 1: start ""`, `0s 1: describe "server 1, address 0"`}, s.lines[1:3])
	require.Equal(t, append([]string{`150ms 1: start ""`, `150ms 1: describe "server 1, address 1"`},
		lines...), s.lines[3:])
	require.Equal(t, "1 server went down, 1 came back, 1 elsewhere; "+moves, effect(r))
}

func to1(text string) func(*node.Out[note]) {
	return func(out *node.Out[note]) { out.Send(1).text = text }
}

// "What is in flight to it when it returns is lost too", to say nothing of what is sent there later:
// datagrams, and calls, which run out.
func TestWhatGoesToAnOldAddressIsLost(t *testing.T) {
	s := moving(map[time.Duration]func(*node.Out[note]){
		140 * ms: to1("in flight"),
		200 * ms: to1("astray"),
		300 * ms: func(out *node.Out[note]) { out.Call(1, 7, 100*ms).text = "astray" },
	})
	s.Network.Latency = netmodel.Constant(20 * ms)
	s.expectLater(t, "3 messages went to where they had been", "400ms 0: call 7 to 1: timeout")
}

// Without a move what is in flight reaches the new life.
func TestWhatIsInFlightReachesWhoIsBackInItsPlace(t *testing.T) {
	s := moving(map[time.Duration]func(*node.Out[note]){140 * ms: to1("late")})
	s.Network.Latency = netmodel.Constant(20 * ms)
	s.last().Moved = false
	s.run()
	require.Equal(t, []string{`150ms 1: start ""`, "160ms 1: late from 0"}, s.lines[2:])
}

// "Whose word has not come is answered where it is heard from".
func TestWhoIsHeardIsAnswered(t *testing.T) {
	s := moving(map[time.Duration]func(*node.Out[note]){
		200 * ms: to1("astray"), 300 * ms: to1("found"),
	})
	s.Machine = chatty(s, 250*ms)
	s.run()
	require.Equal(t, []string{"251ms 0: here from 1", "301ms 1: found from 0"}, s.lines[5:])
}

// chatty has host 1 send something at some times.
func chatty(s *story, times ...time.Duration) func(node.ID, rng.Rand) node.Machine[note] {
	quiet := s.Machine
	return func(self node.ID, rand rng.Rand) node.Machine[note] {
		r := quiet(self, rand).(*resident)
		if self == 1 {
			r.wake = func(_ *diary, now clock.Time, out *node.Out[note]) {
				if slices.Contains(times, now.Since()) {
					out.Send(0).text = "here"
				}
			}
		}
		return r
	}
}

// "Its word counts for more", until a new life of it is known: the rule of package contact.
func TestWhoSaysWhereItIsIsCalledThere(t *testing.T) {
	s := moving(map[time.Duration]func(*node.Out[note]){
		50 * ms:  func(out *node.Out[note]) { out.Emit(heardFrom1('0')) },
		200 * ms: to1("astray"),
		// Heard from elsewhere at 251 ms, and held to its word:
		300 * ms: to1("astray"),
		350 * ms: func(out *node.Out[note]) { // what an input teaches counts for what it sends
			out.Emit(heardFrom1('1'))
			to1("found")(out)
		},
	})
	s.Machine = chatty(s, 250*ms)
	s.run()
	require.Equal(t, []string{"251ms 0: here from 1", "351ms 1: found from 0"}, s.lines[5:])
}

func TestANewLifeThatHasSaidNothingIsAnsweredWhereItIsHeardFrom(t *testing.T) {
	s := moving(map[time.Duration]func(*node.Out[note]){
		50 * ms:  func(out *node.Out[note]) { out.Emit(heardFrom1('0')) },
		200 * ms: func(out *node.Out[note]) { out.Emit(heardFrom1(0)) },
		300 * ms: to1("found"),
	})
	s.Machine = chatty(s, 250*ms)
	s.run()
	require.Equal(t, []string{"251ms 0: here from 1", "301ms 1: found from 0"}, s.lines[5:])
}

// "A seed ... is looked up by whoever misses it, every 30 s": who is no seed is not, nor who is held
// alive.
func TestASeedThatIsMissedIsLookedUp(t *testing.T) {
	for _, c := range []struct {
		seeds []node.ID
		said  node.Event
		lines []string
	}{
		{nil, node.Event{Kind: node.MemberDead, Subject: 1}, nil},
		{[]node.ID{1}, heardFrom1('0'), nil},
		{[]node.ID{1}, node.Event{Kind: node.MemberDead, Subject: 1}, []string{"30.001s 1: found from 0"}},
	} {
		s := moving(map[time.Duration]func(*node.Out[note]){
			50 * ms:                func(out *node.Out[note]) { out.Emit(c.said) },
			30*time.Second - 10*ms: to1("too soon"),
			30 * time.Second:       to1("found"),
		})
		s.Seeds, s.Duration = c.seeds, 31*time.Second
		s.run()
		require.Equal(t, c.lines, append([]string(nil), s.lines[5:]...))
	}
}

// A host knows at the start of each life where the others are.
func TestANewLifeKnowsWhereTheOthersAre(t *testing.T) {
	s := moving(map[time.Duration]func(*node.Out[note]){400 * ms: to1("found")})
	s.fault(scenarios.Crash, 200*ms, 50*ms, 0)
	s.run()
	require.Equal(t, []string{`250ms 0: start ""`, "401ms 1: found from 0"}, s.lines[5:])
}

// "A second copy tells where its sender was when it sent it": who hears that last is misled.
func TestACopyOfAFormerLifeTellsItsFormerAddress(t *testing.T) {
	found := map[bool]int{}
	for seed := range uint64(20) {
		s := moving(map[time.Duration]func(*node.Out[note]){400 * ms: to1("found")})
		s.Machine, s.Seed = chatty(s, 80*ms, 200*ms), seed
		s.fault(scenarios.Duplicate, 70*ms, 20*ms) // what it sends at 80 ms comes twice
		s.last().SharePPM, s.last().By = rng.Always, span(250*ms)
		s.run()
		last := s.lines[len(s.lines)-1]
		misled := strings.HasSuffix(last, "ms 0: here from 1") && last != "201ms 0: here from 1"
		require.Equal(t, !misled, last == "401ms 1: found from 0", s.lines)
		found[!misled]++
	}
	require.Len(t, found, 2, "a copy comes before 201 ms, or after it")
}
