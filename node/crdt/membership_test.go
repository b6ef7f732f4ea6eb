package crdt

import "slices"

// meet brings all that are present together.
func (u *universe) meet() {
	for range 2 {
		for to := range u.replicas {
			for from := range u.replicas {
				if u.present[to] && u.present[from] {
					u.deliver(u.answer(u.inquiry(to, from, 0)))
				}
			}
		}
	}
}

// collect collects what all that are present have seen, if also nobody, and no answer on its way,
// has more of a closed life than that.
func (u *universe) collect(who int) {
	if !u.present[who] {
		return
	}
	m := u.replicas[who]
	stable := u.spec.stable(u.replicas, u.present)
	for _, sees := range append(slices.Clone(u.spec.sees), u.underway()...) {
		for dot := range sees {
			if stable.supersedes(dot.Actor) && !stable.Covers(dot) {
				return
			}
		}
	}
	slots := requireSoundEntries(u.t, m)
	m.Collect(&stable)
	u.reached.noteCollection(slots-requireSoundEntries(u.t, m), retires(*m.Versions()))
	u.check(who)
}

// underway returns what the answers on their way bring.
func (u *universe) underway() (sees []map[Dot]bool) {
	for _, a := range u.answers {
		sees = append(sees, a.sees)
	}
	return sees
}
