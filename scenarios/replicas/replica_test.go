package replicas

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/gossip"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// hand is a replica in the hands of a test.
type hand struct {
	*Replica
	out effects
}

func newHand(config Config, self node.ID, hosts int) *hand {
	if config.Gossip == (gossip.Config{}) {
		config.Gossip = gossip.Config{FanOut: 1, Period: time.Second, Timeout: time.Second / 2}
	}
	return &hand{Replica: NewReplica(config, self, hosts, rng.New(7))}
}

// events are those of one kind that the last input caused.
func (h *hand) events(kind node.EventKind) (all []node.Event) {
	for _, e := range h.out.Events {
		if e.Kind == kind {
			all = append(all, e)
		}
	}
	return all
}

// "a restarted replica never reuses a dot": with what it saved or without, and if its clock stood
// still.
func TestEveryLifeHasANumberOfItsOwn(t *testing.T) {
	first := newHand(Config{}, 3, 8)
	first.Start(0, nil, &first.out)
	require.Equal(t, uint64(1), first.Actor().Boot())
	require.Equal(t, node.ID(3), first.Actor().Node())
	require.True(t, first.out.HasSave)
	for _, c := range []struct {
		now   clock.Time
		saved []byte
		want  uint64
	}{
		{at(5), nil, 5001}, {at(5), first.out.Saved, 5001}, {0, first.out.Saved, 2},
		{at(5), []byte("garbage"), 5001},
	} {
		next := newHand(Config{}, 3, 8)
		next.Start(c.now, c.saved, &next.out)
		require.Equal(t, c.want, next.Actor().Boot())
	}
}

// "Each server that starts when the clock does writes those that leave its number when divided by
// the number of servers."
func TestServersFillTheMapTogether(t *testing.T) {
	config := Config{Workload: Workload{Keys: 10, Filled: true}}
	values := map[uint64]bool{}
	for self := range node.ID(3) {
		h := newHand(config, self, 3)
		h.Start(0, nil, &h.out)
		for key := range uint32(10) {
			s, found := h.Map().Get(key)
			require.Equal(t, key%3 == uint32(self), found)
			values[s.Value] = values[s.Value] || found
		}
		require.Len(t, h.events(node.MapChanged), 1)
	}
	delete(values, 0) // of keys without a value
	require.Len(t, values, 10, "no value twice")
	late := newHand(config, 0, 3)
	late.Start(1, nil, &late.out)
	require.Zero(t, late.Map().Len(), "the map is there already")
}

// Every write is made known, before the change that it makes.
func TestWritesAreMadeKnown(t *testing.T) {
	h := newHand(Config{}, 1, 4)
	h.Start(0, nil, &h.out)
	h.out.Reset()
	h.Write(9, &h.out)
	s, _ := h.Map().Get(9)
	require.Equal(t, []node.Event{
		{Kind: node.Wrote, Subject: 9, A: 1, B: HashValue(s.Value)},
		{Kind: node.MapChanged, A: h.Map().VersionHash(), B: h.Map().StateHash()},
	}, h.out.Events)
	require.Equal(t, uint64((1+1)*4+1), s.Value, "boot and number, and the writer")
}

// "Where the key has no value it is given one instead", and nothing is written from Until on.
func TestTheWorkloadRemovesAndEnds(t *testing.T) {
	h := newHand(Config{Workload: Workload{
		Keys: 1, Interval: time.Second, Removals: rng.Always, Until: at(100),
	}}, 0, 2)
	h.Start(0, nil, &h.out)
	writes := 0
	var last clock.Time
	for {
		now, planned := h.out.Alarmed(timerWrite)
		h.out.Reset()
		if !planned {
			break
		}
		require.Less(t, now, at(100))
		last = now
		h.Wake(now, timerWrite, &h.out)
		wrote := h.events(node.Wrote)
		require.Len(t, wrote, 1)
		writes++
		require.Equal(t, writes%2 == 0, wrote[0].B == 0, "each second one is a removal")
		require.Equal(t, 1-h.Map().Len(), (writes+1)%2)
	}
	require.Greater(t, last, at(80), "a write each 2 s, on average: none in 20 s is e^-10")
}

// Writes are a Poisson process of the rate asked for: of 4,000 writes by one of four servers at 100
// a second on all, the mean interval is 40 ms and its standard error 1/63 of that.
func TestWritesComeAtTheirRate(t *testing.T) {
	h := newHand(Config{Workload: Workload{
		Keys: 5, Interval: 10 * time.Millisecond, Until: clock.Never,
	}}, 0, 4)
	h.Start(0, nil, &h.out)
	var now clock.Time
	for range 4000 {
		now, _ = h.out.Alarmed(timerWrite)
		h.out.Reset()
		h.Wake(now, timerWrite, &h.out)
	}
	require.InDelta(t, 160, now.Seconds(), 3*160/63.2)
}

// What an exchange brought is said once, and how much of it was new.
func TestMergesAreMadeKnown(t *testing.T) {
	source, sink := newHand(Config{}, 0, 2), newHand(Config{}, 1, 2)
	source.Start(0, nil, &source.out)
	sink.Start(0, nil, &sink.out)
	source.Write(5, &source.out)
	source.Write(6, &source.out)
	now, _ := sink.out.Alarmed(timerGossip)
	sink.out.Reset()
	sink.Wake(now, timerGossip, &sink.out)
	call := sink.out.Calls[0]
	var reply Message
	require.True(t, source.Serve(now, 1, &call.Message, &reply, &source.out))
	sink.out.Reset()
	sink.Returned(now, 0, call.ID, &reply, node.OK, &sink.out)
	require.Equal(t, []node.Event{{Kind: Merged, Subject: 1, A: 2, B: 2}}, sink.events(Merged))
	require.Len(t, sink.events(node.MapChanged), 1)
	require.Equal(t, source.Digest(), sink.Digest())
}
