package checkers

import (
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// Knowing is the promise [HealthKnown] holds a cluster to.
type Knowing struct {
	Origins Origins
	// Settle is how long it may take, after a disturbance or an operator's word, until every origin
	// is checked on its side, and goes on being checked.
	Settle time.Duration
	// Bound is how long it may take until all servers of a side believe the truth of an origin that
	// is checked there.
	Bound time.Duration
	// Terms says what Bound is the sum of, for violations: "detection 12s + spread 5s".
	Terms string
}

// HealthKnown checks health-known: every live server believes the truth of every origin that its
// side is to check, by what it says (Believed), unless it is a stranger there that has not heard of the
// origin (registry), from the bound after the latest of
//   - the last time that the origin went up or down;
//   - Settle after an operator last spoke of it;
//   - Settle after the last disturbance of anybody: a host went up or down, came to stand still or
//     ran again, lost its uplink or got it back, or the sides changed.
//
// For once it has settled each origin has a checker, who hands it over to none that has not probed
// it; the last of those has found out a verdict after the change, and then the news has to spread.
//
// It is judged as soon as the bound is over, whatever phase the run is in. A server that stands
// still or has no uplink owes nothing. Nor does one, until the bound is over after it, that is alone
// on its side but for strangers, says that its network is lost, and checks origins of which at least
// half are down: it has nobody to tell by which of the two it is. Origins are up until an
// [OriginChanged] says otherwise. [HealthTruth] asks the servers themselves, once, at the end.
//
// It measures how long news of an origin takes: known_p50_seconds, known_p99_seconds and
// known_max_seconds, with known_count how often, from an OriginChanged until the last server that
// is up and has an uplink believes it, whatever went wrong meanwhile; a change after which the
// origin changed again before does not count. And believed_alike_seconds, from [Healed] until first
// all of these believed the truth of all origins that are to be checked by an operator's last word,
// after the last change of sides; absent if they never did.
//
// It keeps 1 byte per host and origin, 59 per origin, and 4 per checker of one.
type HealthKnown struct {
	promise   Knowing
	registry  registry
	wanted    wanted
	knowledge knowledge
	seclusion seclusion
	stalled   []bool       // by host
	news      []originNews // by origin
	turns     agenda       // what went up or down, to be judged
	orders    agenda       // what operators spoke of, to be judged
	freed     agenda       // who was secluded, to be judged
	doubted   []doubt      // to be judged when the instant is over

	calm     clock.Time // the last disturbance of anybody
	judged   bool       // all that stood when the bound since calm was over has been judged
	due      clock.Time // when there is something to judge
	lags     samples
	wrong    int // pairs of present host and wanted origin
	healedAt clock.Time
	alikeAt  clock.Time
}

// originNews is what there is to know of an origin.
type originNews struct {
	turned  clock.Time // when it last went up or down
	checked clock.Time // when it is checked at the latest, by an operator's last word
	spreads bool       // not all have known since then
}

// doubt is about what a host came to believe of an origin when all should have known the truth long
// since. The operator's word that made it change its mind may be told only after that.
type doubt struct {
	host   node.ID
	origin uint32
	at     clock.Time
}

// NewHealthKnown returns a checker of promise.
func NewHealthKnown(promise Knowing) *HealthKnown {
	count, news := promise.Origins.Count, promise.Settle+promise.Bound
	return &HealthKnown{
		promise: promise, registry: newRegistry(promise.Origins, news),
		wanted: newWanted(promise.Origins), knowledge: newKnowledge(count),
		seclusion: newSeclusion(promise.Origins, news), news: make([]originNews, count),
		healedAt: clock.Never, alikeAt: clock.Never,
	}
}

// Watches implements [Checker].
func (k *HealthKnown) Watches() Kind { return Event | OriginChanged | disturbing | Healed | Ended }

// Observe implements [Checker].
func (k *HealthKnown) Observe(o *Observation, view View, report *Report) {
	if o.At > k.due {
		k.judge(o.At, report)
	}
	k.seclude(o, view)
	switch o.Kind {
	case Event:
		if o.Event.Kind == node.Believed {
			k.believe(o)
			k.compare(o.At)
		}
		return
	case OriginChanged:
		k.turn(o)
	case OriginRegistered:
		k.registered(o, view)
	case Healed:
		k.healedAt = o.At
	case Ended:
		k.judgeDoubted(report)
		k.measure(report)
		return
	default:
		k.disturb(o, view)
	}
	k.compare(o.At)
}

// seclude takes what makes a host unable to tell what fails, and has it judged once it can again.
func (k *HealthKnown) seclude(o *Observation, view View) {
	k.seclusion.observe(o, view)
	for _, host := range k.seclusion.changed {
		if !k.seclusion.settle(host, o.At) {
			k.freed.add(uint32(host), o.At.Add(k.promise.Bound))
			k.due = min(k.due, k.freed.next())
		}
	}
}

// believe takes what a host has come to believe.
func (k *HealthKnown) believe(o *Observation) {
	origin := o.Event.Subject
	before := k.knowledge.wrong[origin]
	k.knowledge.believe(o.Host, origin, uint8(o.Event.A))
	k.recountWrong(origin, before)
	k.closeLag(origin, o.At)
	if o.At > k.dueOf(origin) {
		k.doubted = append(k.doubted, doubt{o.Host, origin, o.At})
		k.due = min(k.due, o.At)
	}
}

// closeLag measures how long news of an origin took, if everybody knows it now.
func (k *HealthKnown) closeLag(origin uint32, at clock.Time) {
	if n := &k.news[origin]; n.spreads && k.knowledge.wrong[origin] == 0 {
		n.spreads = false
		k.lags.add(at.Sub(n.turned))
	}
}

// recountWrong counts an origin's part in all that is wrong anew, given what it was.
func (k *HealthKnown) recountWrong(origin uint32, before int32) {
	if k.wanted.is[origin] {
		k.wrong += int(k.knowledge.wrong[origin] - before)
	}
}

// turn takes a change of the truth.
func (k *HealthKnown) turn(o *Observation) {
	before := k.knowledge.wrong[o.Origin]
	k.knowledge.turn(o.Origin, o.Up)
	k.recountWrong(o.Origin, before)
	k.news[o.Origin].turned = o.At
	k.news[o.Origin].spreads = k.knowledge.wrong[o.Origin] > 0
	k.turns.add(o.Origin, o.At.Add(k.promise.Bound))
	k.due = min(k.due, k.turns.next())
}

// registered takes an operator's word.
func (k *HealthKnown) registered(o *Observation, view View) {
	k.registry.observe(o, view)
	if k.wanted.observe(o) {
		wrong := int(k.knowledge.wrong[o.Origin])
		k.wrong += wrong*oneIf(o.Up) - wrong*oneIf(!o.Up)
	}
	k.news[o.Origin].checked = o.At.Add(k.promise.Settle)
	k.orders.add(o.Origin, k.news[o.Origin].checked.Add(k.promise.Bound))
	k.due = min(k.due, k.orders.next())
}

// disturb takes what may keep any server from knowing anything.
func (k *HealthKnown) disturb(o *Observation, view View) {
	k.fit(view.Hosts())
	k.registry.observe(o, view)
	switch o.Kind {
	case HostUp:
		k.knowledge.hostUp(o.Host)
	case HostDown:
		k.knowledge.hostDown(o.Host)
		k.stalled[o.Host] = false
	case HostStalled, HostResumed:
		k.stalled[o.Host] = o.Kind == HostStalled
	case UplinkChanged:
		k.knowledge.uplink(o.Host, o.Up)
	}
	if o.Kind&(HostUp|HostDown|UplinkChanged) != 0 {
		k.recountAll(o.At)
	}
	if o.Kind&topology != 0 {
		k.alikeAt = clock.Never
	}
	k.calm, k.judged = o.At, false
	k.due = k.calmEnds()
}

func (k *HealthKnown) fit(hosts int) {
	if hosts == len(k.stalled) {
		return
	}
	k.stalled = make([]bool, hosts)
	k.knowledge.fit(hosts)
}

// recountAll counts what is wrong anew, with a host more or less that counts.
func (k *HealthKnown) recountAll(at clock.Time) {
	k.wrong = 0
	for origin, wrong := range k.knowledge.wrong {
		if k.wanted.is[origin] {
			k.wrong += int(wrong)
		}
		k.closeLag(uint32(origin), at)
	}
}

// compare notes whether all believe the truth of everything.
func (k *HealthKnown) compare(at clock.Time) {
	if k.wrong == 0 && k.healedAt != clock.Never {
		k.alikeAt = min(k.alikeAt, at)
	}
}

func (k *HealthKnown) measure(report *Report) {
	k.lags.measure("known", report)
	if k.alikeAt != clock.Never {
		report.MetricSeconds("believed_alike_seconds", k.alikeAt.Sub(k.healedAt))
	}
}
