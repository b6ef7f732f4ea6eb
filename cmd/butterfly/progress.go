package main

import (
	"fmt"
	"io"
	"time"

	"github.com/schollz/progressbar/v3"
)

// plainEvery is how often progress is told where no bar can be drawn.
const plainEvery = 30 * time.Second

// progress tells on stderr how far something is: with a bar on a terminal, with a line now and then
// elsewhere.
type progress struct {
	bar  *progressbar.ProgressBar // nil where no bar can be drawn
	err  io.Writer
	next time.Time // when the next plain line is due
}

// follow begins to tell the progress of something that takes so many steps.
func (a *app) follow(steps int64) *progress {
	p := &progress{err: a.err, next: time.Now().Add(plainEvery)}
	if a.bars {
		p.bar = progressbar.NewOptions64(steps, progressbar.OptionSetWriter(a.err),
			progressbar.OptionSetWidth(30), progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish())
	}
	return p
}

// step says that so many steps are done; note puts it in words.
func (p *progress) step(done int64, note func() string) {
	if p.bar != nil {
		p.bar.Describe(note())
		p.bar.Set64(done)
		return
	}
	if now := time.Now(); now.After(p.next) {
		fmt.Fprintln(p.err, note())
		p.next = now.Add(plainEvery)
	}
}

// end takes the bar off the screen.
func (p *progress) end() {
	if p.bar != nil {
		p.bar.Clear()
	}
}
