package routing

import "butterfly/sim/rng"

// judgePanic begins or ends a pool's panic. Requests then begin or end to go to its origins that
// are out of rotation, and to these alone.
func (t *Table) judgePanic(p *pool) {
	if p.panicking == t.short(p) {
		return
	}
	p.panicking = !p.panicking
	for _, origin := range p.members {
		o := &t.origins[origin]
		switch {
		case o.state.inRotation():
		case p.panicking:
			t.tell(origin, 0, uint32(o.weight))
		default:
			t.tell(origin, uint32(o.weight), 0)
		}
	}
}

// short reports whether less of a pool is available than the panic threshold asks for.
func (t *Table) short(p *pool) bool {
	return uint64(p.available)*uint64(rng.Always) < uint64(p.weight)*uint64(t.config.PanicPPM)
}
