package hashring

import (
	"cmp"
	"slices"

	"butterfly/node"
)

// point is one place of a server on the circle.
type point struct {
	at     uint64
	server node.ID
}

// circleOwners finds the owner of every key by one search among the points of all servers, which is
// how a hash ring is used when nobody asks who comes second.
func circleOwners(view []node.ID, keys, perServer int) []node.ID {
	points := make([]point, 0, len(view)*perServer)
	for _, server := range view {
		for _, at := range pointsOf(int(server), perServer) {
			points = append(points, point{at, server})
		}
	}
	slices.SortFunc(points, func(a, b point) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.server, b.server))
	})
	owners := make([]node.ID, keys)
	for key := range owners {
		next, _ := slices.BinarySearchFunc(points, keyOf(key), func(p point, at uint64) int {
			return cmp.Compare(p.at, at)
		})
		owners[key] = points[next%len(points)].server
	}
	return owners
}
