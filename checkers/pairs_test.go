package checkers

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
)

// The T of a pair is in front or behind: wherever it is, it is what was last put there. Nothing is kept of pairs that were never used.
func TestPairsKeepWhatIsPutThere(t *testing.T) {
	type step struct {
		Use    bool
		Host   node.ID
		Origin uint32
	}
	rapid.Check(t, func(rt *rapid.T) {
		steps := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) step {
			return step{
				Use:    rapid.Bool().Draw(t, "use"),
				Host:   node.ID(rapid.IntRange(0, 2).Draw(t, "host")),
				Origin: uint32(rapid.IntRange(0, 3).Draw(t, "origin")),
			}
		}), 0, 60).Draw(rt, "steps")
		p, model := newPairs[int](3, 4), make(map[step]int)
		for i, s := range steps {
			pair := step{Host: s.Host, Origin: s.Origin}
			at := p.find(s.Host, s.Origin)
			if s.Use {
				at = p.use(s.Host, s.Origin)
			}
			if at == nil {
				require.NotContains(rt, model, pair, "used")
				continue
			}
			require.Equal(rt, model[pair], *at)
			*at, model[pair] = i+1, i+1
		}
		for host := range node.ID(3) {
			p.each(host, func(origin uint32, is *int) {
				pair := step{Host: host, Origin: origin}
				require.Equal(rt, model[pair], *is)
				delete(model, pair)
			})
		}
		require.Empty(rt, model, "all are visited")
	})
}
