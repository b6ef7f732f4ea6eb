package health

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// modelProber is the part of the model that makes probes and judges them, from lists of everything
// that ever happened.
type modelProber struct {
	luck    rng.Key
	moment  int // numbers the inputs
	peers   bool
	heard   int          // the moment a peer was heard last
	sign    clock.Time   // when that was, or a probe succeeded
	failing bool         // most origins failed last
	doubted []clock.Time // when verdicts were put off, since the network was last trusted
	lost    bool
	awake   clock.Time
}

// modelTarget is what is known of probing one origin.
type modelTarget struct {
	told    Status // by others, before the checks begin
	status  Status
	assumed bool
	unable  bool
	unables int
	against int      // how many results in a row have been against status
	since   int      // the moment of the first of them
	window  []bool   // results, the first ones made up to agree with status
	tokens  []uint64 // of all its probes
	start   clock.Time
	asked   bool
	putOff  bool // failures that were nothing new have been put off since the last success
	vouched bool // a peer was heard between the first failure and this probe
	shaky   bool // most others failed when it began
	failed  bool // the latest result, since the last loss or stall
	claimed Status
	rested  int // results since its claim was lost or contested
}

func (m *model) firstProbe(now clock.Time, origin int) clock.Time {
	r := newRule(m.definition(origin))
	return r.first(now, m.draw(origin, now))
}

func (m *model) draw(origin int, at clock.Time) func(uint64) uint64 {
	luck := m.luck.At2(uint64(origin), uint64(at))
	return luck.Below
}

// beginAnew forgets the results counted so far and the probe under way.
func (m *model) beginAnew(origin int) {
	o := &m.origins[origin]
	o.asked, o.against, o.unables, o.putOff = false, 0, 0, false
	o.shaky, o.vouched = o.shaky || o.vouched, false
	m.fillWindow(origin)
}

func (m *model) fillWindow(origin int) {
	o := &m.origins[origin]
	o.window = nil
	for range maxWindow {
		o.window = append(o.window, o.status == Healthy)
	}
}

func (m *model) beginAllAnew() {
	m.failing = false
	for i := range m.origins {
		m.origins[i].failed = false
		m.beginAnew(i)
	}
}

func (m *model) patience() time.Duration {
	shortest := time.Hour
	for _, d := range m.cfg.Definitions {
		shortest = min(shortest, d.Timeout)
	}
	return shortest
}

func (m *model) noticeStall(now clock.Time) {
	for i := range m.origins {
		if o := &m.origins[i]; o.phase == checking &&
			now.Sub(o.due) > m.patience() && now.Sub(m.awake) > m.patience() {
			m.awake = now
			m.beginAllAnew()
		}
	}
}

func (m *model) tick(now clock.Time, origin int, probes []node.Probe) []node.Probe {
	o, d := &m.origins[origin], m.definition(origin)
	step := d.Interval
	if d.FastInterval > 0 && o.against > 0 {
		step = d.FastInterval
	}
	for o.due.Add(step) <= now {
		o.due = o.due.Add(step)
	}
	if d.Jitter > 0 && step == d.Interval {
		step += time.Duration(m.draw(origin, o.due)(uint64(d.Jitter) + 1))
	}
	o.due = o.due.Add(step)
	if o.asked {
		return probes
	}
	o.asked, o.start = true, now
	failures := o.putOff || o.against > 0 && o.status != Unhealthy
	o.vouched, o.shaky = failures && m.heard > o.since, m.failing
	return append(probes, node.Probe{Origin: uint32(origin), Timeout: d.Timeout})
}

// take counts a result, and reports whether anybody waited for it.
func (m *model) take(now clock.Time, r node.ProbeResult) bool {
	m.noticeStall(now)
	o := &m.origins[r.Origin]
	if !o.asked || r.Token != o.tokens[len(o.tokens)-1] {
		return false
	}
	o.asked = false
	if now.Sub(o.start) > m.definition(int(r.Origin)).Timeout+m.patience() {
		return false
	}
	before := m.status(int(r.Origin))
	if r.Outcome == node.Unable {
		m.countUnable(int(r.Origin))
	} else {
		m.count(now, int(r.Origin), r.Outcome == node.Succeeded)
	}
	if after := m.status(int(r.Origin)); after != before {
		m.emit(node.HealthChanged, int(r.Origin), uint64(after))
	}
	return true
}

func (m *model) countUnable(origin int) {
	o := &m.origins[origin]
	o.unables++
	if o.unables >= m.definition(origin).Fall {
		o.unable = true
		m.beginAnew(origin)
	}
}

func (m *model) count(now clock.Time, origin int, up bool) {
	o, d := &m.origins[origin], m.definition(origin)
	o.failed = !up
	m.failing = m.mostFail()
	if up {
		m.sign, o.putOff = now, false
		if !m.failing {
			m.trust()
		}
	}
	o.unable, o.unables, o.assumed = false, 0, false
	o.window = append(o.window, up)
	if up == (o.status == Healthy) && o.status != Unknown {
		o.against = 0
		return
	}
	if o.against++; o.against == 1 {
		o.since = m.moment
	}
	if m.decided(origin, up) {
		m.conclude(now, origin, up)
	}
	hurried := o.start.Add(d.FastInterval)
	if d.FastInterval > 0 && o.against == 1 && hurried < o.start.Add(d.Interval) {
		for hurried < now {
			hurried = hurried.Add(d.FastInterval)
		}
		if hurried < o.start.Add(d.Interval) {
			o.due = hurried
		}
	}
}

func (m *model) decided(origin int, up bool) bool {
	o, d := &m.origins[origin], m.definition(origin)
	switch {
	case o.status == Unknown || d.Semantics == Immediate:
		return true
	case d.Semantics == Window:
		successes := 0
		for _, success := range o.window[len(o.window)-d.Window:] {
			if success {
				successes++
			}
		}
		return up == (successes >= d.Threshold)
	}
	return o.against >= map[bool]int{true: d.Rise, false: d.Fall}[up]
}

func (m *model) conclude(now clock.Time, origin int, up bool) {
	o := &m.origins[origin]
	if !up && m.doubtful(now, origin) {
		m.putOff(now)
		return
	}
	was := o.status
	o.status, o.against = map[bool]Status{true: Healthy, false: Unhealthy}[up], 0
	if was == Unknown {
		m.fillWindow(origin)
	}
}

// confirms puts a failure that is nothing new off like a verdict.
func (m *model) confirms(now clock.Time, origin int) bool {
	o, doubtful := &m.origins[origin], m.doubtful(now, origin)
	if !doubtful && len(m.doubted) == 0 {
		o.putOff = false
		return true
	}
	if !o.putOff {
		o.putOff, o.since = true, m.moment
	}
	if doubtful {
		m.putOff(now)
	}
	return false
}

func (m *model) doubtful(now clock.Time, origin int) bool {
	o := &m.origins[origin]
	quiet := now.Sub(m.sign) >= m.definition(origin).Timeout/2
	return m.peers && (m.lost || !o.vouched && (o.shaky || m.failing || quiet))
}

func (m *model) putOff(now clock.Time) {
	m.doubted = append(m.doubted, now)
	longest := time.Duration(0)
	for _, d := range m.cfg.Definitions {
		longest = max(longest, d.Interval+d.Jitter+d.Timeout)
	}
	if now.Sub(m.doubted[0]) > longest && !m.lost {
		m.lost = true
		m.emit(node.NetworkLost, 0, 0)
	}
}

// mostFail looks at the latest result of each origin that is checked; those missing count as
// successes.
func (m *model) mostFail() bool {
	checked, failures := 0, 0
	for i := range m.origins {
		if o := &m.origins[i]; o.phase == checking {
			checked++
			if o.failed {
				failures++
			}
		}
	}
	return 2*failures >= checked
}

func (m *model) hear(now clock.Time) {
	m.heard, m.sign = m.moment, now
	m.trust()
}

func (m *model) trust() {
	m.doubted = nil
	if m.lost {
		m.lost = false
		m.emit(node.NetworkFound, 0, 0)
		m.beginAllAnew()
	}
}
