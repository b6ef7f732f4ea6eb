package raft

import (
	"encoding/binary"
	"math"
	"slices"

	"butterfly/node/health"
	"butterfly/node/origin"
	"butterfly/scenarios/rivals/station"
)

// agreed is what the commands of the log have led to: who takes part, what is to be checked, and
// what was found. Voters have it by the log, and the others by the news of it.
type agreed struct {
	servers []bool          // that take part
	values  []origin.Value  // by origin: how it is to be checked
	status  []health.Status // by origin: what was found
}

// newAgreed is what all agree on before the first command: what they are configured with.
func newAgreed(c *station.Config) agreed {
	a := agreed{
		servers: make([]bool, c.Servers),
		values:  make([]origin.Value, c.Origins),
		status:  make([]health.Status, c.Origins),
	}
	for number, definition := range c.Configured {
		a.values[number] = origin.By(definition)
	}
	return a
}

// fits reports whether a change is of a server or an origin that there can be.
func (a *agreed) fits(c change) bool {
	if c.what == joined || c.what == parted {
		return int(c.number) < len(a.servers)
	}
	return int(c.number) < len(a.values)
}

// has reports whether a change, which fits, would change nothing. What is found of an origin that
// is not to be checked is nothing.
func (a *agreed) has(c change) bool {
	switch c.what {
	case joined:
		return a.servers[c.number]
	case parted:
		return !a.servers[c.number]
	case registered:
		return a.values[c.number] == origin.Value(c.value)
	}
	return a.values[c.number] == origin.Removed || a.status[c.number] == health.Status(c.value)
}

// make makes a change that fits. What was found of an origin that has been removed since is
// dropped: whoever registers it again is not to begin with it.
func (a *agreed) make(c change) {
	switch c.what {
	case joined, parted:
		a.servers[c.number] = c.what == joined
	case registered:
		a.values[c.number] = origin.Value(c.value)
		if a.values[c.number] == origin.Removed {
			a.status[c.number] = health.Unknown
		}
	case found:
		if a.values[c.number] != origin.Removed {
			a.status[c.number] = health.Status(c.value)
		}
	}
}

// append appends all of it: servers that take part, by how far each is from the one before it, and
// of each origin its value and status.
//
//	count                 uvarint
//	for each server
//	  number              uvarint
//	for each origin
//	  value               uvarint
//	  status              1
func (a *agreed) append(b []byte) []byte {
	b = binary.AppendUvarint(b, uint64(a.count()))
	for server, takes := range a.servers {
		if takes {
			b = binary.AppendUvarint(b, uint64(server))
		}
	}
	for number := range a.values {
		b = binary.AppendUvarint(b, uint64(a.values[number]))
		b = append(b, byte(a.status[number]))
	}
	return b
}

// count is how many servers take part.
func (a *agreed) count() (count int) {
	for _, takes := range a.servers {
		if takes {
			count++
		}
	}
	return count
}

// parse reads what append wrote into a, which is as large, and reports whether it made sense. If
// not, a is as it was.
func (a *agreed) parse(b []byte) bool {
	r := station.NewReader(b)
	next := agreed{
		servers: make([]bool, len(a.servers)),
		values:  slices.Clone(a.values), status: slices.Clone(a.status),
	}
	for range r.Count(1) {
		if server := r.Uvarint(math.MaxUint32); server < uint64(len(a.servers)) {
			next.servers[server] = true
		}
	}
	for number := range next.values {
		next.values[number] = origin.Value(r.Uvarint(origin.MaxDefinitions))
		next.status[number] = health.Status(r.Byte(byte(health.Unable)))
	}
	if r.End() != nil {
		return false
	}
	*a = next
	return true
}
