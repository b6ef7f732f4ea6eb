package health

import (
	"time"

	"butterfly/sim/clock"
)

// rule is what probing and judging an origin need of its definition. Thousands of definitions, one
// or more for each pool, tend to have but a few rules between them.
type rule struct {
	interval, timeout, jitter, fast time.Duration

	semantics  Semantics
	initial    Status
	rise, fall uint8
	threshold  uint8
	mask       uint64 // of the last Window results
	round      int8   // of the queue, for the common step from tick to tick; outOfRound for none
}

func newRule(d *Definition) rule {
	r := rule{
		interval: d.Interval, timeout: d.Timeout, jitter: d.Jitter, fast: d.FastInterval,
		semantics: d.Semantics, initial: d.Initial, rise: uint8(d.Rise), fall: uint8(d.Fall),
		round: outOfRound,
	}
	if d.Semantics == Window {
		r.threshold, r.mask = uint8(d.Threshold), 1<<d.Window-1
	}
	return r
}

// rulebook has the rules of all definitions.
type rulebook struct {
	rules   []rule          // number 1 first: number 0 is that of an origin nobody probes
	numbers map[rule]uint16 // of the rules, as they are without a round
	// patience is how late things may be without anything being wrong: the shortest of all
	// timeouts.
	patience time.Duration
	// longest is how long it takes at most for an origin to be probed again, with result.
	longest      time.Duration
	byDefinition []uint16 // the number of a definition's rule
	rounds       int      // how many of the queue's are in use
}

func newRulebook(definitions []Definition) rulebook {
	b := rulebook{
		byDefinition: make([]uint16, 0, len(definitions)), numbers: make(map[rule]uint16),
	}
	for i := range definitions {
		b.add(&definitions[i])
	}
	return b
}

// add gives the next definition its rule.
func (b *rulebook) add(d *Definition) {
	if len(b.byDefinition) == 0 || d.Timeout < b.patience {
		b.patience = d.Timeout
	}
	b.longest = max(b.longest, d.spacing()+d.Timeout)
	r := newRule(d)
	number, found := b.numbers[r]
	if !found {
		number = uint16(len(b.rules) + 1)
		b.numbers[r] = number
		r.round = b.roundOf(&r)
		b.rules = append(b.rules, r)
	}
	b.byDefinition = append(b.byDefinition, number)
}

// of returns the rule of an origin that is probed.
func (b *rulebook) of(t *target) *rule { return &b.rules[t.rule-1] }

// roundOf gives a new rule its round if it has no jitter, as long as there are any. Two origins of
// one round stay in the order in which they are: they take equal steps.
func (b *rulebook) roundOf(r *rule) int8 {
	if r.jitter > 0 {
		return outOfRound
	}
	for i := range b.rules {
		if other := &b.rules[i]; other.interval == r.interval && other.round != outOfRound {
			return other.round
		}
	}
	if b.rounds == maxRounds {
		return outOfRound
	}
	b.rounds++
	return int8(b.rounds - 1)
}

// beatsPerInterval is how many times an interval a server starts probes.
const beatsPerInterval = 50

// first returns when to probe an origin for the first time, given a draw from all of 0 to bound-1
// for the bound asked for: within the interval that begins now, so that origins taken over together
// are not probed together ever after. But only on a beat, a multiple of a fiftieth of the interval:
// probes on one beat share one timer.
func (r *rule) first(now clock.Time, draw func(bound uint64) uint64) clock.Time {
	beat := max(1, r.interval/beatsPerInterval)
	drawn := now.Add(time.Duration(draw(uint64(r.interval - beat + 1))))
	return drawn.Add(beat - 1 - (drawn.Since()+beat-1)%beat)
}

// step is the time from one probe to the next, but for jitter.
func (r *rule) step(hurried bool) time.Duration {
	if hurried && r.fast > 0 {
		return r.fast
	}
	return r.interval
}
