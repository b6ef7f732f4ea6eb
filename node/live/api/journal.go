package api

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"butterfly/node/live/view"
)

// journal keeps the last events of the node, so that any number of readers can follow, each at its
// own pace.
//
// Invariants, under the mutex:
//
//	first < oldest <= next <= oldest + len(entries)
//	entry number n is entries[n % len(entries)], for oldest <= n < next
//	changed[service] < next, everything < next
type journal struct {
	mutex   sync.RWMutex
	entries []entry
	// first is below all numbers of this process.
	first  uint64
	oldest uint64
	missed uint64 // events that were dropped before they could be written down
	next   uint64
	// changed has the number of the last event that may have changed what is said of a service,
	// everything that of the last one that may have changed any.
	changed    map[string]uint64
	everything uint64
	// news is closed when there is a next one.
	news chan struct{}
}

// entry is an event in the way it is sent.
type entry struct {
	event view.Event
	frame []byte
}

// droppedKind is the kind of an entry that stands for events that the journal has missed.
const droppedKind = "dropped"

// newJournal returns a journal of so many events. The first number is that of the microsecond, so
// that a process does not reuse those of the one before it, unless that had a million events a
// second.
func newJournal(size int, now time.Time) *journal {
	first := uint64(now.UnixMicro())
	return &journal{
		entries: make([]entry, size), first: first, oldest: first + 1, next: first + 1,
		changed: map[string]uint64{}, everything: first, news: make(chan struct{}),
	}
}

// follow writes down what the subscription has until stop is closed.
func (j *journal) follow(s *view.Subscription, stop <-chan struct{}) {
	defer s.Close()
	for {
		select {
		case <-stop:
			return
		case <-s.News():
			j.add(s.Take())
		}
	}
}

// add writes down events, after so many that were dropped.
func (j *journal) add(events []view.Event, dropped uint64) {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	if dropped > 0 {
		j.missed += dropped
		j.everything = j.next
		j.append(entry{view.Event{Kind: droppedKind}, droppedFrame(j.next, dropped)})
	}
	for _, e := range events {
		if changesService(e) {
			j.changed[e.Service] = j.next
		}
		j.append(entry{e, eventFrame(j.next, e)})
	}
	close(j.news)
	j.news = make(chan struct{})
}

func (j *journal) append(e entry) {
	j.entries[j.next%uint64(len(j.entries))] = e
	j.next++
	if size := uint64(len(j.entries)); j.next-j.oldest > size {
		j.oldest = j.next - size
	}
}

// changesService reports whether an event may change what the outputs say of a service. Who checks
// an origin, and what its probes show before it is believed, they do not say.
func changesService(e view.Event) bool {
	switch e.Kind {
	case "check-began", "check-ended", "health-changed":
		return false
	}
	return e.Service != ""
}

// filter chooses events; an empty field chooses all.
type filter struct {
	service string
	kinds   []string
}

func (f filter) wants(e *view.Event) bool {
	return e.Kind == droppedKind ||
		(f.service == "" || e.Service == f.service) &&
			(len(f.kinds) == 0 || slices.Contains(f.kinds, e.Kind))
}

// batch is a part of the journal.
type batch struct {
	// frames are what to send, those of dropped events first.
	frames [][]byte
	// next is where to read on.
	next uint64
	// more is closed when there is more to read.
	more <-chan struct{}
}

// batchFrames bounds the frames of a batch, so that a slow reader holds few.
const batchFrames = 256

// read returns the events from a number on that the filter wants. frames is memory to use.
func (j *journal) read(from uint64, wanted filter, frames [][]byte) batch {
	j.mutex.RLock()
	defer j.mutex.RUnlock()
	b := batch{frames: frames[:0], next: from, more: j.news}
	if from < j.oldest {
		b.frames = append(b.frames, droppedFrame(j.oldest-1, j.oldest-from))
		b.next = j.oldest
	}
	for ; b.next < j.next; b.next++ {
		if len(b.frames) >= batchFrames {
			b.more = closedChannel()
			return b
		}
		if e := &j.entries[b.next%uint64(len(j.entries))]; wanted.wants(&e.event) {
			b.frames = append(b.frames, e.frame)
		}
	}
	return b
}

// end returns the number of the next event.
func (j *journal) end() uint64 {
	j.mutex.RLock()
	defer j.mutex.RUnlock()
	return j.next
}

// counts returns how many events were written down, and how many were missed, in this process.
func (j *journal) counts() (written, missed uint64) {
	j.mutex.RLock()
	defer j.mutex.RUnlock()
	return j.next - j.first - 1, j.missed
}

// lastChange returns the number of the last change of a service, and what is closed when anything
// happens after.
func (j *journal) lastChange(service string) (uint64, <-chan struct{}) {
	j.mutex.RLock()
	defer j.mutex.RUnlock()
	return max(j.changed[service], j.everything), j.news
}

// eventFrame returns an event as a message of an event stream (HTML Standard, section 9.2.5).
func eventFrame(number uint64, e view.Event) []byte {
	data, err := json.Marshal(shapeEvent(e))
	if err != nil { // a time beyond the year 9999
		data = []byte("{}")
	}
	return fmt.Appendf(nil, "id: %d\ndata: %s\n\n", number, data)
}

// droppedFrame says that count events up to a number are missing.
func droppedFrame(last, count uint64) []byte {
	return fmt.Appendf(nil, "id: %d\nevent: %s\ndata: {\"dropped\":%d}\n\n", last, droppedKind, count)
}

func closedChannel() <-chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}
