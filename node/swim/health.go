package swim

import "time"

// localHealth is Lifeguard's local health multiplier (section IV.A), with memberlist's range: 0 is
// healthy, LocalHealthMax-1 the worst. What counts:
//
//	-1  a probe was answered
//	+1  for each helper of a failed probe that did not even send a nack; if nacks are off, or there
//	    was nobody to ask, 1 for the failed probe
//	+1  an accusation had to be refuted
type localHealth int

// note changes the score.
func (h *localHealth) note(delta, most int) {
	*h = localHealth(min(max(int(*h)+delta, 0), max(0, most-1)))
}

// stretch returns how long a probe may take that begins now: a member that may be slow itself waits
// longer for others. Only the interval is stretched; more time for a datagram does not bring back a
// lost one (memberlist v0.7.0 state.go).
func (h localHealth) stretch(interval time.Duration) time.Duration {
	return interval * time.Duration(1+h)
}
