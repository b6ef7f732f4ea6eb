package crdt

// withRoom returns s with room for count more elements. It grows by an eighth, half of what append
// would: a process may hold many replicas, and they grow only at their beginning.
func withRoom[T any](s []T, count int) []T {
	if len(s)+count <= cap(s) {
		return s
	}
	return append(make([]T, 0, len(s)+len(s)/8+count), s...)
}

// mostKept is for how many elements memory is always kept that is used again from time to time.
// What was appended to may have twice the room it needs.
const mostKept = 128

// emptied returns s without its elements, and without its memory if that is large: it would be
// kept for a moment that may not come again, and to fill it costs more than to allocate it.
func emptied[T any](s []T) []T {
	if cap(s) > 2*mostKept {
		return nil
	}
	return s[:0]
}
