package checkers

// siblingSets holds a set of writes, by number, for each key. Nearly all sets have one write, and
// take four bytes.
//
// Invariants:
//  1. cells[key] is 0 for no write, the number of the only write, or -i for those of several[i].
//  2. several[0] is not used.
type siblingSets struct {
	cells   []int32
	several [][]int32
	free    []int32  // unused indices of several
	one     [1]int32 // lent by at
}

// at returns the writes of key, valid until the next call of a method.
func (s *siblingSets) at(key int32) []int32 {
	if int(key) >= len(s.cells) || s.cells[key] == 0 {
		return nil
	}
	if cell := s.cells[key]; cell < 0 {
		return s.several[-cell]
	}
	s.one[0] = s.cells[key]
	return s.one[:]
}

// set replaces the writes of key by a copy of writes, of which there is at least one.
func (s *siblingSets) set(key int32, writes ...int32) {
	for int(key) >= len(s.cells) {
		s.cells = append(s.cells, 0)
	}
	cell := &s.cells[key]
	switch {
	case len(writes) > 1:
		if *cell >= 0 {
			*cell = -s.room()
		}
		s.several[-*cell] = append(s.several[-*cell][:0], writes...)
		return
	case *cell < 0:
		s.free = append(s.free, -*cell)
	}
	*cell = writes[0]
}

func (s *siblingSets) room() int32 {
	if last := len(s.free) - 1; last >= 0 {
		i := s.free[last]
		s.free = s.free[:last]
		return i
	}
	if len(s.several) == 0 {
		s.several = append(s.several, nil)
	}
	s.several = append(s.several, nil)
	return int32(len(s.several) - 1)
}
