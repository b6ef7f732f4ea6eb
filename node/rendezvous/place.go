package rendezvous

import "butterfly/node"

// Member is a candidate: its ID and the hash of its name.
type Member struct {
	ID   node.ID
	Hash Hash
}

// Owner returns the member that ranks first for key; false if there are no members.
func Owner(key Hash, members []Member) (node.ID, bool) {
	if len(members) == 0 {
		return node.Nobody, false
	}
	owner, best := members[0], Score(key, members[0].Hash)
	for _, m := range members[1:] {
		if score := Score(key, m.Hash); above(score, m.ID, best, owner.ID) {
			owner, best = m, score
		}
	}
	return owner.ID, true
}

// Rank returns how many members rank above self for key: 0 for the owner. Self need not be listed;
// a listed self does not rank above itself.
func Rank(key Hash, members []Member, self Member) int {
	rank, own := 0, Score(key, self.Hash)
	for _, m := range members {
		if above(Score(key, m.Hash), m.ID, own, self.ID) {
			rank++
		}
	}
	return rank
}

// Order appends the IDs of all members to dst, the owner of key first, and returns the result. It
// places each member at its rank: n² scores, which for the 64 servers of a data centre is less work
// than it sounds and needs no memory.
func Order(key Hash, members []Member, dst []node.ID) []node.ID {
	start := len(dst)
	for _, m := range members {
		dst = append(dst, m.ID)
	}
	for _, m := range members {
		dst[start+Rank(key, members, m)] = m.ID
	}
	return dst
}

// Higher reports whether a ranks above b for key. Of members with equal scores the lower ID ranks
// above.
func Higher(key Hash, a, b Member) bool {
	return above(Score(key, a.Hash), a.ID, Score(key, b.Hash), b.ID)
}

func above(score uint64, id node.ID, thanScore uint64, thanID node.ID) bool {
	if score != thanScore {
		return score > thanScore
	}
	return id < thanID
}
