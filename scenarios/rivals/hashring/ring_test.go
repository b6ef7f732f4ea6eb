package hashring

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
)

// order sorts servers by their scores for an origin, the owner first.
func order(r *Ring, origin uint32, servers []node.ID) []node.ID {
	return slices.SortedFunc(slices.Values(servers), func(a, b node.ID) int {
		if r.Score(origin, a) > r.Score(origin, b) {
			return -1
		}
		return 1
	})
}

// walk goes clockwise round the circle, point by point, and writes down whom it meets for the first
// time: what the package documentation says, done literally.
func walk(perServer int, origin uint32, servers []node.ID) (met []node.ID) {
	var points []point
	for _, server := range servers {
		for _, at := range pointsOf(int(server), perServer) {
			points = append(points, point{at - keyOf(int(origin)), server})
		}
	}
	slices.SortFunc(points, func(a, b point) int {
		if a.at < b.at {
			return -1
		}
		return 1
	})
	for _, p := range points {
		if !slices.Contains(met, p.server) {
			met = append(met, p.server)
		}
	}
	return met
}

// "The order in which the circle comes upon the first point of each", for any set of servers that
// are alive.
func TestScoresRankServersAsTheCircleComesUponThem(t *testing.T) {
	ring := New(8, 50, 5)
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfNDistinct(rapid.Uint32Range(0, 7), 1, 8, rapid.ID).Draw(t, "alive")
		servers := make([]node.ID, len(ids))
		for i, id := range ids {
			servers[i] = node.ID(id)
		}
		origin := rapid.Uint32Range(0, 49).Draw(t, "origin")
		require.Equal(t, walk(5, origin, servers), order(ring, origin, servers))
	})
}

// The two ways to find an owner agree: by scores, and by one search among all points.
func TestTheRingIsTheCircle(t *testing.T) {
	for _, perServer := range []int{1, DefaultPoints} {
		ring := New(10, 1000, perServer)
		all := Span(0, 10)
		owners := circleOwners(all, 1000, perServer)
		for origin, owner := range owners {
			require.Equal(t, owner, order(ring, uint32(origin), all)[0])
		}
	}
}

// "With one point for each server, all go to one": the keys of a server that dies.
func TestOnePointEachFailsOverToOne(t *testing.T) {
	heirs := func(perServer int) int {
		ring := New(10, 2000, perServer)
		seen, all := map[node.ID]bool{}, []node.ID{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}
		for origin := range uint32(2000) {
			if ranked := order(ring, origin, all); ranked[0] == 3 {
				seen[ranked[1]] = true
			}
		}
		return len(seen)
	}
	require.Equal(t, 1, heirs(1))
	require.Equal(t, 9, heirs(DefaultPoints))
}

func TestAScoreAllocatesNothing(t *testing.T) {
	ring := New(64, 100, DefaultPoints)
	require.Zero(t, testing.AllocsPerRun(100, func() { ring.Score(7, 3) }))
}

func BenchmarkNew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		New(64, 10_000, DefaultPoints)
	}
}

func BenchmarkScore(b *testing.B) {
	ring := New(64, 10_000, DefaultPoints)
	b.ReportAllocs()
	origin := uint32(0)
	for b.Loop() {
		origin = (origin + 7919) % 10_000
		ring.Score(origin, node.ID(origin%64))
	}
}
