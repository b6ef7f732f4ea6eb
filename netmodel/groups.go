package netmodel

import "butterfly/node"

// groups holds the directed pairs of host groups that active faults lie between, so that asking
// whether any of them concerns a path is one AND of two words for every 32 faults.
//
// A fault owns a slot: two lanes, one for each direction, each one bit of a word. Host h has the
// lane's bit in out when it is in the group the lane leads from, and in in when it is in the group
// it leads to. The path from a to b is concerned iff out[a] & in[b] has a bit.
type groups struct {
	hosts  int
	active int       // slots in use
	words  [][]lanes // words[w][h]: the lanes of slots 32w to 32w+31 at host h
	taken  []uint32  // taken[w] bit i: slot 32w+i is in use
}

// lanes is the part of one host in up to 32 faults.
type lanes struct{ out, in uint64 }

const slotsPerWord = 32

func newGroups(hosts int) groups { return groups{hosts: hosts} }

// span says between which hosts a fault lies.
type span struct {
	from, to membership
	oneWay   bool
}

// membership reports whether a host is in a group.
type membership []bool

// everyone is the group of all hosts.
func everyone(hosts int) membership { return make(membership, hosts).complement() }

// memberOf turns a list of hosts into a group.
func memberOf(hosts int, list []node.ID) membership {
	group := make(membership, hosts)
	for _, h := range list {
		group[h] = true
	}
	return group
}

// between is where a fault lies between two groups, each of them everybody if it is nil.
func (n *Net) between(a, b []node.ID, oneWay bool) span {
	s := span{from: everyone(n.hosts), to: everyone(n.hosts), oneWay: oneWay}
	if a != nil {
		s.from = memberOf(n.hosts, a)
	}
	if b != nil {
		s.to = memberOf(n.hosts, b)
	}
	return s
}

// apart is where a fault lies that parts two groups: one that is nil is everybody who is not in the
// other, and both nil are nobody.
func (n *Net) apart(a, b []node.ID, oneWay bool) span {
	s := span{from: memberOf(n.hosts, a), to: memberOf(n.hosts, b), oneWay: oneWay}
	switch {
	case a == nil && b != nil:
		s.from = s.to.complement()
	case b == nil:
		s.to = s.from.complement()
	}
	return s
}

// complement returns the hosts that are not in the group.
func (m membership) complement() membership {
	rest := make(membership, len(m))
	for h, in := range m {
		rest[h] = !in
	}
	return rest
}

// slot names a fault's place in groups.
type slot int

// add puts a fault into the first free slot.
func (g *groups) add(s span) slot {
	place := g.freeSlot()
	word, forth := place.lane()
	back := forth << 1
	for h := range g.words[word] {
		l := &g.words[word][h]
		if s.from[h] {
			l.out |= forth
		}
		if s.to[h] {
			l.in |= forth
		}
		if s.oneWay {
			continue
		}
		if s.to[h] {
			l.out |= back
		}
		if s.from[h] {
			l.in |= back
		}
	}
	g.taken[word] |= 1 << (place % slotsPerWord)
	g.active++
	return place
}

// remove empties a slot.
func (g *groups) remove(place slot) {
	word, forth := place.lane()
	both := forth | forth<<1
	for h := range g.words[word] {
		g.words[word][h].out &^= both
		g.words[word][h].in &^= both
	}
	g.taken[word] &^= 1 << (place % slotsPerWord)
	g.active--
}

// any reports whether any fault lies on the path.
func (g *groups) any(from, to node.ID) bool {
	if g.active == 0 {
		return false
	}
	for _, hosts := range g.words {
		if hosts[from].out&hosts[to].in != 0 {
			return true
		}
	}
	return false
}

// has reports whether the fault in one slot lies on the path.
func (g *groups) has(place slot, from, to node.ID) bool {
	word, forth := place.lane()
	hosts := g.words[word]
	return hosts[from].out&hosts[to].in&(forth|forth<<1) != 0
}

// lane returns the word that holds the slot, and the bit of its lane from A to B. The lane back is
// the next higher bit.
func (s slot) lane() (word int, forth uint64) {
	return int(s) / slotsPerWord, 1 << (2 * (s % slotsPerWord))
}

func (g *groups) freeSlot() slot {
	for place := slot(0); ; place++ {
		word := int(place) / slotsPerWord
		if word == len(g.words) {
			g.words = append(g.words, make([]lanes, g.hosts))
			g.taken = append(g.taken, 0)
		}
		if g.taken[word]&(1<<(place%slotsPerWord)) == 0 {
			return place
		}
	}
}
