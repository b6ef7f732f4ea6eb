package sim

// slab holds values at addresses that never move, handed out by number and reused. It grows by chunks,
// so a pointer into it stays good while more are allocated.
type slab[T any] struct {
	chunks []*[slabChunk]T
	free   []uint32
	used   uint32
}

const slabChunk = 256

// take returns the number of an unused value, whose old content is still there for its memory to be
// reused.
func (s *slab[T]) take() uint32 {
	if n := len(s.free); n > 0 {
		index := s.free[n-1]
		s.free = s.free[:n-1]
		return index
	}
	if s.used%slabChunk == 0 {
		s.chunks = append(s.chunks, new([slabChunk]T))
	}
	s.used++
	return s.used - 1
}

func (s *slab[T]) at(index uint32) *T { return &s.chunks[index/slabChunk][index%slabChunk] }

func (s *slab[T]) give(index uint32) { s.free = append(s.free, index) }
