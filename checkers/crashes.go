package checkers

import "butterfly/node"

// crashes follows who is down, and who has noticed: what [Membership] judges and [Detection]
// measures. It keeps a byte per pair of hosts.
type crashes struct {
	sides    sides
	opinions opinions
	outages  []outage // by host

	detections, firsts samples
	falseDeaths        int
}

func (c *crashes) fit(hosts int) {
	if hosts == len(c.outages) {
		return
	}
	c.sides.fit(hosts)
	c.opinions = newOpinions(hosts)
	c.outages = make([]outage, hosts)
}

func (c *crashes) regroup(o *Observation, view View) {
	c.fit(view.Hosts())
	c.sides.change(view, o.At)
}

// hostUp ends the outage of a host, if it had one.
func (c *crashes) hostUp(o *Observation, view View) {
	c.fit(view.Hosts())
	c.sides.hostUp(o.Host, o.At)
	c.outages[o.Host].open = false
}

// hostDown begins the outage of a host.
func (c *crashes) hostDown(o *Observation) {
	crash := &c.outages[o.Host]
	crash.begin(o.At, len(c.outages))
	crash.departed = c.opinions.hasLeft(o.Host)
	for observer := range crash.views {
		if observer := node.ID(observer); observer != o.Host && c.sides.together(observer, o.Host) {
			crash.addPeer(observer, c.opinions.of(observer, o.Host).member())
		}
	}
	for earlier := range c.outages {
		c.outages[earlier].forgetWitness(o.Host)
	}
	c.sides.hostDown(o.Host)
	c.opinions.clear(o.Host)
}

// saysDead takes a MemberDead, which is not an opinion yet. It reports whether it is false: about
// another host that is up and on the same side, and has not left.
func (c *crashes) saysDead(o *Observation, report *Report) (falsely bool) {
	subject := node.ID(o.Event.Subject)
	if crash := &c.outages[subject]; crash.open {
		c.detected(crash, o, report)
		return false
	}
	if o.Host == subject || !c.sides.together(o.Host, subject) || c.opinions.hasLeft(subject) {
		return false
	}
	c.falseDeaths++
	return true
}

func (c *crashes) detected(crash *outage, o *Observation, report *Report) {
	w := &crash.views[o.Host]
	if !w.peer || w.detected {
		return
	}
	w.detected = true
	c.detections.add(o.At.Sub(crash.at))
	if !crash.noticed {
		crash.noticed = true
		c.firsts.add(o.At.Sub(crash.at))
		c.sawDetected(report)
	}
}

// sawDetected counts a first detection once, though several checkers may follow the same crashes.
func (c *crashes) sawDetected(report *Report) {
	if report.Sometimes()[SituationDetected] < len(c.firsts) {
		report.Saw(SituationDetected)
	}
}

// yields notes that a host is no longer part of the group, as if it had left.
func (c *crashes) yields(o *Observation) { c.opinions.set(o.Host, o.Host, left, o.At) }
