package rumor

import "butterfly/sim/rng"

// interest is how much an infective site still cares for its rumor. The zero value is that of a
// site which is not infective.
type interest struct {
	infective bool
	useless   int  // cycles on end that cost interest
	needed    bool // in this cycle: by somebody
	known     bool // in this cycle: to somebody
}

// note takes in the feedback of one contact.
func (i *interest) note(needed bool) {
	i.needed = i.needed || needed
	i.known = i.known || !needed
}

// judge ends a cycle at whose beginning the site was infective.
func (i *interest) judge(plan *Plan, rand *rng.Rand) {
	switch {
	case i.costs(plan.Variant.Blind):
		i.useless++
		if i.lost(plan, rand) {
			*i = interest{}
		}
	case i.needed:
		i.useless = 0
	}
	i.needed, i.known = false, false
}

// costs reports whether the cycle that ends costs interest.
func (i *interest) costs(blind bool) bool { return blind || i.known && !i.needed }

// lost reports whether this cycle, which cost interest, cost the rest of it.
func (i *interest) lost(plan *Plan, rand *rng.Rand) bool {
	if plan.Variant.Coin {
		return rand.Intn(plan.K) == 0
	}
	return i.useless >= plan.K
}
