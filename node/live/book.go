package live

import (
	"net/netip"
	"sync"

	"butterfly/node"
	"butterfly/node/contact"
	"butterfly/node/live/names"
)

// book says where servers can be reached and what they are called, to whoever sends. The machine's
// goroutine and those of the streams use it.
type book struct {
	mutex   sync.RWMutex
	entries map[node.ID]*entry // one for each number at most
}

// entry is what is known of one server, or of a seed that is but an address.
type entry struct {
	contact.Contact[netip.AddrPort]
	name  string // empty if it is not known
	alive bool   // by the view of this node, to which this life or the last has said its name
}

func newBook() *book { return &book{entries: map[node.ID]*entry{}} }

// find returns what is known of a server, the zero entry for nothing.
func (b *book) find(id node.ID) entry {
	b.mutex.RLock()
	defer b.mutex.RUnlock()
	if known := b.entries[id]; known != nil {
		return *known
	}
	return entry{}
}

// address is where a server is as far as is known, not valid if nothing is.
func (b *book) address(id node.ID) netip.AddrPort {
	known := b.find(id)
	return known.Address()
}

// meet notes where a server was heard from.
func (b *book) meet(id node.ID, address netip.AddrPort) {
	if id >= names.Servers {
		return
	}
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.about(id).Hear(address)
}

// describe notes what a member says of itself.
func (b *book) describe(id node.ID, name string, address netip.AddrPort) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	known := b.about(id)
	known.name, known.alive = name, true
	known.Say(address)
}

// renewed notes that a member is in a life that has said nothing of itself that makes sense.
func (b *book) renewed(id node.ID) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.about(id).Unsay()
}

// gone notes that a member is not in the group any more.
func (b *book) gone(id node.ID) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	known := b.about(id)
	known.alive = false
	known.Unsay()
}

// about returns what is known of a server, to be changed while the caller has the mutex.
func (b *book) about(id node.ID) *entry {
	known := b.entries[id]
	if known == nil {
		known = &entry{}
		b.entries[id] = known
	}
	return known
}

// occupant returns who lives under a number, if that is not the server of that name.
func (b *book) occupant(id node.ID, name string) string {
	if known := b.find(id); known.alive && known.name != name {
		return known.name
	}
	return ""
}
