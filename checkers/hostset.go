package checkers

import "butterfly/node"

// hostSet is a set of hosts, a bit each.
type hostSet []uint64

func newHostSet(hosts int) hostSet { return make(hostSet, (hosts+63)/64) }

func (s hostSet) has(host node.ID) bool { return s[host/64]>>(host%64)&1 == 1 }
func (s hostSet) add(host node.ID)      { s[host/64] |= 1 << (host % 64) }
func (s hostSet) remove(host node.ID)   { s[host/64] &^= 1 << (host % 64) }

func (s hostSet) clear() { clear(s) }

func (s hostSet) empty() bool {
	for _, word := range s {
		if word != 0 {
			return false
		}
	}
	return true
}
