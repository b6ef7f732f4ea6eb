package crdt

// withRoom returns s with room for count more elements. It grows by an eighth, half of what append
// would: a process may hold many replicas, and they grow only at their beginning.
func withRoom[T any](s []T, count int) []T {
	if len(s)+count <= cap(s) {
		return s
	}
	return append(make([]T, 0, len(s)+len(s)/8+count), s...)
}
