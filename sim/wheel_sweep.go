package sim

import "math/bits"

func (w *wheel) sweep(dead func(*event) bool) int {
	swept := w.near.sweep(dead)
	for levels := w.levels; levels != 0; levels &= levels - 1 {
		swept += w.sweepLevel(uint(bits.TrailingZeros64(levels)), dead)
	}
	w.size -= swept
	return swept
}

func (w *wheel) sweepLevel(level uint, dead func(*event) bool) int {
	swept := 0
	for slots := w.occupied[level]; slots != 0; slots &= slots - 1 {
		slot := uint(bits.TrailingZeros64(slots))
		c := &w.slots[level*digitValues+slot]
		swept += w.blocks.sweep(c, dead)
		if c.count == 0 {
			w.vacate(level, slot)
		}
	}
	return swept
}

func (n *nearList) sweep(dead func(*event) bool) int {
	kept := n.head
	for i := n.head; i < n.tail; i++ {
		if !dead(&n.events[i]) {
			n.events[kept] = n.events[i]
			kept++
		}
	}
	swept := n.tail - kept
	n.tail = kept
	return swept
}

// sweep moves the events of c that are not dead to a new chain in its place.
func (s *blockStore) sweep(c *chain, dead func(*event) bool) int {
	old := *c
	*c = chain{}
	for before := old; before.count > 0; s.dropFront(&before) {
		events := s.front(&before)
		for i := range events {
			if !dead(&events[i]) {
				*s.extend(c, events[i].at) = events[i]
			}
		}
	}
	return int(old.count - c.count)
}
