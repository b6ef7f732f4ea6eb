package swim

import (
	"slices"

	"butterfly/node"
	"butterfly/sim/rng"
)

// The roster is the order in which members are probed: SWIM's round robin (section 4.3), "in a
// random permutation" that is drawn one member at a time. It is the list of live members itself,
// those that this traversal has probed before those that it has not.

// advance returns the next member to probe, and whether there is any.
func (t *table) advance(rand *rng.Rand) (node.ID, bool) {
	if len(t.order) == 0 {
		return node.Nobody, false
	}
	if t.probed == len(t.order) {
		t.probed = 0
	}
	t.swap(t.probed, t.probed+rand.Intn(len(t.order)-t.probed))
	t.probed++
	return t.order[t.probed-1], true
}

// admit gives a new live member a uniformly random place in the traversal: perhaps one already
// passed.
func (t *table) admit(id node.ID, rand *rng.Rand) {
	last := len(t.order)
	t.order = append(t.order, id)
	if rand.Intn(last+1) < t.probed {
		t.swap(last, t.probed)
		t.probed++
	}
}

// expel takes id out of the live members. It looks through all of them: members come and go rarely,
// and a place noted in every entry would have to be kept up with every probe.
func (t *table) expel(id node.ID) {
	place := slices.Index(t.order, id)
	if place < t.probed {
		t.probed--
		t.swap(place, t.probed)
		place = t.probed
	}
	last := len(t.order) - 1
	t.swap(place, last)
	t.order = t.order[:last]
}

func (t *table) swap(i, j int) { t.order[i], t.order[j] = t.order[j], t.order[i] }
