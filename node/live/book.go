package live

import (
	"net/netip"
	"sync"

	"butterfly/node"
	"butterfly/node/live/names"
)

// book says where servers can be reached and what they are called, to whoever sends. The machine's
// goroutine and those of the streams use it.
type book struct {
	mutex   sync.RWMutex
	entries map[node.ID]contact // one for each number at most
}

// contact is what is known of one server, or of a seed that is but an address.
type contact struct {
	address netip.AddrPort
	name    string // empty if it is not known
	alive   bool   // by the view of this node: what is known is its own word, spread by SWIM
}

func newBook() *book { return &book{entries: map[node.ID]contact{}} }

// find returns what is known of a server, the zero contact for nothing.
func (b *book) find(id node.ID) contact {
	b.mutex.RLock()
	defer b.mutex.RUnlock()
	return b.entries[id]
}

// meet notes where a server was heard from. Its own word, as long as it lives, counts for more.
func (b *book) meet(id node.ID, address netip.AddrPort) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	known := b.entries[id]
	if known.alive && known.address.IsValid() || id >= names.Servers {
		return
	}
	known.address = address
	b.entries[id] = known
}

// describe notes what a member says of itself.
func (b *book) describe(id node.ID, name string, address netip.AddrPort) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.entries[id] = contact{address: address, name: name, alive: true}
}

// gone notes that a member is not in the group any more. Where it was remains known: the two sides
// of a partition look for each other.
func (b *book) gone(id node.ID) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	known := b.entries[id]
	known.alive = false
	b.entries[id] = known
}

// occupant returns who lives under a number, if that is not the server of that name.
func (b *book) occupant(id node.ID, name string) string {
	if known := b.find(id); known.alive && known.name != name {
		return known.name
	}
	return ""
}
