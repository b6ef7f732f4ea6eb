package hunt

import (
	"context"
	"runtime"
)

// Run runs one seed. It is called from several goroutines at once.
type Run[T any] func(ctx context.Context, seed uint64) (T, error)

// Outcome is what became of one seed.
type Outcome[T any] struct {
	Seed  uint64
	Value T
	// Err is what the run returned, or a *[Panic].
	Err error
}

// ahead is how many outcomes for each worker may wait for a slower seed before them. It bounds the
// memory of a sweep, and is wide enough for a run that takes many times longer than the others.
const ahead = 32

// Worlds are small and short-lived. A collector that waits until the heap has doubled, as Go's does,
// runs some twenty times a second among a few megabytes, and takes from a second worker what it has
// from the first for nothing: a core. roomBytes is lent to the heap for each worker, up to mostRoomy
// workers, so that it grows by that much between two collections. It is never written to, and takes no
// memory. See BenchmarkWorkers.
const (
	roomBytes = 16 << 20
	mostRoomy = 16
)

// Sweep runs all seeds of the plan on the given number of workers (at least 1; those without a seed are
// left out) and calls deliver for each outcome, in the order of the seeds and on the caller's goroutine.
//
// When ctx ends, no further seed is begun, runs that were cut short are left out, and those that
// had finished are still delivered; Sweep then returns ctx's error. If deliver fails, Sweep stops
// likewise, delivers nothing more and returns deliver's error. When it returns, no run is under way.
func Sweep[T any](
	ctx context.Context, plan Plan, workers int, run Run[T], deliver func(Outcome[T]) error,
) error {
	workers = int(min(uint64(workers), plan.Count()))
	inner, stop := context.WithCancel(ctx)
	defer stop()
	room := make([]byte, roomBytes*min(workers, mostRoomy))
	defer runtime.KeepAlive(room)
	ordered, todo := make(chan ticket[T], ahead*workers), make(chan ticket[T])
	for range workers {
		go work(inner, todo, run)
	}
	go issue(inner, plan, ordered, todo)

	var failed error
	for t := range ordered {
		o := <-t.done
		if failed != nil || (o.Err != nil && o.Err == inner.Err()) {
			continue
		}
		if failed = deliver(o); failed != nil {
			stop()
		}
	}
	if failed != nil {
		return failed
	}
	return ctx.Err()
}

// ticket is one seed on its way: to a worker, and to the place where outcomes are delivered. Whoever
// holds the oldest ticket waits for it, however many later ones are done.
type ticket[T any] struct {
	seed uint64
	done chan Outcome[T] // holds one, so that no worker waits to be heard
}

func issue[T any](ctx context.Context, plan Plan, ordered, todo chan<- ticket[T]) {
	defer close(ordered)
	defer close(todo)
	for seed := range plan.Seeds() {
		if ctx.Err() != nil {
			return
		}
		t := ticket[T]{seed, make(chan Outcome[T], 1)}
		ordered <- t
		todo <- t
	}
}

func work[T any](ctx context.Context, todo <-chan ticket[T], run Run[T]) {
	for t := range todo {
		t.done <- Attempt(ctx, t.seed, run)
	}
}

// Attempt runs one seed, unless ctx has ended. A panic becomes the outcome's error.
func Attempt[T any](ctx context.Context, seed uint64, run Run[T]) (o Outcome[T]) {
	o.Seed = seed
	if o.Err = ctx.Err(); o.Err != nil {
		return o
	}
	defer catch(&o.Err)
	o.Value, o.Err = run(ctx, seed)
	return o
}
