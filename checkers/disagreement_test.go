package checkers

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

// span returns the hosts from one up to another.
func span(from, to node.ID) (hosts []node.ID) {
	for host := from; host < to; host++ {
		hosts = append(hosts, host)
	}
	return hosts
}

// "Ownership disagreement between two views equals 1 - Jaccard similarity": measured over 20,000
// origins and compared within 4 standard deviations of a binomial share, which chance leaves once
// in 16,000 times.
func TestDisagreementIsTheJaccardDistance(t *testing.T) {
	const origins = 20_000
	for _, c := range []struct{ a, b []node.ID }{
		{span(0, 64), span(0, 63)}, {span(0, 64), span(1, 65)}, {span(0, 64), span(32, 64)},
		{span(0, 64), span(32, 96)}, {span(0, 8), span(4, 12)}, {span(0, 5), span(0, 168)},
		{span(0, 3), span(3, 6)}, {span(0, 7), span(0, 7)},
	} {
		expected := JaccardDistance(c.a, c.b)
		measured := Disagreement(ranked, origins, c.a, c.b)
		deviation := math.Sqrt(expected * (1 - expected) / origins)
		require.InDelta(t, expected, measured, 4*deviation, "%d and %d servers", len(c.a), len(c.b))
		require.Equal(t, measured, Disagreement(ranked, origins, c.b, c.a))
	}
}

func TestJaccardDistance(t *testing.T) {
	require.Equal(t, 0., JaccardDistance(span(0, 3), span(0, 3)))
	require.Equal(t, 1., JaccardDistance(span(0, 3), span(3, 6)))
	require.Equal(t, 0.25, JaccardDistance(span(0, 4), span(0, 3)))
	require.Equal(t, 1., JaccardDistance(nil, span(0, 2)))
}
