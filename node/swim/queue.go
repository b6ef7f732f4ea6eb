package swim

import "butterfly/node"

// queue holds which members there is news about, to be piggybacked. What the news is, the table
// says when it is sent, so that newer news replaces older and each member is queued at most once.
//
// It is a binary heap ordered by (fewest sends, youngest): "preferring those that have been
// gossiped fewer times" (SWIM, section 4.1), and among equals the news of now before the bulk of a
// join.
type queue struct {
	heap []news
	// place holds, by member, its index in heap plus one; 0 means not queued.
	place []int32
	// births numbers the news. It is never reset, so no two items ever compare equal.
	births uint64
	taken  []news // scratch memory
}

type news struct {
	birth  uint64
	member node.ID
	sends  uint32
}

func (n news) before(m news) bool {
	return n.sends < m.sends || n.sends == m.sends && n.birth > m.birth
}

func (q *queue) has(id node.ID) bool { return int(id) < len(q.place) && q.place[id] != 0 }

// put queues news about id that nobody has been told, replacing older news.
func (q *queue) put(id node.ID) {
	q.drop(id)
	q.births++
	q.push(news{birth: q.births, member: id})
}

// drop removes the news about id, if any.
func (q *queue) drop(id node.ID) {
	if q.has(id) {
		q.remove(int(q.place[id]) - 1)
	}
}

// take returns up to count members whose news goes on the next datagram. News that has been taken
// limit times leaves the queue. The result is valid until the next call.
func (q *queue) take(count int, limit uint32) []news {
	q.taken = q.taken[:0]
	for range min(count, len(q.heap)) {
		q.taken = append(q.taken, q.heap[0])
		q.remove(0)
	}
	for _, n := range q.taken {
		if n.sends++; n.sends < limit {
			q.push(n)
		}
	}
	return q.taken
}

func (q *queue) push(n news) {
	for int(n.member) >= len(q.place) {
		q.place = append(q.place, 0)
	}
	q.heap = append(q.heap, n)
	q.rise(len(q.heap) - 1)
}

func (q *queue) remove(i int) {
	last := len(q.heap) - 1
	q.place[q.heap[i].member] = 0
	moved := q.heap[last]
	q.heap = q.heap[:last]
	if i == last {
		return
	}
	q.set(i, moved)
	q.sink(i)
	q.rise(i)
}

// rise moves item i up to where its parent comes before it.
func (q *queue) rise(i int) {
	item := q.heap[i]
	for i > 0 && item.before(q.heap[(i-1)/2]) {
		q.set(i, q.heap[(i-1)/2])
		i = (i - 1) / 2
	}
	q.set(i, item)
}

// sink moves item i down to where it comes before its children.
func (q *queue) sink(i int) {
	item := q.heap[i]
	for child := 2*i + 1; child < len(q.heap); child = 2*i + 1 {
		if child+1 < len(q.heap) && q.heap[child+1].before(q.heap[child]) {
			child++
		}
		if !q.heap[child].before(item) {
			break
		}
		q.set(i, q.heap[child])
		i = child
	}
	q.set(i, item)
}

func (q *queue) set(i int, n news) {
	q.heap[i] = n
	q.place[n.member] = int32(i) + 1
}
