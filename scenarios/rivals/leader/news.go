package leader

import "sort"

// news is what has changed since a leader stepped up, in the order in which it did, so that each
// follower can be told what it does not know yet. It is of keys, as package origin makes them of
// results and registrations: what they stand for is looked up when it is told.
//
// Invariants: log ascends by number, up to last; latest[k] is the number of the last item of key k,
// 0 without one, and that item is in the log.
type news struct {
	last   uint64
	latest []uint64 // by key
	log    []item
}

type item struct {
	number uint64
	key    uint32
}

func newNews(keys int) news { return news{latest: make([]uint64, keys)} }

// add notes that what a key stands for has changed.
func (n *news) add(key uint32) {
	n.last++
	n.latest[key] = n.last
	n.log = append(n.log, item{n.last, key})
	if len(n.log) > 2*len(n.latest) {
		n.compact()
	}
}

// compact drops items that later ones of the same key replace: at least every second one.
func (n *news) compact() {
	kept := n.log[:0]
	for _, i := range n.log {
		if n.current(i) {
			kept = append(kept, i)
		}
	}
	n.log = kept
}

// since is the part of the log after the item of that number. Only what is current in it needs to
// be told.
func (n *news) since(number uint64) []item {
	start := sort.Search(len(n.log), func(i int) bool { return n.log[i].number > number })
	return n.log[start:]
}

// current reports whether an item of the log is the last of its key.
func (n *news) current(i item) bool { return n.latest[i.key] == i.number }
