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

func TestEither(t *testing.T) {
	require.Equal(t, 550_000, int(either(100_000, 500_000)))
	require.Equal(t, 1_000_000, int(either(1_000_000, 1)))
	require.Equal(t, 7, int(either(0, 7)))
	require.Equal(t, 2, int(either(1, 1)), "0.999999 squared, rounded to a millionth")
}
