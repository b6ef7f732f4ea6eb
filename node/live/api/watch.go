package api

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
)

const (
	// heartbeat is how often a watcher hears that the node is there; the HTML Standard, section
	// 9.2.7, advises a comment "every 15 seconds or so" against proxies that drop idle connections.
	heartbeat = 15 * time.Second
	// writeTimeout bounds how long a watcher may take to read what it is sent.
	writeTimeout = 10 * time.Second
	// reconnectAfterMS is how long a browser should wait before it comes back, in ms.
	reconnectAfterMS = 2000
	// kindsAtMost bounds the kinds that a watcher may ask for.
	kindsAtMost = 64
)

// watch sends events until the watcher goes, or the server is closed.
func (s *Server) watch(w http.ResponseWriter, r *http.Request) error {
	wanted, err := parseFilter(r)
	if err != nil {
		return err
	}
	leave, err := s.admitWatcher()
	if err != nil {
		return err
	}
	defer leave()
	from := s.journal.resume(r.Header.Get("Last-Event-ID"))
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no") // nginx would keep events until it has a page of them
	stream := newStream(w)
	hello := fmt.Appendf(nil, "retry: %d\nid: %d\n\n", reconnectAfterMS, from-1)
	if stream.send(hello) && r.Method != http.MethodHead {
		s.follow(stream, r.Context().Done(), wanted, from)
	}
	return nil
}

func parseFilter(r *http.Request) (filter, error) {
	query, err := parseQuery(r, "service", "kind")
	if err != nil {
		return filter{}, err
	}
	service, err := serviceOf(query)
	if err != nil {
		return filter{}, err
	}
	kinds := query["kind"]
	if len(kinds) > kindsAtMost {
		return filter{}, badRequest(fmt.Sprintf("kind: expected at most %d", kindsAtMost))
	}
	for _, kind := range kinds {
		if err := checkName("kind", kind); err != nil {
			return filter{}, err
		}
	}
	return filter{service, kinds}, nil
}

// admitWatcher makes room for one more watcher, who has to call leave.
func (s *Server) admitWatcher() (leave func(), err error) {
	select {
	case s.watchers <- struct{}{}:
		return func() { <-s.watchers }, nil
	default:
		return nil, refusal{http.StatusTooManyRequests,
			fmt.Sprintf("%d watch already; try again", cap(s.watchers))}
	}
}

// resume returns where a watcher goes on that has seen the event lastID. Whoever names none that
// there was begins with the next one. All that was missed of an earlier process counts as one
// event.
func (j *journal) resume(lastID string) uint64 {
	end := j.end()
	last, err := strconv.ParseUint(lastID, 10, 64)
	if err != nil || last >= end {
		return end
	}
	return max(last+1, j.first)
}

// follow sends what the journal has from a number on, and what it gets.
func (s *Server) follow(to *stream, gone <-chan struct{}, wanted filter, from uint64) {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	var b batch
	for {
		b = s.journal.read(from, wanted, b.frames)
		if !to.send(b.frames...) {
			return
		}
		from = b.next
		select {
		case <-b.more:
		case <-beat.C:
			if !to.send([]byte(": heartbeat\n\n")) {
				return
			}
		case <-gone:
			return
		case <-s.closing:
			return
		}
	}
}

// stream is the connection to a watcher.
type stream struct {
	writer     http.ResponseWriter
	controller *http.ResponseController
}

func newStream(w http.ResponseWriter) *stream { return &stream{w, http.NewResponseController(w)} }

// send reports whether all was sent in time.
func (s *stream) send(frames ...[]byte) bool {
	if len(frames) == 0 {
		return true
	}
	// Not supported by writers that are no connection, which need no deadline.
	_ = s.controller.SetWriteDeadline(time.Now().Add(writeTimeout))
	for _, frame := range frames {
		if _, err := s.writer.Write(frame); err != nil {
			return false
		}
	}
	return s.controller.Flush() == nil
}
