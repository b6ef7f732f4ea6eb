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

// run runs work on a goroutine of its own. Work watches the context, or ends when what it reads
// from is closed.
func (l *life) run(work func()) { l.group.Go(work) }

// pause waits, unless the context is done before; then that is the error.
func pause(ctx context.Context, span time.Duration) error {
	if span <= 0 {
		return nil
	}
	timer := time.NewTimer(span)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
