package main

import (
	"slices"
	"time"
)

// lateness measures how late this machine lets timers go off, while something else runs. That is
// nobody's model: a machine that is busy otherwise makes live servers slower than they are.
type lateness struct {
	stop, stopped chan struct{}
	late          []time.Duration
}

// latenessPause is how long the timers are set for.
const latenessPause = 5 * time.Millisecond

func watchLateness() *lateness {
	l := &lateness{stop: make(chan struct{}), stopped: make(chan struct{})}
	go l.watch()
	return l
}

func (l *lateness) watch() {
	defer close(l.stopped)
	for {
		due := time.Now().Add(latenessPause)
		select {
		case <-time.After(latenessPause):
			l.late = append(l.late, time.Since(due))
		case <-l.stop:
			return
		}
	}
}

// end ends the measurement. Half of the timers were no later than the median, 99 of a hundred no
// later than most.
func (l *lateness) end() (median, most time.Duration) {
	close(l.stop)
	<-l.stopped
	if len(l.late) == 0 {
		return 0, 0
	}
	slices.Sort(l.late)
	return l.late[len(l.late)/2], l.late[len(l.late)*99/100]
}
