package api

import (
	"sync"
	"time"
)

// pace admits a number of things a second, as many at once after a pause. It is the generic cell
// rate algorithm (ITU-T I.371): one instant says how far ahead of the rate the admitted ones are.
type pace struct {
	interval time.Duration // between two at the rate

	mutex sync.Mutex
	due   time.Time // when the next one would be due at the rate
}

func newPace(perSecond int) *pace {
	return &pace{interval: time.Second / time.Duration(perSecond)}
}

// admit reports whether one more may happen now.
func (p *pace) admit(now time.Time) bool {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.due.Before(now) {
		p.due = now
	}
	next := p.due.Add(p.interval)
	if next.Sub(now) > time.Second {
		return false
	}
	p.due = next
	return true
}
