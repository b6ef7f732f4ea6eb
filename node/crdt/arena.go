package crdt

// arena hands out small slices from large arrays: most keys have one writer, and a new replica
// learns of all its keys at once. The zero value is ready for use.
type arena[T any] []T

// arenaChunk is how many slices share one array.
const arenaChunk = 256

// one returns an empty slice with room for one element.
func (a *arena[T]) one() []T {
	if len(*a) == 0 {
		*a = make([]T, arenaChunk)
	}
	slice := (*a)[:0:1]
	*a = (*a)[1:]
	return slice
}
