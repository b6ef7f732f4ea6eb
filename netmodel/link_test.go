package netmodel

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
)

func TestLinkTableAgainstMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var table linkTable[int]
		model := map[uint64]int{}
		host := rapid.Map(rapid.Uint32Range(0, 20), func(h uint32) node.ID { return node.ID(h) })
		for i, from := range rapid.SliceOfN(host, 0, 200).Draw(t, "from") {
			key := link(from, host.Draw(t, "to"))
			require.Equal(t, model[key], *table.at(key))
			*table.at(key), model[key] = i, i
			require.Equal(t, len(model), table.used)
		}
		for key, want := range model {
			require.Equal(t, want, *table.find(key))
		}
		require.Nil(t, table.find(link(21, 21)))
	})
}

// "10,000 hosts": counting takes memory for the links in use, not for all 100 million there could
// be.
func TestCountersOfManyHostsGrowWithLinksInUse(t *testing.T) {
	const hosts, peers = 10_000, 3
	counters := newCounters(hosts)
	for from := range node.ID(hosts) {
		for i := range node.ID(peers) {
			counters.at(from, (from+i+1)%hosts).datagrams++
		}
	}
	require.Nil(t, counters.rows)
	require.Equal(t, hosts*peers, counters.table.used)
	require.LessOrEqual(t, len(counters.table.entries), 3*hosts*peers)
}

func TestDenseRowsAreMadeForSendersOnly(t *testing.T) {
	counters := newCounters(maxDenseHosts)
	counters.at(7, 8).segments = 5
	require.Equal(t, sent{segments: 5}, *counters.at(7, 8))
	for from, row := range counters.rows {
		require.Equal(t, from == 7, row != nil)
	}
}

func TestEither(t *testing.T) {
	require.Equal(t, 550_000, int(either(100_000, 500_000)))
	require.Equal(t, 1_000_000, int(either(1_000_000, 1)))
	require.Equal(t, 7, int(either(0, 7)))
	require.Equal(t, 2, int(either(1, 1)), "0.999999 squared, rounded to a millionth")
}
