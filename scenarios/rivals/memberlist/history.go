package memberlist

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	hashicorp "github.com/hashicorp/memberlist"
)

// event is what one member told its user about another.
type event struct {
	at       time.Time
	observer int
	subject  int
}

// history collects the events of a cluster.
type history struct {
	mu     sync.Mutex
	closed bool
	leaves []event // dead or left
	news   []event // joined, or metadata changed
}

// close makes the history final: what happens while a cluster is taken down is no result.
func (h *history) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
}

func (h *history) add(list *[]event, observer int, about *hashicorp.Node) {
	e := event{at: time.Now(), observer: observer, subject: idOf(about.Name)}
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.closed {
		*list = append(*list, e)
	}
}

// leavesSince returns the events of death or leaving from an instant on.
func (h *history) leavesSince(from time.Time) []event { return h.since(&h.leaves, from) }

// newsSince returns the events of news from members from an instant on.
func (h *history) newsSince(from time.Time) []event { return h.since(&h.news, from) }

func (h *history) since(list *[]event, from time.Time) []event {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(*list), func(e event) bool { return e.at.Before(from) })
}

// observer enters what memberlist reports to one of its members.
type observer struct {
	id      int
	history *history
}

var _ hashicorp.EventDelegate = (*observer)(nil)

// NotifyJoin is called when a member is seen for the first time, or again after its death.
func (o *observer) NotifyJoin(node *hashicorp.Node) {
	o.history.add(&o.history.news, o.id, node)
}

// NotifyLeave is called when a member has left or is declared dead.
func (o *observer) NotifyLeave(node *hashicorp.Node) {
	o.history.add(&o.history.leaves, o.id, node)
}

// NotifyUpdate is called when a member has new metadata.
func (o *observer) NotifyUpdate(node *hashicorp.Node) {
	o.history.add(&o.history.news, o.id, node)
}

func idOf(name string) int {
	id, err := strconv.Atoi(strings.TrimPrefix(name, "server-"))
	if err != nil {
		panic("not one of our members: " + name)
	}
	return id
}
