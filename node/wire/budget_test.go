package wire_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
	"butterfly/node/swim"
	"butterfly/node/wire"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// budget says how many bytes the parts of a swim message take at most: the header, one update
// without its metadata and one broadcast without its payload.
type budget struct{ header, update, broadcast int }

// swimBudget is what package swim fills its datagrams by (swim/gossip.go).
var swimBudget = budget{header: 17, update: 15, broadcast: 13}

// of returns how many bytes a message takes at most by this budget.
func (b budget) of(m *swim.Message) int {
	return b.header + b.update*len(m.Updates) + b.broadcast*len(m.Broadcasts) + len(m.Bytes)
}

func TestNoMessageExceedsTheBudget(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &wire.Message{Kind: wire.Swim, Swim: drawSwim(t)}
		require.LessOrEqual(t, wire.Size(m), swimBudget.of(&m.Swim))
	})
}

// The budget has nothing to spare.
func TestTheLargestPartsTakeAllOfTheBudget(t *testing.T) {
	const last = node.MaxIDs - 1
	require.Equal(t, swimBudget.header, sizeOfHeader(swim.MaxDatagramUpdates, 128))
	require.Equal(t, swimBudget.update, sizeOfUpdate(swim.Update{
		Member: last, State: swim.Suspect, From: last - 1, Incarnation: math.MaxUint64,
	}))
	require.Equal(t, swimBudget.update-1, sizeOfUpdate(swim.Update{
		Member: last, State: swim.Alive, From: last, Incarnation: math.MaxUint64,
		MetadataBytes: swim.MaxMetadata,
	}), "metadata costs no more than an accuser")
	require.Equal(t, swimBudget.broadcast, sizeOfBroadcast(swim.Broadcast{
		Origin: last, Sequence: math.MaxUint64, PayloadBytes: swim.MaxPayload,
	}))
}

// "as many as fit into [Config.DatagramBytes]" (swim/message.go): in a group with long IDs, where
// more happens than one datagram can tell.
func TestDatagramsOfSwimKeepToTheirSize(t *testing.T) {
	for limit := swim.MinDatagramBytes; limit < 400; limit++ {
		for kind, news := range map[string]*swim.Message{
			"updates": manyUpdates(), "broadcasts": manyBroadcasts(),
		} {
			longest := longestDatagram(limit, news)
			require.LessOrEqual(t, longest, limit, "%s in %d B", kind, limit)
			require.Greater(t, longest, limit/2, "%s in %d B: nothing had to wait", kind, limit)
		}
	}
}

// longestDatagram returns the size of the longest one that a member sends which hears all this news
// at once and may send limitBytes.
func longestDatagram(limitBytes int, news *swim.Message) (longest int) {
	config := swim.Lan()
	config.MaxMembers, config.Founders, config.DatagramBytes = 1<<15, 1<<15, limitBytes
	s, out := swim.New(config, lastFounder, rng.New(1)), new(node.Out[swim.Message])
	s.Start(0, nil, out)
	s.Receive(0, 1, news, out)
	out.Reset()
	for _, timer := range []node.TimerID{swim.PeriodTimer, swim.GossipTimer} {
		s.Wake(clock.Time(config.GossipInterval), timer, out)
	}
	for i := range out.Sends {
		m := &wire.Message{Kind: wire.Swim, Swim: out.Sends[i].Message}
		longest = max(longest, wire.Size(m))
	}
	return longest
}

const lastFounder node.ID = 1<<15 - 1

func manyUpdates() *swim.Message {
	m := &swim.Message{Kind: swim.Gossip}
	for id := range node.ID(60) {
		m.Updates = append(m.Updates, swim.Update{
			Member: 1<<14 + id, State: swim.Suspect, From: lastFounder - 1, Incarnation: 2 << 20,
		})
	}
	return m
}

func manyBroadcasts() *swim.Message {
	m := &swim.Message{Kind: swim.Gossip}
	for i := range uint64(60) {
		m.Broadcasts = append(m.Broadcasts, swim.Broadcast{
			Origin: lastFounder - 1, Sequence: 2<<20 + i, PayloadBytes: 1,
		})
		m.Bytes = append(m.Bytes, byte(i))
	}
	return m
}

// sizeOfHeader returns what a datagram with so many updates and broadcasts takes beside these.
func sizeOfHeader(updates, broadcasts int) int {
	m := &wire.Message{Kind: wire.Swim, Swim: swim.Message{
		Kind: swim.Nack, Sequence: math.MaxUint32,
		Origin: node.MaxIDs - 1, Target: node.MaxIDs - 1,
		Updates:    make([]swim.Update, updates),
		Broadcasts: make([]swim.Broadcast, broadcasts),
	}}
	return len(wire.Append(nil, m)) -
		updates*sizeOfUpdate(swim.Update{}) - broadcasts*sizeOfBroadcast(swim.Broadcast{})
}
