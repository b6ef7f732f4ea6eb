package netmodel

import "butterfly/node"

// Sides labels the connected sides of the network among the hosts that are up. Two hosts are joined
// directly when neither a cut nor a clog lies on the path between them in either direction; a side is
// all hosts joined directly or through others. side, one element for each host, receives the side's
// number, counting from 0 in the order of each side's lowest host, and -1 for hosts that are down. It
// returns how many sides there are.
//
// Loss and filters do not count: a link that loses everything still joins.
func (n *Net) Sides(up func(node.ID) bool, side []int) int {
	classes := n.classify(up, side)
	n.joinClasses(classes)
	return number(classes, side)
}

// class is a set of hosts that no cut tells apart: the same group memberships, so the same fate.
type class struct {
	member node.ID // any one of them
	parent int     // union-find over classes
	joined bool    // its hosts are on one side: directly, or all joined to another class
	label  int     // the number of the side, -1 before there is one
}

// classify fills class numbers into of, -1 for hosts that are down, by refining one class of all
// hosts word by word.
func (n *Net) classify(up func(node.ID) bool, of []int) []class {
	for h := range of {
		of[h] = -1
		if up(node.ID(h)) {
			of[h] = 0
		}
	}
	count := 1
	for _, g := range []*groups{&n.cuts.groups, &n.clogs.groups} {
		for w := range g.words {
			count = g.refine(w, of)
		}
	}
	return representatives(of, count)
}

// refine splits classes whose hosts differ in one word of lanes. It returns how many classes there
// are.
func (g *groups) refine(word int, of []int) int {
	type finer struct {
		class int
		lanes lanes
	}
	numbers := make(map[finer]int)
	for h, c := range of {
		if c < 0 {
			continue
		}
		key := finer{c, g.words[word][h]}
		number, known := numbers[key]
		if !known {
			number = len(numbers)
			numbers[key] = number
		}
		of[h] = number
	}
	return len(numbers)
}

func representatives(of []int, count int) []class {
	classes := make([]class, count)
	for h, c := range of {
		if c >= 0 {
			classes[c] = class{member: node.ID(h), parent: c, label: -1}
		}
	}
	return classes
}

// joinClasses unites the classes that are joined directly.
func (n *Net) joinClasses(classes []class) {
	for i := range classes {
		a := classes[i].member
		if !n.cuts.groups.any(a, a) && !n.clogs.groups.any(a, a) {
			classes[i].joined = true
		}
		for j := range i {
			b := classes[j].member
			if n.passes(a, b) && n.passes(b, a) {
				classes[i].joined, classes[j].joined = true, true
				classes[root(classes, i)].parent = root(classes, j)
			}
		}
	}
}

// passes reports whether what arrives on the directed path gets through at once.
func (n *Net) passes(from, to node.ID) bool { return !n.Blocked(from, to) && !n.clogged(from, to) }

func root(classes []class, i int) int {
	for classes[i].parent != i {
		classes[i].parent = classes[classes[i].parent].parent
		i = classes[i].parent
	}
	return i
}

// number turns class numbers into side numbers. The hosts of a class that is not joined are sides
// of their own.
func number(classes []class, side []int) int {
	next := 0
	for h, c := range side {
		if c < 0 {
			continue
		}
		top := &classes[root(classes, c)]
		if top.label < 0 || !classes[c].joined {
			top.label = next
			next++
		}
		side[h] = top.label
	}
	return next
}
