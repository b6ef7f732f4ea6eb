package memberlist

import (
	"math/rand/v2"
	"time"
)

// Crash is one member stopping without a word.
type Crash struct {
	Setup
	WarmUp time.Duration // at least, from the last join to the crash
	Watch  time.Duration // from the crash to the end
}

// CrashResult is what one crash looked like.
type CrashResult struct {
	First   time.Duration // from the crash to the first declaration of death
	All     time.Duration // to the last member's
	Unaware int           // members that had not noticed at the end
	False   int           // declarations of death about other members
	Packets int64         // sent by all members in the watch
}

// Run plays the experiment once, in a synctest bubble.
func (e Crash) Run() (CrashResult, error) {
	c, err := Start(e.Setup)
	if err != nil {
		return CrashResult{}, err
	}
	defer c.Stop()
	c.Settle(e.WarmUp)
	victim, at, before := rand.IntN(e.Servers), time.Now(), c.Packets()
	c.Crash(victim)
	time.Sleep(e.Watch)
	result := CrashResult{Unaware: e.Servers - 1, Packets: c.Packets() - before}
	result.addDeaths(victim, at, c.history.leavesSince(at))
	return result, nil
}

// addDeaths reads off the events since the crash who noticed it when.
func (r *CrashResult) addDeaths(victim int, at time.Time, leaves []event) {
	seen := map[int]bool{}
	for _, leave := range leaves {
		switch {
		case leave.observer == victim: // its suspicion timers run on, and nobody asks it any more
		case leave.subject != victim:
			r.False++
		case !seen[leave.observer]:
			seen[leave.observer] = true
			r.Unaware--
			r.All = leave.at.Sub(at)
			if len(seen) == 1 {
				r.First = r.All
			}
		}
	}
}
