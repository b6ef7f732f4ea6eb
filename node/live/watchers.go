package live

import (
	"slices"
	"sync"

	"butterfly/node/live/view"
)

// watchers are those that are told of events.
type watchers struct {
	mutex sync.Mutex
	all   []*view.Subscription
}

func (w *watchers) subscribe(buffer int) *view.Subscription {
	s := view.NewSubscription(buffer, w.unsubscribe)
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.all = append(w.all, s)
	return s
}

func (w *watchers) unsubscribe(s *view.Subscription) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if i := slices.Index(w.all, s); i >= 0 {
		w.all = slices.Delete(w.all, i, i+1)
	}
}

// tell gives all an event. It waits for nobody.
func (w *watchers) tell(e view.Event) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	for _, s := range w.all {
		s.Add(e)
	}
}
