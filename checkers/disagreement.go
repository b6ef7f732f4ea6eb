package checkers

import (
	"slices"

	"butterfly/node"
)

// Disagreement returns the share of origins 0 to origins-1, of which there must be one, that a
// placement gives to different servers in the views a and b of who is alive; each ascending. If it
// ranks servers evenly that is [JaccardDistance] on average: the two agree exactly if the highest
// of all servers that are in either view is in both.
func Disagreement(owner Owner, origins int, a, b []node.ID) float64 {
	differing := 0
	for origin := range uint32(origins) {
		differing += oneIf(owner(origin, a) != owner(origin, b))
	}
	return float64(differing) / float64(origins)
}

// JaccardDistance returns 1 - |a ∩ b| / |a ∪ b| of two views, at least one of which is not empty.
func JaccardDistance(a, b []node.ID) float64 {
	common := 0
	for _, host := range a {
		common += oneIf(slices.Contains(b, host))
	}
	return 1 - float64(common)/float64(len(a)+len(b)-common)
}
