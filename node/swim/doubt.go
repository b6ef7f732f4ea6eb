package swim

import (
	"time"

	"butterfly/sim/clock"
)

// Self-doubt is our addition to Lifeguard. A member that is slow, paused or cut off accuses the
// healthy, and its accusations gather confirmations from others like it. So what a member has not
// been there to hear does not count as silence: confirmations shorten a suspicion only while
// somebody speaks to it, and after an absence it listens for as long as a suspect has to answer
// before it passes a verdict.

// verdictDue is when a suspect's time to answer is over. Words that come in now and then, as from
// the far side of a cut that lets them through one way, put it off once and not for ever; having
// been away ourselves always does.
func (s *Swim) verdictDue(now clock.Time, c *concern) clock.Time {
	n := int(c.size)
	due := c.begun.Add(s.config.suspicion(n, c.confirmations()))
	if !s.config.SelfDoubt {
		return due
	}
	if s.deaf(now) {
		due = max(due, c.begun.Add(s.config.LongestSuspicion(n)))
	} else {
		listened := s.listening.Add(s.config.SuspicionTimeout(n))
		due = max(due, min(listened, c.begun.Add(s.config.VerdictBound(n))))
	}
	return max(due, s.returned.Add(s.config.SuspicionTimeout(n)))
}

// VerdictBound returns after how long a silent suspect of a group of n is declared dead by its only
// accuser, which has not been away itself.
func (c Config) VerdictBound(n int) time.Duration {
	if c.SelfDoubt {
		return c.LongestSuspicion(n) + c.SuspicionTimeout(n)
	}
	return c.LongestSuspicion(n)
}

// deafAfter is for how many periods a member may hear from nobody before it is taken to be the one
// that is cut off. Two datagrams a period are usual.
const deafAfter = 2

// deaf reports whether nobody has spoken to us for a while.
func (s *Swim) deaf(now clock.Time) bool {
	return now.Sub(s.heard) > deafAfter*s.config.ProbeInterval
}

// listen notes that somebody speaks to us, and when we began to listen if that is news.
func (s *Swim) listen(now clock.Time) {
	if s.deaf(now) {
		s.listening = now
	}
	s.heard = now
}

// comeBack notes that an alarm came a period late or more: we were away, not the others.
func (s *Swim) comeBack(now, due clock.Time) (away bool) {
	if !s.config.SelfDoubt || now.Sub(due) < s.config.ProbeInterval {
		return false
	}
	s.returned, s.heard = now, now
	return true
}
