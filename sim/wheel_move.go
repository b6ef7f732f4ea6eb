package sim

// What is short enough for the near list, in events. While the list covers a slot, pushes into that
// span are insertions, and they cost more the longer the list is; but the smaller the slot's share
// of all events, the fewer such pushes there are. The figures are measured optima, and flat ones:
// half or twice as much changes a hold by a few per cent.
const (
	shortAlways  = 64
	shortAtMost  = 240
	shortPortion = 16 // up to shortAtMost if no more than one in so many
)

// short reports whether a chain is to be loaded into the near list.
func (w *wheel) short(c *chain) bool {
	return c.count <= shortAlways || c.count <= shortAtMost && int(c.count)*shortPortion <= w.size
}

// load moves a chain to the near list, which from now on covers the slot.
func (w *wheel) load(c *chain, level, slot uint) {
	shift := level * digitBits
	w.near.reset((uint64(c.low)>>shift + 1) << shift)
	w.near.appendSorted(&w.blocks, c)
	w.vacate(level, slot)
}

// loadTies moves the first block of a chain on level 0 to the near list. The limit is the very
// instant of the chain: what is pushed for it later belongs after the rest of the chain.
func (w *wheel) loadTies(c *chain, slot uint) {
	w.near.reset(uint64(c.low))
	w.near.append(w.blocks.front(c))
	w.blocks.dropFront(c)
	if c.count == 0 {
		w.vacate(0, slot)
	}
}

// lower moves a chain of events due at the anchor to level 0, as a whole.
func (w *wheel) lower(c *chain, level, slot uint) {
	lowest := uint(w.anchor) % digitValues
	w.slots[lowest] = *c
	w.occupy(0, lowest)
	*c = chain{}
	w.vacate(level, slot)
}

// spread moves the events of a chain to the levels below.
func (w *wheel) spread(c *chain, level, slot uint) {
	for c.count > 0 {
		events := w.blocks.front(c)
		for i := range events {
			*w.place(events[i].at) = events[i]
		}
		w.blocks.dropFront(c)
	}
	w.vacate(level, slot)
}
