package checkers

import (
	"slices"

	"butterfly/node"
)

// duties knows which hosts are checking which origin, from what they announce. An origin rarely has
// more than two checkers at once, so a short list each is both smallest and fastest.
type duties struct {
	checkers [][]node.ID // by origin, in the order they began
}

func newDuties(origins int) duties { return duties{make([][]node.ID, origins)} }

// began reports whether host is new as a checker of origin.
func (d *duties) began(host node.ID, origin uint32) bool {
	if slices.Contains(d.checkers[origin], host) {
		return false
	}
	d.checkers[origin] = append(d.checkers[origin], host)
	return true
}

// ended reports whether host was a checker of origin.
func (d *duties) ended(host node.ID, origin uint32) bool {
	list := d.checkers[origin]
	at := slices.Index(list, host)
	if at < 0 {
		return false
	}
	d.checkers[origin] = slices.Delete(list, at, at+1)
	return true
}

// crashed ends everything host was checking.
func (d *duties) crashed(host node.ID) {
	for origin := range d.checkers {
		d.ended(host, uint32(origin))
	}
}

// on returns the checkers of origin that are on side, as sideOf has it.
func (d *duties) on(side int, origin uint32, sideOf func(node.ID) int) hostList {
	elsewhere := func(host node.ID) bool { return sideOf(host) != side }
	return slices.DeleteFunc(slices.Clone(d.checkers[origin]), elsewhere)
}
