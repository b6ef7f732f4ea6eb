package swim

import (
	"cmp"
	"slices"

	"butterfly/node"
	"butterfly/sim/clock"
)

// concern is about a member that is suspect, dead or left: when the suspicion or the retention
// ends, and who is behind it.
type concern struct {
	member   node.ID
	size     int32 // of the group when it began
	begun    clock.Time
	deadline clock.Time
	// accusers holds the independent accusers of a suspect, the first who started it and the last
	// who joined in; of a dead or left member, the one who said so.
	accusers [maxConfirmations + 1]node.ID
	count    uint8
}

// maxConfirmations bounds how many further accusers a suspicion can use.
const maxConfirmations = 7

func (c *concern) begin(now clock.Time, accuser node.ID, size int) {
	c.begun, c.size = now, int32(size)
	c.accusers[0], c.count = accuser, 1
}

// accuser is the last who accused the member.
func (c *concern) accuser() node.ID { return c.accusers[c.count-1] }

// confirmations is how many have accused the member independently of the first.
func (c *concern) confirmations() int { return int(c.count) - 1 }

// confirm notes another accuser, and reports whether it is a new one and of use.
func (c *concern) confirm(accuser node.ID, useful int) bool {
	if c.confirmations() >= useful {
		return false
	}
	for _, known := range c.accusers[:c.count] {
		if known == accuser {
			return false
		}
	}
	c.accusers[c.count] = accuser
	c.count++
	return true
}

// find returns the place of the concern about id in the list, and whether there is one.
func (t *table) find(id node.ID) (int, bool) {
	return slices.BinarySearchFunc(t.concerns, id, func(c concern, id node.ID) int {
		return cmp.Compare(c.member, id)
	})
}

// concerned reports whether there is a concern about id.
func (t *table) concerned(id node.ID) bool {
	if len(t.concerns) == 0 {
		return false
	}
	_, found := t.find(id)
	return found
}

// concernAbout returns the concern about id, a new one if there is none. The pointer is valid until
// the next call.
func (t *table) concernAbout(id node.ID) *concern {
	i, found := t.find(id)
	if !found {
		t.concerns = slices.Insert(t.concerns, i, concern{member: id})
	}
	return &t.concerns[i]
}

// accuser returns who is behind the concern about id: the member itself if there is none.
func (t *table) accuser(id node.ID) node.ID {
	if i, found := t.find(id); found {
		return t.concerns[i].accuser()
	}
	return id
}

// settle ends the concern about id, if there is one.
func (t *table) settle(id node.ID) {
	if i, found := t.find(id); found {
		t.concerns = slices.Delete(t.concerns, i, i+1)
	}
}

// retained is how many concerns are about members that are gone.
func (t *table) retained() (count int) {
	for i := range t.concerns {
		if t.entries[t.concerns[i].member].state.gone() {
			count++
		}
	}
	return count
}
