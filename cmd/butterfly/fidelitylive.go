package main

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"butterfly/node"
	"butterfly/scenarios/fidelity"
	"butterfly/sim/clock"
)

// resident is a live server that is measured.
type resident interface {
	// traffic is what the server has sent so far.
	traffic() (fidelity.Traffic, error)
	// kill ends it without a word to anybody, or what is left of it.
	kill()
}

// household is where live servers run: in this process, or each in a network of its own.
type household interface {
	// move starts a server. What is seen of it is told to saw, from any goroutine, until it is
	// killed.
	move(ctx context.Context, id node.ID, saw func(fidelity.Seen)) (resident, error)
	// origins are those that the servers check.
	origins() *testOrigins
	// leave clears up after all servers are gone.
	leave() error
}

// liveTrial is a course of events that live servers go through.
type liveTrial struct {
	config fidelity.Config
	course fidelity.Course
	home   household
	began  time.Time

	mutex     sync.Mutex
	log       fidelity.Log
	residents []resident // by server, nil before it has started
}

// playLive has live servers go through the course of a seed, and measures what happens.
func playLive(
	ctx context.Context, config *fidelity.Config, seed uint64, home household,
) (sample fidelity.Sample, err error) {
	t := &liveTrial{
		config: *config, course: config.Course(seed), home: home, began: time.Now(),
		residents: make([]resident, config.Servers),
	}
	err = t.play(ctx)
	t.killAll()
	if left := home.leave(); err == nil {
		err = left
	}
	if err != nil {
		return sample, err
	}
	t.log.Checks = home.origins().checks()
	return t.log.Measure(&t.config, &t.course), nil
}

// instant is a moment in the words of the machines.
func instant(t time.Time) clock.Time { return clock.Time(t.UnixNano()) }

func (t *liveTrial) play(ctx context.Context) error {
	if err := t.startAll(ctx); err != nil {
		return err
	}
	t.makeUp()
	if err := t.rest(ctx); err != nil {
		return err
	}
	for _, outage := range t.course.Outages {
		if err := t.wait(ctx, outage.At); err != nil {
			return err
		}
		t.home.origins().fail(outage.Origin)
	}
	if err := t.wait(ctx, t.course.Kill); err != nil {
		return err
	}
	t.log.Killed = instant(time.Now())
	t.residents[t.course.Killed].kill()
	return t.wait(ctx, t.course.End)
}

// startAll starts each server when it is its turn. A server that begins to join has not started
// until it has met the others that it joins through, so all are started side by side.
func (t *liveTrial) startAll(ctx context.Context) error {
	var all sync.WaitGroup
	errs := make([]error, len(t.residents))
	for i := range t.residents {
		all.Go(func() {
			if errs[i] = t.wait(ctx, t.course.Starts[i]); errs[i] == nil {
				errs[i] = t.start(ctx, node.ID(i))
			}
		})
	}
	all.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// makeUp shifts the course by the time that it took to start the servers beyond what it allows for:
// on a busy machine processes take their time.
func (t *liveTrial) makeUp() {
	late := time.Since(t.began) - slices.Max(t.course.Starts)
	t.began = t.began.Add(late)
	t.log.Began = instant(t.began)
}

func (t *liveTrial) start(ctx context.Context, id node.ID) error {
	r, err := t.home.move(ctx, id, t.saw)
	t.residents[id] = r
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("server %d: %w", id, err)
	}
	return nil
}

// saw takes note of an event.
func (t *liveTrial) saw(e fidelity.Seen) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.log.Events = append(t.log.Events, e)
}

// rest counts the traffic of all servers while nothing happens.
func (t *liveTrial) rest(ctx context.Context) error {
	if err := t.wait(ctx, t.course.RestFrom); err != nil {
		return err
	}
	began := time.Now()
	before, err := t.traffic()
	if err != nil {
		return err
	}
	if err := t.wait(ctx, t.course.RestTo); err != nil {
		return err
	}
	t.log.Rest.For = time.Since(began)
	after, err := t.traffic()
	t.log.Rest.Datagrams = after.Datagrams - before.Datagrams
	t.log.Rest.DatagramBytes = after.DatagramBytes - before.DatagramBytes
	t.log.Rest.Calls = after.Calls - before.Calls
	t.log.Rest.CallBytes = after.CallBytes - before.CallBytes
	return err
}

// traffic is what all servers have sent so far.
func (t *liveTrial) traffic() (sum fidelity.Traffic, err error) {
	for id, r := range t.residents {
		one, err := r.traffic()
		if err != nil {
			return sum, fmt.Errorf("server %d: %w", id, err)
		}
		sum.Datagrams += one.Datagrams
		sum.DatagramBytes += one.DatagramBytes
		sum.Calls += one.Calls
		sum.CallBytes += one.CallBytes
	}
	return sum, nil
}

// wait returns at a moment of the trial, or when ctx ends.
func (t *liveTrial) wait(ctx context.Context, at time.Duration) error {
	timer := time.NewTimer(time.Until(t.began.Add(at)))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (t *liveTrial) killAll() {
	var all sync.WaitGroup
	for _, r := range t.residents {
		if r != nil {
			all.Go(r.kill)
		}
	}
	all.Wait()
}
