package swim

import "time"

// SuspicionTimeout returns how long a suspect has to answer in a group of n:
// SuspicionMult * max(1, log10 n) * ProbeInterval, the logarithm in thousandths rounded down.
func (c Config) SuspicionTimeout(n int) time.Duration {
	milli := max(1000, milliLog10(n))
	return time.Duration(int64(c.SuspicionMult) * milli * int64(c.ProbeInterval) / 1000)
}

// RetransmitLimit returns how often one member passes on one update in a group of n, n >= 1:
// RetransmitMult * ceil(log10(n+1)).
func (c Config) RetransmitLimit(n int) int { return c.RetransmitMult * ceilLog10(n+1) }

// certainPeriods is after how many periods a member can be taken to have been probed by somebody.
// In one period nobody probes it with probability 1/e or less (SWIM, section 3.1), in 25 with e^-25
// < 2e-11.
const certainPeriods = 25

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
// section 4.3) and needs nobody's word. It is exceeded if members join meanwhile, or if a
// refutation of the crashed member was still spreading when it crashed: who hears that late clears
// it of the suspicion and probes it once more.
//
// The second is that of the epidemic: somebody probes the crashed member within 25 periods, but for
// a probability of e^-25; its declaration spreads while members pass it on, at least once per
// period each; and who is missed (with loss, or when more members change at once than fit on a
// datagram) asks a peer within one sync interval. It is exceeded if that exchange fails or meets
// another that was missed: with m members missed, about m/n of the time.
func (c Config) DetectionTerms(n int) DetectionTerms {
	alone := DetectionTerms{
		FirstProbe: time.Duration(max(1, 2*n-1)) * c.ProbeInterval,
		Verdict:    c.ProbeInterval,
		Suspicion:  c.SuspicionTimeout(n),
	}
	together := alone
	together.FirstProbe = certainPeriods * c.ProbeInterval
	together.Spread = time.Duration(c.RetransmitLimit(max(1, n))) * c.ProbeInterval
	together.Repair = c.SyncInterval + c.SyncTimeout + c.SuspicionTimeout(n)
	if alone.Total() <= together.Total() {
		return alone
	}
	return together
}
