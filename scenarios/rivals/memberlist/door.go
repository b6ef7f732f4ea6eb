package memberlist

import (
	"sync"
	"time"
)

// door is what everything that enters or leaves a host passes through. A slow member is one whose
// door is shut: whoever comes, with a packet to send or one to hand over, waits in front of it.
type door struct {
	mu   sync.Mutex
	open chan struct{} // closed while the door is open
	shut bool
}

func newDoor() *door {
	d := &door{open: make(chan struct{})}
	close(d.open)
	return d
}

// pass waits until the door is open.
func (d *door) pass() { <-d.opening() }

// passWithin waits until the door is open, and reports false if that takes longer than the limit.
func (d *door) passWithin(limit time.Duration) bool {
	select {
	case <-d.opening():
		return true
	case <-time.After(limit):
		return false
	}
}

func (d *door) opening() <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.open
}

// set shuts or opens the door; setting it to what it is changes nothing.
func (d *door) set(shut bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case shut && !d.shut:
		d.open = make(chan struct{})
	case !shut && d.shut:
		close(d.open)
	}
	d.shut = shut
}
