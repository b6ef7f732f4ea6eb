package checkers

import "slices"

// siblingSets holds a set of writes, by number, for each key. Nearly all sets have one write, and
// take four bytes; each write of a larger one takes eight more while it is that large.
//
// Invariants:
//  1. cells[key] is 0 for no write, the number of the only write, or -i for those of a list that
//     begins with links[i].
//  2. links[0] is not used; every other link is in the list of one key, or in that of unused ones.
type siblingSets struct {
	cells  []int32
	links  []siblingLink
	unused int32    // the first unused link, 0 for none
	linked int      // how many links are used
	one    [1]int32 // lent by at
	lent   []int32
}

// siblingLink is one write of several, and where the next one is: 0 for nowhere.
type siblingLink struct{ write, next int32 }

// smallestLinks is how many links are kept though most of them are unused.
const smallestLinks = 64

// reset takes all writes out.
func (s *siblingSets) reset() { *s = siblingSets{cells: s.cells[:0], lent: s.lent[:0]} }

// at returns the writes of key, valid until the next call of a method.
func (s *siblingSets) at(key int32) []int32 {
	if int(key) >= len(s.cells) || s.cells[key] == 0 {
		return nil
	}
	if cell := s.cells[key]; cell < 0 {
		return s.several(-cell)
	}
	s.one[0] = s.cells[key]
	return s.one[:]
}

func (s *siblingSets) several(first int32) []int32 {
	lent := s.lent[:0]
	for i := first; i != 0; i = s.links[i].next {
		lent = append(lent, s.links[i].write)
	}
	s.lent = lent
	return lent
}

// set replaces the writes of key by a copy of writes, of which there is at least one.
func (s *siblingSets) set(key int32, writes ...int32) {
	for int(key) >= len(s.cells) {
		s.cells = append(s.cells, 0)
	}
	if len(writes) > 1 || s.cells[key] < 0 {
		s.relist(key, writes)
	} else {
		s.cells[key] = writes[0]
	}
}

// relist is set where there are several writes before or after it.
func (s *siblingSets) relist(key int32, writes []int32) {
	if cell := s.cells[key]; cell < 0 {
		s.release(-cell)
	}
	if s.cells[key] = writes[0]; len(writes) > 1 {
		s.cells[key] = -s.list(writes)
	}
	if len(s.links) > smallestLinks+4*s.linked {
		s.compact()
	}
}

// release makes the links of a list unused.
func (s *siblingSets) release(first int32) {
	last := first
	for s.linked--; s.links[last].next != 0; s.linked-- {
		last = s.links[last].next
	}
	s.links[last].next, s.unused = s.unused, first
}

// list makes a list of writes and returns its first link.
func (s *siblingSets) list(writes []int32) (first int32) {
	for _, write := range slices.Backward(writes) {
		i := s.room()
		s.links[i] = siblingLink{write, first}
		first = i
	}
	return first
}

func (s *siblingSets) room() (i int32) {
	s.linked++
	if i = s.unused; i != 0 {
		s.unused = s.links[i].next
		return i
	}
	if len(s.links) == 0 {
		s.links = append(s.links, siblingLink{})
	}
	s.links = append(s.links, siblingLink{})
	return int32(len(s.links) - 1)
}

// compact gives back the memory of unused links.
func (s *siblingSets) compact() {
	packed := siblingSets{cells: s.cells, links: make([]siblingLink, 0, 2*(1+s.linked))}
	for key, cell := range s.cells {
		if cell < 0 {
			s.cells[key] = -packed.list(s.at(int32(key)))
		}
	}
	*s = packed
}
