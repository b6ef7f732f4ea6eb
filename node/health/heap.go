package health

// The heap of a queue is 4-ary: half as deep as a binary one, and the children lie side by side.
const arity = 4

// heapAdd adds an item whose origin is not queued.
func (q *queue) heapAdd(item queued) {
	q.heap = append(q.heap, item)
	q.heapUp(len(q.heap)-1, item)
}

// heapRemove removes the item at a place, and puts the last one where it then belongs.
func (q *queue) heapRemove(place int) {
	last := len(q.heap) - 1
	item := q.heap[last]
	q.heap = q.heap[:last]
	switch {
	case place == last:
	case place > 0 && item.before(q.heap[(place-1)/arity]):
		q.heapUp(place, item)
	default:
		q.heapDown(place, item)
	}
}

// heapUp puts item at a place or above it.
func (q *queue) heapUp(place int, item queued) {
	for place > 0 {
		parent := (place - 1) / arity
		if !item.before(q.heap[parent]) {
			break
		}
		q.heapPut(place, q.heap[parent])
		place = parent
	}
	q.heapPut(place, item)
}

// heapDown puts item at a place or below it.
func (q *queue) heapDown(place int, item queued) {
	for {
		child, found := q.heapFirstChild(place)
		if !found || !q.heap[child].before(item) {
			break
		}
		q.heapPut(place, q.heap[child])
		place = child
	}
	q.heapPut(place, item)
}

// heapFirstChild returns the place of the earliest child of the item at a place, if it has any.
func (q *queue) heapFirstChild(place int) (first int, found bool) {
	first = place*arity + 1
	if first >= len(q.heap) {
		return 0, false
	}
	end := min(first+arity, len(q.heap))
	for child := first + 1; child < end; child++ {
		if q.heap[child].before(q.heap[first]) {
			first = child
		}
	}
	return first, true
}

func (q *queue) heapPut(place int, item queued) {
	q.heap[place] = item
	q.origins[item.origin].place = int32(place) + 1
}
