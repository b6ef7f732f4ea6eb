package health

// round is a ring of queued items in order of time, which leave it in front and join it at the end.
type round struct {
	slots      []queued // a power of two of them
	head, tail uint32   // items head to tail-1, each in the slot of its number modulo the slots
}

// smallestRound is how many slots a round begins with.
const smallestRound = 16

func (r *round) size() int { return int(r.tail - r.head) }

func (r *round) empty() bool { return r.head == r.tail }

func (r *round) slot(number uint32) *queued { return &r.slots[number&uint32(len(r.slots)-1)] }

// first returns the item in front, valid until the next push. The round must not be empty.
func (r *round) first() *queued { return r.slot(r.head) }

// push adds an item unless it comes before the last one.
func (r *round) push(item queued) (pushed bool) {
	if r.size() == len(r.slots) {
		r.grow()
	}
	if !r.empty() && item.at < r.slot(r.tail-1).at {
		return false
	}
	*r.slot(r.tail) = item
	r.tail++
	return true
}

func (r *round) pop() { r.head++ }

func (r *round) grow() {
	old := *r
	*r = round{slots: make([]queued, max(smallestRound, 2*len(old.slots)))}
	for number := old.head; number != old.tail; number++ {
		*r.slot(r.tail) = *old.slot(number)
		r.tail++
	}
}

// keep drops the items that do not pass.
func (r *round) keep(pass func(queued) bool) {
	end := r.head
	for number := r.head; number != r.tail; number++ {
		if item := *r.slot(number); pass(item) {
			*r.slot(end) = item
			end++
		}
	}
	r.tail = end
}
