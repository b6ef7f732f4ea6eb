package routing

import "math/bits"

// lots finds the member to whom the n-th of all units of weight belongs, and changes a weight, in
// about log2 of the number of members. It is a binary indexed tree (Fenwick 1994): node i, counted
// from 1, holds the sum of the i & -i weights that end with weight i, so that the highest power of
// 2 in the length leads to the sum of the first half, and so on down. Sums are below 2^32; those in
// between may wrap.
type lots []uint32

// grown returns the tree with a weight of 0 added at its end.
func (l lots) grown() lots {
	last := len(l) + 1
	sum := uint32(0)
	for child := last - 1; child > last&(last-1); child &= child - 1 {
		sum += l[child-1]
	}
	return append(withRoom(l), sum)
}

// add adds to the weight at a slot, counted from 0.
func (l lots) add(slot int, more uint32) {
	for at := slot + 1; at <= len(l); at += at & -at {
		l[at-1] += more
	}
}

// find returns the slot of the unit number ticket, counted from 0. It is less than the sum of all.
func (l lots) find(ticket uint32) (slot int) {
	for step := 1 << bits.Len(uint(len(l))) >> 1; step > 0; step >>= 1 {
		if next := slot + step; next <= len(l) && l[next-1] <= ticket {
			slot, ticket = next, ticket-l[next-1]
		}
	}
	return slot
}
