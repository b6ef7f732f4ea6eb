package swim

import "butterfly/node"

// queue holds which members there is news about, to be passed on. What the news is, the table says
// when it is sent, so that newer news replaces older and each member is queued at most once.
//
// It is a binary heap ordered by (fewest sends, youngest): "preferring those that have been
// gossiped fewer times" (SWIM, section 4.1), and among equals the news of now before the bulk of a
// join. Where in the heap a member is, its table entry says.
type queue struct {
	table *table
	heap  []news
	// births numbers the news. It is never reset, so no two items ever compare equal: memberlist,
	// which resets its numbers when the queue runs empty, loses news that way.
	births uint64
	taken  []news // by the datagram under way, and to go on later ones
}

type news struct {
	birth  uint64
	member node.ID
	sends  uint32
}

func (n news) before(m news) bool {
	return n.sends < m.sends || n.sends == m.sends && n.birth > m.birth
}

func (q *queue) empty() bool { return len(q.heap) == 0 }

// put queues news about id that nobody has been told, replacing older news.
func (q *queue) put(id node.ID) {
	q.drop(id)
	q.births++
	q.push(news{birth: q.births, member: id})
}

// drop removes the news about id, if any.
func (q *queue) drop(id node.ID) {
	if place := q.table.entries[id].queued; place > 0 {
		q.remove(int(place) - 1)
	}
}

// hold begins a datagram: what it takes comes back to the queue at the release, so that it takes
// nothing twice.
func (q *queue) hold() { q.taken = q.taken[:0] }

// next returns the member whose news is to go first. The queue must not be empty.
func (q *queue) next() node.ID { return q.heap[0].member }

// take takes the next news. After limit times it leaves the queue for good.
func (q *queue) take(limit uint32) {
	n := q.heap[0]
	q.remove(0)
	if n.sends++; n.sends < limit {
		q.taken = append(q.taken, n)
	}
}

// release ends the datagram.
func (q *queue) release() {
	for _, n := range q.taken {
		q.push(n)
	}
}

func (q *queue) push(n news) {
	q.heap = append(q.heap, n)
	q.rise(len(q.heap) - 1)
}

func (q *queue) remove(i int) {
	last := len(q.heap) - 1
	q.table.entries[q.heap[i].member].queued = 0
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
	q.table.entries[n.member].queued = int32(i) + 1
}
