package checkers

import "butterfly/node"

// descriptions is the hash of each member's metadata at each of its incarnations, as first heard.
type descriptions map[description]uint64

type description struct {
	member      uint32
	incarnation uint64
}

// observe takes any event, and demands that it agrees with the first about the same incarnation.
func (d descriptions) observe(o *Observation, report *Report) {
	if o.Event.Kind != node.MemberAlive && o.Event.Kind != node.Described {
		return
	}
	about, hash := description{o.Event.Subject, o.Event.A}, o.Event.B
	first, known := d[about]
	if !known {
		d[about] = hash
		return
	}
	if hash != first {
		report.Violate(PropertyOneDescription, o.At,
			"host %d has at %v metadata %#x of host %d at incarnation %d, "+
				"of which %#x was the first heard",
			o.Host, o.At, hash, about.member, about.incarnation, first)
	}
}
