package live

import "sync"

// mailbox is what waits for the machine's turn and must not be lost: the ends of calls and the
// results of probes. Who puts something in never waits. It is bounded by what was begun: calls by
// [maxCalls], probes by one for each origin.
type mailbox[T any] struct {
	news chan struct{} // is sent to when something may be waiting

	mutex   sync.Mutex
	waiting []T
}

func newMailbox[T any]() *mailbox[T] { return &mailbox[T]{news: make(chan struct{}, 1)} }

func (m *mailbox[T]) put(item T) {
	m.mutex.Lock()
	m.waiting = append(m.waiting, item)
	m.mutex.Unlock()
	signal(m.news)
}

// take returns all that waits, the oldest first.
func (m *mailbox[T]) take() []T {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	taken := m.waiting
	m.waiting = nil
	return taken
}

func (m *mailbox[T]) len() int {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return len(m.waiting)
}
