package memberlist

import (
	"math/rand/v2"
	"time"
)

// Update is one member changing its metadata.
type Update struct {
	Setup
	WarmUp  time.Duration // at least, from the last join to the change
	Watch   time.Duration // from the change to the end
	LossPPM int64         // of the packets, from the change on
}

// UpdateResult is how far the news came: the times from the change at which the other members had
// it, in order. There are fewer than members if some never heard.
type UpdateResult struct{ Heard []time.Duration }

// Run plays the experiment once, in a synctest bubble.
func (e Update) Run() (UpdateResult, error) {
	c, err := Start(e.Setup)
	if err != nil {
		return UpdateResult{}, err
	}
	defer c.Stop()
	c.Settle(e.WarmUp)
	id, at := rand.IntN(e.Servers), time.Now()
	author := c.members[id]
	c.Lose(e.LossPPM)
	author.meta.version.Add(1)
	if err := author.UpdateNode(e.Watch); err != nil {
		return UpdateResult{}, err
	}
	time.Sleep(e.Watch - time.Since(at))
	var result UpdateResult
	for _, update := range c.history.newsSince(at) {
		if update.subject == id && update.observer != id {
			result.Heard = append(result.Heard, update.at.Sub(at))
		}
	}
	return result, nil
}

// After returns when a share of the other members had the news, and false if fewer ever did.
func (r UpdateResult) After(others, percent int) (time.Duration, bool) {
	enough := (others*percent + 99) / 100
	if len(r.Heard) < enough {
		return 0, false
	}
	return r.Heard[enough-1], true
}
