package swim

import "time"

// RetransmitLimit returns how often one member passes on one update in a group of n, n >= 1:
// RetransmitMult * ceil(log10(n+1)).
func (c Config) RetransmitLimit(n int) int { return c.RetransmitMult * ceilLog10(n+1) }

// SpreadBound returns for how long a piece of news is passed on in a group of n, n >= 1: by each
// member at least once a round, as often as the limit says, and by those who hear it last once more.
func (c Config) SpreadBound(n int) time.Duration {
	round := c.ProbeInterval
	if c.GossipInterval > 0 {
		round = c.GossipInterval
	}
	return 2 * time.Duration(c.RetransmitLimit(n)) * round
}

// certainPeriods[c] is after how many periods a member can be taken to have been probed by c+1
// others, in a group of any size: in one period the number of its probers has mean 1 (SWIM, section
// 3.1), so c or fewer in t periods has the probability e^-t (1 + t + ... + t^c/c!), here below
// 2e-11.
var certainPeriods = [maxConfirmations + 1]int{25, 29, 31, 34, 36, 39, 41, 43}

// certainCopies is how many copies of the news of a crash have to go to random members, for each that
// has to hear of it, to be taken to reach all: missing all has the probability e^-20, 2e-9. The news
// is K+1 accusations and the declaration, each passed on [Config.RetransmitLimit] times; who misses
// one or two of them comes to the same verdict by the others, or a little later by an exchange.
const certainCopies = 20

// DetectionTerms are the parts of [Config.DetectionBound], in the order in which they pass.
type DetectionTerms struct {
	// FirstProbe: until a member begins a probe of the crashed one.
	FirstProbe time.Duration
	// Verdict: until the end of that probe's period, when the crashed member becomes a suspect.
	Verdict time.Duration
	// Suspicion: until the suspect's time to answer is over and the accuser declares it dead.
	Suspicion time.Duration
	// Spread: until the declaration has reached the others by piggyback. 0 if each finds out
	// itself.
	Spread time.Duration
	// Repair: until those that the epidemic missed have exchanged tables with a member that it
	// reached, and waited out a suspicion of their own. 0 if each finds out itself.
	Repair time.Duration
}

// Total returns the sum of the terms.
func (t DetectionTerms) Total() time.Duration {
	return t.FirstProbe + t.Verdict + t.Suspicion + t.Spread + t.Repair
}

// DetectionBound returns an upper bound on the time from the crash of one member of a group of n
// until every correct, connected member holds it dead, on a network whose delays are small against
// the intervals. See [Config.DetectionTerms] for when it can be exceeded.
func (c Config) DetectionBound(n int) time.Duration { return c.DetectionTerms(n).Total() }

// DetectionTerms returns the terms of [Config.DetectionBound]: those of the smaller of two bounds.
//
// The first holds whatever is lost: every member probes every other within 2n-1 periods (SWIM,
// section 4.3) and needs nobody's word, but waits the longer for that. It is exceeded if members
// join meanwhile, or if a refutation of the crashed member was still spreading when it crashed: who
// hears that late clears it of the suspicion and probes it once more.
//
// The second is that of the epidemic: as many as can shorten the suspicion have probed the crashed
// member within certainPeriods; their accusations, and then the declaration, spread while members
// pass them on, at least once per round each; and where that is so seldom that members may be missed
// (in small groups, or without confirmations), those ask a peer within one exchange. It is exceeded
// if that exchange fails or meets another that was missed.
//
// Both take the members to be healthy: one whose local health is at its worst takes LocalHealthMax
// times the Verdict.
func (c Config) DetectionTerms(n int) DetectionTerms {
	alone := DetectionTerms{
		FirstProbe: time.Duration(max(1, 2*n-1)) * c.ProbeInterval,
		Verdict:    c.ProbeInterval,
		Suspicion:  c.VerdictBound(n),
	}
	copies := (c.Confirmations(n) + 2) * c.RetransmitLimit(max(1, n))
	together := DetectionTerms{
		FirstProbe: time.Duration(certainPeriods[c.Confirmations(n)]) * c.ProbeInterval,
		Verdict:    c.ProbeInterval,
		Suspicion:  c.SuspicionTimeout(n),
		Spread:     c.SpreadBound(max(1, n)),
	}
	if copies < certainCopies {
		together.Repair = c.SyncPause(n) + c.SyncTimeout + c.VerdictBound(n)
	}
	if alone.Total() <= together.Total() || c.SyncInterval == 0 && together.Repair > 0 {
		return alone
	}
	return together
}
