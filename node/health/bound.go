package health

import (
	"fmt"
	"time"
)

// Gap bounds how long an origin goes without a probe when its checker crashes, term by term.
type Gap struct {
	// Detection is how long until every live server has been told that the checker is down.
	Detection time.Duration
	// RankWait is how long the next server leaves the origin to those above it that do not act.
	RankWait time.Duration
	// Interval is how old the crashed checker's last probe was already.
	Interval time.Duration
	// Timeout is how long the new checker's first probe takes to have a result.
	Timeout time.Duration
	// Offset is how far into its interval the new checker's first probe comes.
	Offset time.Duration
}

// GapBound returns the bound for an origin that every live server knows. detection is the longest
// time from a crash to MemberDown on every live server.
//
// Let the checker crash at t, and let the network be whole and the view change for no other reason.
// Its last probe began after t - Interval; or, if that one found its predecessor unanswered, which
// takes Timeout = Interval, Timeout before that. So a probe began after t - (Interval + Timeout).
//
// By t + detection all live servers have the same view. The highest-ranked one then has rank 0, and
// no live claimant outranks it: it checks already, or begins there and then, with no rank to wait
// for. Its first probe begins within another Interval, the random offset, and has its result
// Timeout later.
//
// From probe to probe, as well as from the crash to the first new result, that is less than
//
//	detection + Interval + Timeout + Interval
//
// If the checker fell silent without crashing (a pause, a partition), t is when it did. If several
// crash one after the other, t is the last crash, and the bound starts again. A server that gives
// way to a higher-ranked claim opens no gap of its own: the claimant has made at least one probe
// and makes the next ones, unless it has crashed, and then the bound runs from its crash.
func GapBound(detection time.Duration, cfg Config) Gap {
	return GapBoundUnaware(detection, cfg, 0)
}

// GapBoundUnaware returns the bound for an origin whose highest-ranked unaware live servers do not
// check it, because they have not heard of it yet or are still joining ([Checks.Activate]). The
// checks then fall to a server of that rank, which no claim holds back: whoever claimed the origin
// in its present life knows it. It has waited since the old checker left its view, by t + detection
// at the latest, and waits unaware times RankWait at most: a wait that began when more were above
// it is cut short as they leave.
//
// That is the bound after a crash. If nobody has checked the origin before, it holds with a
// detection of 0 from the moment the views agree and that server knows the origin. For a server
// that is only joining, adding its join time to detection and not counting it bounds the gap too:
// whichever comes first, its own first probe or that of the server below it, ends the gap.
func GapBoundUnaware(detection time.Duration, cfg Config, unaware int) Gap {
	return Gap{
		Detection: detection,
		RankWait:  time.Duration(unaware) * cfg.RankWait,
		Interval:  cfg.Interval,
		Timeout:   cfg.Timeout,
		Offset:    cfg.Interval,
	}
}

// Total returns the sum of the terms.
func (g Gap) Total() time.Duration {
	return g.Detection + g.RankWait + g.Interval + g.Timeout + g.Offset
}

// String prints the sum and its terms: "26.7s = 24.2s detection + 0s rank wait + 1s interval +
// 500ms timeout + 1s offset".
func (g Gap) String() string {
	return fmt.Sprintf("%v = %v detection + %v rank wait + %v interval + %v timeout + %v offset",
		g.Total(), g.Detection, g.RankWait, g.Interval, g.Timeout, g.Offset)
}
