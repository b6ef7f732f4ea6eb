package replicas

import (
	"fmt"
	"slices"
	"time"

	"butterfly/checkers"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/sim/rng"
)

// What a run has to show to be worth anything, if it is about it.
const (
	// situationSettled has one name in all runs, though how long is long enough depends on the
	// plan: a hunt counts situations by name over many seeds.
	situationSettled = "the run goes on for long enough after the last fault"
	situationWritten = "a key was written"
	situationCut     = "an answer was cut short"
	situationWhole   = "a replica was given everything anew"
	situationRetired = "a life was retired"
	// situationCollected: a replica that has seen all there is holds nothing of some key.
	situationCollected = "a tombstone was collected"
)

// checkers returns who watches the replicas.
func (g *group) checkers() []checkers.Checker {
	history := checkers.NewMapHistory(checkers.MapPromise{
		Replicas: g.witness, Truncated: g.scenario.Replicas.Limit > 0,
	})
	all := []checkers.Checker{
		checkers.NewStrongEventual(),
		checkers.NewConvergence(
			g.scenario.Bound(checkers.PropertyConvergence, g.bounds.Settle())),
		history,
		checkers.NewSessions(history, rng.Stream(g.seed, "clients", 0), g.clients()...),
		newCensus(g), &g.meter, g.settled(), g.expected(),
	}
	if g.idle() {
		all = append(all, g.light())
	}
	return all
}

// mostClients is how many servers have a client whose sessions are watched.
const mostClients = 4

// clients returns the clients whose sessions are watched, each pinned to a server.
func (g *group) clients() (all []checkers.Client) {
	for host := range node.ID(min(mostClients, g.scenario.Servers)) {
		all = append(all, checkers.Client{Host: host})
	}
	return all
}

// settled declares that the run must go on long enough after its last fault to be judged.
func (g *group) settled() checkers.Checker {
	need := g.scenario.Healed().Duration() + max(g.bounds.Settle(), g.scenario.LongestBound())
	return checkers.Sometimes(situationSettled, checkers.Ended,
		func(o *checkers.Observation, _ checkers.View) bool { return o.At.Since() >= need })
}

// expectations declares what a run of a plan has to show.
type expectations []string

// expected returns what the plan cannot fail to bring about.
func (g *group) expected() (e expectations) {
	r := g.scenario.Replicas
	e = expectations{checkers.SituationAgreed, situationWritten}
	// A server that starts anew lacks all keys, and is given no more at a time.
	if r.Limit > 0 && r.Limit < r.Keys/2 {
		e = append(e, situationCut)
	}
	return append(e, g.collected()...)
}

// collected returns what collecting brings about, where keys are left alone for long enough to be
// collected and the run goes on for long enough.
func (g *group) collected() (e expectations) {
	s, b := &g.scenario, &g.bounds
	length := s.Duration.Duration()
	if b.Retirement == 0 {
		return nil
	}
	if restarts(s) && length >= 2*b.Retirement {
		e = append(e, situationRetired)
	}
	if s.Replicas.RemovalsPPM > rng.Percent(10) && length >= 4*b.Sweep {
		e = append(e, situationCollected)
	}
	if g.cutOff(noticed + 2*b.Sweep) {
		e = append(e, situationWhole)
	}
	return e
}

// cutOff reports whether some servers are cut off from others for so long.
func (g *group) cutOff(length time.Duration) bool {
	return slices.ContainsFunc(g.scenario.Faults, func(f scenarios.Fault) bool {
		return f.Splits() && f.For.Duration() >= length
	})
}

// Watches implements [checkers.Checker].
func (e expectations) Watches() checkers.Kind { return checkers.Ended }

// Observe implements [checkers.Checker].
func (e expectations) Observe(_ *checkers.Observation, _ checkers.View, r *checkers.Report) {
	for _, situation := range e {
		r.Declare(situation)
	}
}

// idle reports whether a contact that brings nothing has a bounded weight: the servers have one
// life each, and nothing comes ahead of its time in an answer that is cut short.
func (g *group) idle() bool { return !restarts(&g.scenario) && g.scenario.Replicas.Limit == 0 }

// light checks idle-exchange-is-light.
func (g *group) light() checkers.Checker {
	return checkers.Eventually(PropertyIdle, func(checkers.View) error {
		if most := g.mostIdle(); g.meter.idle() > most {
			return fmt.Errorf("a contact that brought nothing weighs %d bytes, of %d servers: "+
				"the bound is %d", g.meter.idle(), g.scenario.Servers, most)
		}
		return nil
	})
}

// mostIdle is what a contact may weigh that brings nothing: 1.5 KiB for 64 servers.
func (g *group) mostIdle() int { return 24 * g.scenario.Servers }
