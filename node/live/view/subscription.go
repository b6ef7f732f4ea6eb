package view

import (
	"sync"
	"time"
)

// Event is something that happened at a node, as watchers are told.
type Event struct {
	At time.Time
	// Kind is one of the kinds of package node, such as "member-dead", "believed", "check-began".
	Kind string
	// Member is the server it is about, empty if none.
	Member string
	// Service and Target name the origin it is about, empty if none.
	Service string
	Target  string
	// Detail is what is new: a state, a status, a rank; empty if the kind says it all.
	Detail string
}

// Subscription collects events for one reader, the oldest of which it drops when too many wait. Its
// writer never waits.
type Subscription struct {
	mutex   sync.Mutex
	waiting []Event // a ring of fixed size
	first   int
	count   int
	dropped uint64
	news    chan struct{}
	close   func()
}

// NewSubscription returns a subscription with room for buffer events; unsubscribe is called by
// Close.
func NewSubscription(buffer int, unsubscribe func(*Subscription)) *Subscription {
	s := &Subscription{waiting: make([]Event, max(1, buffer)), news: make(chan struct{}, 1)}
	s.close = sync.OnceFunc(func() { unsubscribe(s) })
	return s
}

// Add gives the subscription an event.
func (s *Subscription) Add(e Event) {
	s.mutex.Lock()
	if s.count == len(s.waiting) {
		s.first = (s.first + 1) % len(s.waiting)
		s.count--
		s.dropped++
	}
	s.waiting[(s.first+s.count)%len(s.waiting)] = e
	s.count++
	s.mutex.Unlock()
	select {
	case s.news <- struct{}{}:
	default:
	}
}

// News is sent to when events may be waiting.
func (s *Subscription) News() <-chan struct{} { return s.news }

// Take returns the events that wait, the oldest first, and how many were dropped before them since
// the last Take.
func (s *Subscription) Take() (events []Event, dropped uint64) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for ; s.count > 0; s.count-- {
		events = append(events, s.waiting[s.first])
		s.first = (s.first + 1) % len(s.waiting)
	}
	dropped, s.dropped = s.dropped, 0
	return events, dropped
}

// Close ends the subscription. It may be called more than once.
func (s *Subscription) Close() { s.close() }
