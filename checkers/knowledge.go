package checkers

import "butterfly/node"

// knowledge is what every server believes of every origin, beside the truth. It keeps a byte per
// host and origin. Invariants:
//
//  1. wrong[o] is the number of present hosts that do not believe the truth of o
//  2. present is who is up and has an uplink
type knowledge struct {
	truth    []uint8 // by origin: a status
	wrong    []int32 // by origin
	believed []uint8 // [host][origin]: a status
	present  []bool  // by host
	up       []bool  // by host
	offline  []bool  // by host: has no uplink
}

// newKnowledge knows all origins to be up.
func newKnowledge(origins int) knowledge {
	k := knowledge{truth: make([]uint8, origins), wrong: make([]int32, origins)}
	for origin := range k.truth {
		k.truth[origin] = believedHealthy
	}
	return k
}

func (k *knowledge) fit(hosts int) {
	if hosts == len(k.present) {
		return
	}
	k.believed = make([]uint8, hosts*len(k.truth))
	k.present, k.up, k.offline = make([]bool, hosts), make([]bool, hosts), make([]bool, hosts)
}

// row is what one host believes, by origin.
func (k *knowledge) row(host node.ID) []uint8 {
	return k.believed[int(host)*len(k.truth):][:len(k.truth)]
}

// isWrong reports whether host does not believe the truth of origin.
func (k *knowledge) isWrong(host node.ID, origin uint32) bool {
	return k.row(host)[origin] != k.truth[origin]
}

// hostUp begins a life of a host, which knows nothing.
func (k *knowledge) hostUp(host node.ID) {
	clear(k.row(host))
	k.up[host] = true
	k.recount(host)
}

func (k *knowledge) hostDown(host node.ID) {
	k.up[host] = false
	k.recount(host)
}

func (k *knowledge) uplink(host node.ID, up bool) {
	k.offline[host] = !up
	k.recount(host)
}

// recount counts a host in or out, if it has come to be present or not to be.
func (k *knowledge) recount(host node.ID) {
	is := k.up[host] && !k.offline[host]
	if is == k.present[host] {
		return
	}
	k.present[host] = is
	for origin := range k.truth {
		k.wrong[origin] += k.count(host, uint32(origin), is)
	}
}

// count is what a host that comes or goes adds to those who are wrong about origin.
func (k *knowledge) count(host node.ID, origin uint32, comes bool) int32 {
	switch {
	case !k.isWrong(host, origin):
		return 0
	case comes:
		return +1
	}
	return -1
}

// believe notes what a host has come to believe.
func (k *knowledge) believe(host node.ID, origin uint32, status uint8) {
	was := k.isWrong(host, origin)
	k.row(host)[origin] = status
	if k.present[host] {
		k.wrong[origin] += int32(oneIf(k.isWrong(host, origin)) - oneIf(was))
	}
}

// turn notes a change of the truth.
func (k *knowledge) turn(origin uint32, up bool) {
	k.truth[origin] = believedUnhealthy
	if up {
		k.truth[origin] = believedHealthy
	}
	k.wrong[origin] = 0
	for host, present := range k.present {
		k.wrong[origin] += int32(oneIf(present && k.isWrong(node.ID(host), origin)))
	}
}
