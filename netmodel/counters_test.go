package netmodel

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
)

// In which row or table a link is counted must not show: of 512, 513 and 16,385 hosts six talk.
func TestACountIsTheNumberOfMessagesBefore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		wide, narrow := newCounter(maxWideHosts), newCounter(maxWideHosts+1)
		table, model := newCounter(maxNarrowHosts+1), map[uint64]uint64{}
		require.Nil(t, wide.narrow)
		require.Nil(t, narrow.wide)
		require.Nil(t, table.narrow)
		host := rapid.Map(rapid.Uint32Range(0, 5), func(h uint32) node.ID { return node.ID(h) })
		for _, from := range rapid.SliceOfN(host, 0, 200).Draw(t, "from") {
			to := host.Draw(t, "to")
			for _, c := range []*counter{&wide, &narrow, &table} {
				require.Equal(t, model[link(from, to)], c.next(from, to))
			}
			model[link(from, to)]++
		}
	})
}

// A narrow row counts up to 255 and a wide one to 4,294,967,295; the table goes on from there.
func TestAFullRowGoesOnCounting(t *testing.T) {
	narrow := newCounter(maxWideHosts + 1)
	for k := range uint64(10_000) {
		require.Equal(t, k, narrow.next(0, 1))
	}
	require.Equal(t, 1, narrow.table.used)
	require.Zero(t, narrow.next(1, 0))

	wide := newCounter(2)
	wide.next(0, 1)
	wide.wide[0][1] = 1<<32 - 2
	for k := uint64(1<<32 - 2); k < 1<<32+2; k++ {
		require.Equal(t, k, wide.next(0, 1))
	}
}

// "Those of 10,000 take 100 MB": a byte each, in rows made for hosts that send.
func TestRowsAreMadeForSendersOnly(t *testing.T) {
	counter := newCounter(10_000)
	counter.next(7, 8)
	for from, row := range counter.narrow {
		require.Equal(t, from == 7, row != nil)
	}
	require.Len(t, counter.narrow[7], 10_000)
}

// Between more hosts counting takes memory for the links in use, not for all there could be.
func TestATableGrowsWithLinksInUse(t *testing.T) {
	const hosts, peers = 100_000, 3
	counter := newCounter(hosts)
	for from := range node.ID(hosts) {
		for i := range node.ID(peers) {
			counter.next(from, (from+i+1)%hosts)
		}
	}
	require.Equal(t, hosts*peers, counter.table.used)
	require.LessOrEqual(t, len(counter.table.entries), 3*hosts*peers)
}
