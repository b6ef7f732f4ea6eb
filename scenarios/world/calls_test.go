package world_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// clerk is a diary that answers questions, but for those it declines.
type clerk struct{ diary }

func (c *clerk) Serve(
	now clock.Time, from node.ID, request, reply *note, _ *node.Out[note],
) (served bool) {
	c.write(now, "asked %s by %d", request.text, from)
	if request.text == "nonsense" {
		return false
	}
	reply.text += "re " + request.text // += to see that it arrives empty
	return true
}

// ask is a story in which host 0 asks host 1, a clerk, at 20 ms, and waits for up to 100 ms.
func ask(question string) *story {
	return withClerk(at(0, 20*ms, func(out *node.Out[note]) { out.Call(1, 7, 100*ms).text = question }))
}

// withClerk is a story whose host 1 is a clerk.
func withClerk(wake func(*diary, clock.Time, *node.Out[note])) *story {
	s := tell(wake)
	build := s.Machine
	s.Machine = func(self node.ID, rand rng.Rand) node.Machine[note] {
		d := build(self, rand).(*diary)
		if self == 1 {
			return &clerk{*d}
		}
		return d
	}
	return s
}

// "Three one-way trips (handshake, then the request), one back with the reply."
func TestACallTakesFourTrips(t *testing.T) {
	r := ask("time").expect(t, "23ms 1: asked time by 0", "24ms 0: call 7 to 1: re time")
	require.Equal(t, uint64(2), r.Messages)
	require.Equal(t, uint64(len("time")+len("re time")), r.Bytes)
}

// "Or one with Spec.KeepAlive, and one back with the reply or the refusal."
func TestACallOnAnOpenStreamTakesTwoTrips(t *testing.T) {
	s := ask("time")
	s.KeepAlive = true
	s.expect(t, "21ms 1: asked time by 0", "22ms 0: call 7 to 1: re time")

	s = ask("nonsense")
	s.KeepAlive = true
	s.expect(t, "21ms 1: asked nonsense by 0", "22ms 0: call 7 to 1: refused")
}

// "A loss as a whole leaves the call to its deadline": nothing of it reaches the peer.
func TestALostCallTimesOut(t *testing.T) {
	for _, keepAlive := range []bool{false, true} {
		s := ask("time")
		s.KeepAlive, s.Network.CallLoss = keepAlive, rng.Always
		r := s.expect(t, "120ms 0: call 7 to 1: timeout")
		require.Equal(t, uint64(1), r.Messages, "the request was sent")
	}
}

// "It spares the calls that go on with one", and their luck is not drawn.
func TestCallsThatGoOnWithAContactAreNotLost(t *testing.T) {
	s := ask("time")
	s.Network.CallLoss = rng.Always
	s.GoesOn = func(request *note) bool { return request.text == "time" }
	s.expect(t, "23ms 1: asked time by 0", "24ms 0: call 7 to 1: re time")

	s = ask("space")
	s.Network.CallLoss = rng.Always
	s.GoesOn = func(request *note) bool { return request.text == "time" }
	s.expect(t, "120ms 0: call 7 to 1: timeout")
}

// Losing calls changes nothing about those that are not lost.
func TestCallLossLeavesTheOtherCallsAsTheyWere(t *testing.T) {
	asking := func(loss rng.PPM) []string {
		s := withClerk(func(d *diary, now clock.Time, out *node.Out[note]) {
			if d.self == 0 {
				out.Call(1, node.CallID(d.count), 5*ms).text = "time"
			}
		})
		s.Network.CallLoss = loss
		s.run()
		return s.lines
	}
	all, some := asking(0), asking(rng.Percent(30))
	kept := 0
	for _, line := range some {
		if !strings.Contains(line, "timeout") {
			require.Contains(t, all, line)
			kept++
		}
	}
	require.Less(t, kept, len(all))
	require.Greater(t, kept, len(all)/2)
}

func TestTheSizeOfARequestTakesTime(t *testing.T) {
	s := ask("four")
	s.Network.Bandwidth = 1000 // 4 bytes take 4 ms, the 7 of the reply 7 ms
	s.expect(t, "27ms 1: asked four by 0", "35ms 0: call 7 to 1: re four")
}

// "Refused means the peer's host answered and nobody served the request."
func TestACallIsRefusedByWhoeverDoesNotServeIt(t *testing.T) {
	ask("nonsense").expect(t, "23ms 1: asked nonsense by 0", "24ms 0: call 7 to 1: refused")

	diaries := tell(at(0, 20*ms, func(out *node.Out[note]) { out.Call(1, 7, 100*ms) }))
	diaries.expect(t, "24ms 0: call 7 to 1: refused")
}

// "Serve fills in reply, which arrives empty", though its memory is that of an older message.
func TestRepliesAndDecodedMessagesArriveEmpty(t *testing.T) {
	for _, codec := range []*world.Codec[note]{nil, {
		Append: func(b []byte, m *note) []byte { return append(b, m.text...) },
		Parse: func(b []byte, m *note) error {
			m.text += string(b)
			return nil
		},
	}} {
		s := withClerk(func(d *diary, now clock.Time, out *node.Out[note]) {
			if d.self == 0 && now.Since() <= 30*ms {
				out.Call(1, node.CallID(d.count), 100*ms).text = "time"
			}
		})
		s.Codec = codec
		s.expect(t,
			"13ms 1: asked time by 0", "14ms 0: call 1 to 1: re time",
			"23ms 1: asked time by 0", "24ms 0: call 2 to 1: re time",
			"33ms 1: asked time by 0", "34ms 0: call 3 to 1: re time",
		)
	}
}

// "A path that is cut, or a peer that is down, leaves the call to its deadline."
func TestACallTimesOut(t *testing.T) {
	for name, s := range map[string]*story{
		"peer down":                    ask("time").fault(scenarios.Crash, 10*ms, 0, 1),
		"peer crashes before":          ask("time").fault(scenarios.Crash, 22*ms, 0, 1),
		"cut at once":                  ask("time").fault(scenarios.Partition, 10*ms, 50*ms, 1),
		"cut while the request is out": ask("time").fault(scenarios.Partition, 22*ms, 50*ms, 1),
		"no way back":                  oneWay(ask("time").fault(scenarios.Partition, 10*ms, 50*ms, 1)),
	} {
		t.Run(name, func(t *testing.T) { s.expect(t, "120ms 0: call 7 to 1: timeout") })
	}
}

func oneWay(s *story) *story {
	s.last().OneWay = true
	return s
}

func TestACallTimesOutWhenTheReplyIsLost(t *testing.T) {
	const partition = scenarios.Partition
	for name, s := range map[string]*story{
		"cut before the reply":       oneWay(ask("time").fault(partition, 22*ms+ms/2, 50*ms, 1)),
		"cut while the reply is out": ask("time").fault(partition, 23*ms+ms/2, 50*ms, 1),
		"server crashes after it":    ask("time").fault(scenarios.Crash, 23*ms+ms/2, 0, 1),
	} {
		t.Run(name, func(t *testing.T) {
			s.expect(t, "23ms 1: asked time by 0", "120ms 0: call 7 to 1: timeout")
		})
	}
}

func TestACallToAPausedPeerWaitsForIt(t *testing.T) {
	ask("time").fault(scenarios.Pause, 21*ms, 50*ms, 1).expect(t,
		"71ms 1: asked time by 0", "71ms 1: woken late by 41ms", "72ms 0: call 7 to 1: re time")
}

func TestALossyLinkDelaysACallByItsRetransmissions(t *testing.T) {
	s := ask("time")
	s.Network.Loss, s.Network.RetransmitTimeout = rng.Percent(50), 3*ms
	w := world.New(s.Spec)
	w.Run()
	require.Len(t, s.lines, 4)
	require.NotEqual(t, "24ms 0: call 7 to 1: re time", s.lines[3])
	require.Contains(t, s.lines[3], "call 7 to 1: re time")
}

// A datagram above the MTU is dropped, and one to a host that does not exist is lost; both are
// sent.
func TestDatagramsThatCannotArriveAreCountedAllTheSame(t *testing.T) {
	s := tell(at(0, 20*ms, func(out *node.Out[note]) {
		out.Send(1).text = "far too long"
		out.Send(2).text = "nobody"
		out.Send(1).text = "short"
	}))
	s.Network.MTU = 10
	r := s.expect(t, "21ms 1: short from 0")
	require.Equal(t, uint64(3), r.Messages)
}

func TestDatagramsMayArriveTwice(t *testing.T) {
	s := tell(at(0, 20*ms, func(out *node.Out[note]) { out.Send(1).text = "twice" }))
	s.Network.Duplicate = rng.Always
	r := s.expect(t, "21ms 1: twice from 0", "21ms 1: twice from 0")
	require.Equal(t, uint64(1), r.Messages)
}

func TestMachinesMustBeReadyForWhatTheyAskFor(t *testing.T) {
	for message, do := range map[string]func(out *node.Out[word]){
		"world: server 0 calls server 2 of 2": func(out *node.Out[word]) {
			out.Call(2, 1, ms)
		},
		"world: server 0 probes origin 3 of 3": func(out *node.Out[word]) {
			out.Probe(node.Probe{Origin: 3})
		},
		"world: server 0 makes calls but has no Returned method": func(out *node.Out[word]) {
			out.Call(1, 1, ms)
		},
		"world: server 0 probes origins but has no Probed method": func(out *node.Out[word]) {
			out.Probe(node.Probe{})
		},
	} {
		s := starting(do)
		require.PanicsWithValue(t, message, func() { world.New(s).Run() })
	}
}

func TestACodecThatCannotReadWhatItWroteIsReported(t *testing.T) {
	s := starting(func(out *node.Out[word]) { out.Send(1) })
	s.Codec = &world.Codec[word]{
		Append: func(b []byte, _ *word) []byte { return b },
		Parse:  func([]byte, *word) error { return errors.New("garbled") },
	}
	require.PanicsWithValue(t, "world: a message that Append wrote cannot be parsed: garbled",
		func() { world.New(s).Run() })
}

// starter does one thing when host 0 starts, and has only the methods a machine must have.
type starter struct {
	self node.ID
	do   func(out *node.Out[word])
}

func (s starter) Start(_ clock.Time, _ []byte, out *node.Out[word]) {
	if s.self == 0 {
		s.do(out)
	}
}

func (starter) Receive(clock.Time, node.ID, *word, *node.Out[word]) {}
func (starter) Wake(clock.Time, node.TimerID, *node.Out[word])      {}

// starting returns a world of two starters and three origins.
func starting(do func(out *node.Out[word])) world.Spec[word] {
	return world.Spec[word]{
		Hosts: 2, Duration: time.Second, Origins: world.Origins{Count: 3},
		Machine: func(self node.ID, _ rng.Rand) node.Machine[word] { return starter{self, do} },
	}
}
