package checkers

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

func TestHostSet(t *testing.T) {
	for _, host := range []node.ID{0, 63, 64, 129} {
		s := newHostSet(130)
		require.True(t, s.empty())
		s.add(host)
		for other := range node.ID(130) {
			require.Equal(t, other == host, s.has(other))
		}
		require.False(t, s.empty())
		s.remove(host)
		require.True(t, s.empty())
	}
}
