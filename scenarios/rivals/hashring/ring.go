package hashring

import (
	"cmp"
	"fmt"
	"slices"

	"butterfly/node"
	"butterfly/node/rendezvous"
)

// DefaultPoints is how many points a server has on the circle unless one chooses otherwise. The
// first library of the kind in wide use, libketama (Jones, 2007), has 160.
const DefaultPoints = 100

// Ring ranks servers for origins by their places on the circle.
//
// Invariant: scores holds the score of server s for origin o at o * servers + s.
type Ring struct {
	servers int
	scores  []uint64
}

// New places servers 0 to servers-1, each on as many points, and origins 0 to origins-1. perServer
// is at least 1. Origins have the names and hashes that they have in the agent's placement. All
// scores are computed at once, by going round the circle with each server: 8 bytes for each pair.
func New(servers, origins, perServer int) *Ring {
	r := &Ring{servers: servers, scores: make([]uint64, servers*origins)}
	keys := clockwise(origins)
	for server := range servers {
		r.goRound(server, pointsOf(server, perServer), keys)
	}
	return r
}

// key is the point of an origin.
type key struct {
	at     uint64
	origin uint32
}

// clockwise returns the points of all origins, ascending.
func clockwise(origins int) []key {
	keys := make([]key, origins)
	for origin := range keys {
		keys[origin] = key{keyOf(origin), uint32(origin)}
	}
	slices.SortFunc(keys, func(a, b key) int { return cmp.Compare(a.at, b.at) })
	return keys
}

func keyOf(origin int) uint64 {
	return uint64(rendezvous.HashString(fmt.Sprintf("origin-%d", origin)))
}

// pointsOf returns the points of a server, ascending.
func pointsOf(server, count int) []uint64 {
	points := make([]uint64, count)
	for i := range points {
		points[i] = uint64(rendezvous.HashString(fmt.Sprintf("server-%d#%d", server, i)))
	}
	slices.Sort(points)
	return points
}

// goRound scores a server for all origins: the less of the circle lies between an origin and the
// next point of the server, the more. After the last point comes the first again.
func (r *Ring) goRound(server int, points []uint64, keys []key) {
	next := 0
	for _, k := range keys {
		for next < len(points) && points[next] < k.at {
			next++
		}
		distance := points[next%len(points)] - k.at
		r.scores[int(k.origin)*r.servers+server] = ^distance
	}
}

// Score is the rank of a server for an origin: the higher, the sooner the circle comes upon a point
// of the server's from the origin's on.
func (r *Ring) Score(origin uint32, server node.ID) uint64 {
	return r.scores[int(origin)*r.servers+int(server)]
}
