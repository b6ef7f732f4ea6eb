package health

import (
	"fmt"
	"strings"
	"time"
)

// Gap bounds how long an origin goes without a probe, term by term. Terms that do not apply are 0.
type Gap struct {
	// Detection is how long until every live server has been told that the checker is down, or
	// until the checker itself has noticed that it cannot probe.
	Detection time.Duration
	// Notice is how long news in the map takes to reach every live server.
	Notice time.Duration
	// RankWait is how long the next server leaves the origin to those above it that do not act.
	RankWait time.Duration
	// Interval is how old the last probe was already.
	Interval time.Duration
	// Timeout is how long the new checker's first probe takes to have a result.
	Timeout time.Duration
	// Offset is how far into its interval the new checker's first probe comes.
	Offset time.Duration
}

// GapBound returns the bound for an origin that every live server knows, whichever definition it is
// checked by. detection is the longest time from a crash to MemberDown on every live server.
//
// Let the checker crash at t, and let the network be whole and the view change for no other reason.
// Its last probe began after t - Interval, jitter included; or, if that one found its predecessor
// unanswered, which takes Timeout = Interval, Timeout before that. So a probe began after
// t - (Interval + Timeout).
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
// and makes the next ones, unless it has crashed, and then the bound runs from its crash. A change
// of definition is within the bound, with a detection of 0: what is left of it is an old interval
// and a new offset.
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
	gap := cfg.terms()
	gap.Detection, gap.RankWait = detection, time.Duration(unaware)*cfg.RankWait
	return gap
}

// GapBoundRegistered returns the bound from the registration of an origin at any server until its
// first probe has a result. notice is the longest time until all live servers know of it. Its owner
// begins by then, and its first probe by Interval later.
func GapBoundRegistered(notice time.Duration, cfg Config) Gap {
	gap := cfg.terms()
	gap.Notice, gap.Interval = notice, 0
	return gap
}

// GapBoundUnable returns the bound from the moment when the unable highest-ranked live servers lose
// the means to probe, without losing each other, until somebody else probes. The checker finds out
// by Fall probes in vain and withdraws its claim; notice later everybody knows, and the checks fall
// to the server below, which leaves a RankWait to each of those above.
func GapBoundUnable(notice time.Duration, cfg Config, unable int) Gap {
	gap := cfg.terms()
	for i := range cfg.Definitions {
		d := &cfg.Definitions[i]
		gap.Detection = max(gap.Detection, time.Duration(d.Fall)*d.spacing()+d.Timeout)
	}
	gap.Notice, gap.RankWait = notice, time.Duration(unable)*cfg.RankWait
	return gap
}

// terms returns what all bounds begin with: the longest times of all definitions.
func (c Config) terms() (gap Gap) {
	for i := range c.Definitions {
		d := &c.Definitions[i]
		gap.Interval = max(gap.Interval, d.spacing())
		gap.Timeout = max(gap.Timeout, d.Timeout)
		gap.Offset = max(gap.Offset, d.Interval)
	}
	return gap
}

// VerdictBound bounds how long after a lasting change of an origin its checker says so, whichever
// definition it is checked by: it takes so many results in a row, the first of them from a probe
// that begins an interval after the change, or two if that found its predecessor unanswered.
//
// If the checker doubts its own network at the end of the row, and its doubt is not long enough to
// be a loss, the next peer it hears vouches for all probes that begin afterwards: the verdict comes
// an interval and a timeout after that at the latest. After a loss it takes the bound once more.
func VerdictBound(cfg Config) (bound time.Duration) {
	for i := range cfg.Definitions {
		d := &cfg.Definitions[i]
		bound = max(bound, time.Duration(d.results()+1)*d.spacing()+d.Timeout)
	}
	return bound
}

// Total returns the sum of the terms.
func (g Gap) Total() time.Duration {
	return g.Detection + g.Notice + g.RankWait + g.Interval + g.Timeout + g.Offset
}

// String prints the sum and the terms that apply: "26.7s = 24.2s detection + 1s interval + 500ms
// timeout + 1s offset".
func (g Gap) String() string {
	var terms []string
	for _, term := range []struct {
		span time.Duration
		name string
	}{
		{g.Detection, "detection"}, {g.Notice, "notice"}, {g.RankWait, "rank wait"},
		{g.Interval, "interval"}, {g.Timeout, "timeout"}, {g.Offset, "offset"},
	} {
		if term.span > 0 {
			terms = append(terms, fmt.Sprintf("%v %s", term.span, term.name))
		}
	}
	return fmt.Sprintf("%v = %s", g.Total(), strings.Join(terms, " + "))
}
