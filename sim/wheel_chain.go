package sim

import (
	"unsafe"

	"butterfly/sim/clock"
)

const (
	blockEvents = 15 // makes a block 512 bytes, link included
	chunkBlocks = 64 // makes a chunk 32 KiB
)

// block is the unit in which chains grow.
type block struct {
	events [blockEvents]event
	next   uint32 // number of the block after it in its chain or among the free ones
	_      [28]byte
}

// chain is a first-in-first-out sequence of events in blocks. The zero value is an empty chain.
//
// Invariants: an empty chain is zero, others have just the blocks they need; low <= at <= high for
// every event, and both bounds are reached.
type chain struct {
	low, high  clock.Time
	count      uint32
	head, tail uint32 // block numbers
	start      uint8  // index of the first event in head
	room       uint8  // places left in tail
}

// blockStore owns the blocks of all chains of a wheel. They are allocated in chunks, which never
// move, and reused last in, first out, while they are still in the processor's cache. The zero
// value is an empty store.
type blockStore struct {
	chunks []*[chunkBlocks]block
	fresh  uint32 // blocks from this number on have never been used
	unused uint32 // number of blocks that are free again
	free   uint32 // the first of them
}

// extend adds an event due at the instant at the end of c and returns its place, to be filled in.
func (s *blockStore) extend(c *chain, at clock.Time) *event {
	if c.room == 0 {
		s.addBlock(c, at)
	}
	place := &s.block(c.tail).events[blockEvents-c.room]
	c.room--
	c.count++
	c.low = min(c.low, at)
	c.high = max(c.high, at)
	return place
}

// front returns the events in the first block of c.
func (s *blockStore) front(c *chain) []event {
	return s.block(c.head).events[c.start:][:c.frontCount()]
}

// skipFront moves c past the events in its first block.
func (s *blockStore) skipFront(c *chain) {
	c.count -= c.frontCount()
	c.start = 0
	c.head = s.block(c.head).next
}

// dropFront removes the events in the first block of c.
func (s *blockStore) dropFront(c *chain) {
	emptied := c.head
	s.skipFront(c)
	if c.count == 0 {
		*c = chain{}
	}
	s.block(emptied).next = s.free
	s.free = emptied
	s.unused++
}

func (s *blockStore) memory() int {
	return cap(s.chunks)*int(unsafe.Sizeof(s.chunks[0])) +
		len(s.chunks)*int(unsafe.Sizeof(*s.chunks[0]))
}

// frontCount is the number of events in the first block.
func (c *chain) frontCount() uint32 { return min(blockEvents-uint32(c.start), c.count) }

// addBlock gives c a new last block, for an event due at the instant.
func (s *blockStore) addBlock(c *chain, at clock.Time) {
	number := s.takeBlock()
	if c.count == 0 {
		*c = chain{low: at, high: at, head: number}
	} else {
		s.block(c.tail).next = number
	}
	c.tail, c.room = number, blockEvents
}

// takeBlock returns the number of a block that is in no chain.
func (s *blockStore) takeBlock() uint32 {
	if s.unused > 0 {
		s.unused--
		number := s.free
		s.free = s.block(number).next
		return number
	}
	if int(s.fresh) == len(s.chunks)*chunkBlocks {
		s.chunks = append(s.chunks, new([chunkBlocks]block))
	}
	s.fresh++
	return s.fresh - 1
}

func (s *blockStore) block(number uint32) *block {
	return &s.chunks[number/chunkBlocks][number%chunkBlocks]
}
