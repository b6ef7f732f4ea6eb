package live

import (
	"context"
	"sync"
	"time"
)

// life is the goroutines of a node and what ends them.
type life struct {
	context context.Context
	end     context.CancelFunc
	group   sync.WaitGroup
}

func newLife() *life {
	l := &life{}
	l.context, l.end = context.WithCancel(context.Background())
	return l
}

// wait returns after a span, or when the life ends.
func (l *life) wait(span time.Duration) {
	select {
	case <-l.context.Done():
	case <-time.After(span):
	}
}

// run runs work on a goroutine of its own. Work watches the context, or ends when what it reads
// from is closed.
func (l *life) run(work func()) { l.group.Go(work) }
