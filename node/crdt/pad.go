package crdt

// pad is a list of places that is filled again and again.
type pad struct {
	places []place
	lull   int // how often in a row it had far more memory than it needed
}

// longLull is how long a lull lasts until memory is given back. In quiet times it is minutes from
// one answer that brings anything to the next.
const longLull = 8

func (p *pad) note(q place) { p.places = append(p.places, q) }

// clear empties the list. Memory for a load that comes every now and then stays; what has not been
// needed for long goes.
func (p *pad) clear() {
	p.lull++
	if len(p.places) >= cap(p.places)/8 || cap(p.places) <= 2*mostKept {
		p.lull = 0
	}
	p.places = p.places[:0]
	if p.lull == longLull {
		*p = pad{}
	}
}
