package world_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
)

// chatter is a story of three hosts, each of which sends a numbered note to both others every 10 ms.
func chatter() *story {
	s := tell(func(d *diary, _ clock.Time, out *node.Out[note]) {
		for peer := range node.ID(3) {
			if peer != d.self {
				out.Send(peer).text = fmt.Sprint(d.count)
			}
		}
	})
	s.Hosts = 3
	return s
}

// heard says how many notes a host got from another in an interval.
func heard(lines []string, host, from node.ID, since, until time.Duration) (count int) {
	for _, line := range lines {
		var when string
		var at, sender node.ID
		var number int
		n, _ := fmt.Sscanf(line, "%s %d: %d from %d", &when, &at, &number, &sender)
		d, _ := time.ParseDuration(when)
		if n == 4 && at == host && sender == from && since <= d && d < until {
			count++
		}
	}
	return count
}

// "A bridge is what neither names": A and C are parted, and B reaches both.
func TestAPartitionOfTwoGroupsLeavesABridge(t *testing.T) {
	s := chatter().fault(scenarios.Partition, 200*ms+ms/2, 400*ms, 0)
	s.last().Others = []node.ID{2}
	r := s.run()
	require.Zero(t, heard(s.lines, 0, 2, 200*ms, 601*ms)+heard(s.lines, 2, 0, 200*ms, 601*ms))
	for _, host := range []node.ID{0, 2} {
		require.Equal(t, 40, heard(s.lines, host, 1, 201*ms, 601*ms))
		require.Equal(t, 40, heard(s.lines, 1, host, 201*ms, 601*ms))
	}
	require.Equal(t, "82 messages cut off, 2 in flight", effect(r))
}

// "A host that only hears is one of Hosts, one way, and a host that only speaks is one of Others."
func TestHalfOpenHosts(t *testing.T) {
	s := chatter().fault(scenarios.Partition, 200*ms+ms/2, 400*ms, 1)
	s.last().OneWay = true
	s.run()
	require.Zero(t, heard(s.lines, 0, 1, 201*ms, 601*ms), "nobody hears it")
	require.Equal(t, 40, heard(s.lines, 1, 0, 201*ms, 601*ms), "it hears all")

	s = chatter().fault(scenarios.Partition, 200*ms+ms/2, 400*ms)
	s.last().Others, s.last().OneWay = []node.ID{1}, true
	s.run()
	require.Equal(t, 40, heard(s.lines, 0, 1, 201*ms, 601*ms), "all hear it")
	require.Zero(t, heard(s.lines, 1, 0, 201*ms, 601*ms), "it hears nobody")
}

// "Each fault of packets strikes the links between Hosts and Others": the loss of one direction.
func TestLossOfOneDirectionOfOneLink(t *testing.T) {
	s := chatter().fault(scenarios.Loss, 5*ms, 900*ms, 0)
	s.last().Others, s.last().OneWay, s.last().LossPPM = []node.ID{1}, true, 1_000_000
	r := s.run()
	require.Zero(t, heard(s.lines, 1, 0, 0, 906*ms))
	require.Equal(t, 90, heard(s.lines, 0, 1, 0, 906*ms))
	require.Equal(t, 90, heard(s.lines, 2, 0, 0, 906*ms))
	require.Equal(t, "90 packets lost", effect(r))
}

// "What arrives waits until the end, and comes then, in order", what is in flight at its beginning as
// well; on other links nothing waits.
func TestAClogLetsArriveAtItsEndInOrder(t *testing.T) {
	s := chatter().fault(scenarios.Clog, 200*ms+ms/2, 400*ms, 1)
	s.last().Others = []node.ID{0}
	r := s.run()
	for _, link := range [][2]node.ID{{0, 1}, {1, 0}} {
		require.Zero(t, heard(s.lines, link[0], link[1], 200*ms, 600*ms))
		require.Equal(t, 40, heard(s.lines, link[0], link[1], 600*ms, 601*ms),
			"at 600.5 ms those of 200 to 590 ms")
	}
	require.Equal(t, 40, heard(s.lines, 2, 1, 201*ms, 601*ms))
	require.Equal(t, 99, heard(s.lines, 0, 1, 0, time.Second), "none is lost")
	require.Zero(t, overtaken(numbersFrom(s.lines, 0, 1)))
	require.Equal(t, "80 messages waited for the end", effect(r))
}

// numbersFrom are those of the notes that a host got from another, in order.
func numbersFrom(lines []string, host, from node.ID) (all []int) {
	for _, line := range lines {
		var when string
		var at, sender node.ID
		var number int
		n, _ := fmt.Sscanf(line, "%s %d: %d from %d", &when, &at, &number, &sender)
		if n == 4 && at == host && sender == from {
			all = append(all, number)
		}
	}
	return all
}

// A message that meets two clogs, one after the other, waits for both.
func TestClogsThatOverlapEndOneByOne(t *testing.T) {
	s := chatter().fault(scenarios.Clog, 200*ms+ms/2, 200*ms, 1)
	s.fault(scenarios.Clog, 300*ms+ms/2, 300*ms)
	s.run()
	require.Zero(t, heard(s.lines, 0, 1, 200*ms, 600*ms))
	require.Equal(t, 40, heard(s.lines, 0, 1, 600*ms, 601*ms))
	require.Zero(t, overtaken(numbersFrom(s.lines, 0, 1)))
}

// What waits is in flight: a crash of its sender takes it back, and a call runs out.
func TestWhatAClogHoldsIsLostWithItsSender(t *testing.T) {
	s := chatter().fault(scenarios.Clog, 200*ms+ms/2, 400*ms, 1).
		fault(scenarios.Crash, 300*ms, 100*ms, 1)
	s.run()
	require.Equal(t, 19, heard(s.lines, 0, 1, 600*ms, 601*ms), "what its next life has sent")

	s = ask("time").fault(scenarios.Clog, 10*ms, 400*ms)
	s.expect(t, "120ms 0: call 7 to 1: timeout", "410ms 1: asked time by 0")
	s = ask("time").fault(scenarios.Clog, 10*ms, 40*ms)
	s.expect(t, "50ms 1: asked time by 0", "51ms 0: call 7 to 1: re time")
}

// "UDP is blocked for For, and streams are not", and the mirror case, in flight as well.
func TestOneMediumBlocked(t *testing.T) {
	both := func(out *node.Out[note]) {
		out.Send(1).text = "note"
		out.Call(1, 7, 100*ms).text = "time"
	}
	run := func(kind scenarios.FaultKind, at1, length time.Duration, want ...string) {
		r := withClerk(at(0, 20*ms, both)).fault(kind, at1, length).expect(t, want...)
		require.Equal(t, "1 message cut off, "+map[bool]string{true: "1", false: "0"}[at1 > 20*ms]+
			" in flight", effect(r))
	}
	asked, answered := "23ms 1: asked time by 0", "24ms 0: call 7 to 1: re time"
	run(scenarios.NoDatagrams, 10*ms, 100*ms, asked, answered)
	run(scenarios.NoDatagrams, 20*ms+ms/2, 100*ms, asked, answered)
	run(scenarios.NoStreams, 22*ms+ms/2, 200*ms, "21ms 1: note from 0", "120ms 0: call 7 to 1: timeout")
}

// "What is sent takes Latency longer."
func TestSlowLinks(t *testing.T) {
	s := tell(at(0, 20*ms, func(out *node.Out[note]) { out.Send(1).text = "slow" }))
	s.fault(scenarios.SlowLinks, 10*ms, 15*ms, 0)
	s.last().OneWay, s.last().Latency = true, scenarios.Latency{Latency: netmodel.Constant(70 * ms)}
	r := s.expect(t, "91ms 1: slow from 0")
	require.Equal(t, "1 packet slowed down", effect(r), "though it arrives after the end")
}

// "Each link carries BytesPerSecond, and drops what finds no room in a queue of QueueBytes": of ten
// notes of 10 bytes at once the first leaves after 10 ms, and two wait behind it. What is in flight
// already has passed.
func TestALimitOnLinks(t *testing.T) {
	s := tell(at(0, 20*ms, func(out *node.Out[note]) {
		for range 10 {
			out.Send(1).text = "ten bytes!"
		}
	}))
	s.fault(scenarios.Limit, 15*ms, 100*ms)
	s.last().BytesPerSecond, s.last().QueueBytes = 1000, 30
	r := s.expect(t, "31ms 1: ten bytes! from 0", "41ms 1: ten bytes! from 0", "51ms 1: ten bytes! from 0")
	require.Equal(t, "3 packets slowed down, 2 of them queued, 7 dropped", effect(r))
	s.lines = nil
	s.Faults[0].At = span(20*ms + ms/2)
	require.Empty(t, effect(s.run()))
	require.Len(t, s.lines, 2+10)
}

func TestALimitSlowsStreamsDown(t *testing.T) {
	s := ask("10 seconds").fault(scenarios.Limit, 10*ms, 500*ms)
	s.last().BytesPerSecond = 1000
	s.expect(t, "33ms 1: asked 10 seconds by 0", "47ms 0: call 7 to 1: re 10 seconds")
}

func TestDatagramsAboveAnMTUAreDropped(t *testing.T) {
	long := fmt.Sprintf("%17s", "long")
	s := withClerk(at(0, 20*ms, func(out *node.Out[note]) {
		out.Send(1).text = "short"
		out.Send(1).text = long
		out.Call(1, 7, 100*ms).text = long
	}))
	s.fault(scenarios.MTU, 10*ms, 100*ms)
	s.last().Bytes = scenarios.MinMTU
	r := s.expect(t, "21ms 1: short from 0", fmt.Sprintf("23ms 1: asked %s by 0", long),
		fmt.Sprintf("24ms 0: call 7 to 1: re %s", long))
	require.Equal(t, "1 datagram too big", effect(r))
}

// "Messages take as much longer as these are apart."
func TestHostsStandAtPlaces(t *testing.T) {
	osaka, err := netmodel.ParsePlace("osaka")
	require.NoError(t, err)
	tokyo, err := netmodel.ParsePlace("tokyo")
	require.NoError(t, err)
	s := tell(at(0, 20*ms, func(out *node.Out[note]) { out.Send(1).text = "far" }))
	s.Places = netmodel.NewPlaces(2, []netmodel.Place{osaka, tokyo})
	s.expect(t, "25.5ms 1: far from 0")
}

func TestFaultsOfLinksThatDidNotBiteHaveNoEffect(t *testing.T) {
	for _, kind := range []scenarios.FaultKind{
		scenarios.Clog, scenarios.SlowLinks, scenarios.Limit, scenarios.MTU, scenarios.NoDatagrams,
		scenarios.NoStreams,
	} {
		s := tell(nil).fault(kind, 100*ms, 100*ms)
		if kind == scenarios.SlowLinks {
			s.last().Latency.Latency = netmodel.Constant(ms)
		}
		r := s.run()
		require.Equal(t, []world.FaultReport{{Kind: kind, Count: 1}}, r.Faults)
	}
}
