package scenarios

import (
	"fmt"

	"butterfly/sim/rng"
)

var replicaSettings = []setting{
	{"keys", "how many keys the map has", ofReplicas(func(r *Replicas, value string) error {
		return setCount(&r.Keys, value, 1, MaxOrigins)
	})},
	{"writes", "how many writes a second, on all servers together",
		ofReplicas(func(r *Replicas, value string) error {
			return setCount(&r.Writes, value, 0, MaxWrites)
		})},
	{"removals", "share of writes that remove a key",
		ofReplicas(func(r *Replicas, value string) (err error) {
			r.RemovalsPPM, err = rng.ParsePPM(value)
			return err
		})},
	{"mode", "which way news travels: pull, push or push-pull",
		ofReplicas(func(r *Replicas, value string) error {
			r.Mode = Mode(value)
			return r.Mode.validate()
		})},
	{"period", "time between two rounds of a replica",
		ofReplicas(func(r *Replicas, value string) error {
			return setSpan(&r.Period, value, minPeriod.Duration(), maxPeriod.Duration())
		})},
	{"jitter", "by how much at most a round begins late",
		ofReplicas(func(r *Replicas, value string) error {
			return setSpan(&r.Jitter, value, 0, maxPeriod.Duration())
		})},
	{"timer", "when rounds begin: periodic, sync or poisson",
		ofReplicas(func(r *Replicas, value string) error {
			r.Timer = Timer(value)
			return r.Timer.validate()
		})},
	{"limit", "the most entries one answer has; 0 for no limit",
		ofReplicas(func(r *Replicas, value string) error {
			return setCount(&r.Limit, value, 0, MaxOrigins)
		})},
	{"collect", "whether tombstones are collected and lives retired: on or off",
		ofReplicas(func(r *Replicas, value string) error { return setSwitch(&r.Collect, value) })},
}

// ofReplicas makes a setting of one that changes replicas. Scenarios copied from s keep theirs.
func ofReplicas(set func(*Replicas, string) error) func(*Scenario, string) error {
	return func(s *Scenario, value string) error {
		if s.Replicas == nil {
			return fmt.Errorf("the scenario %s is of %s, not of the map alone", s.Name, s.kind())
		}
		changed := *s.Replicas
		s.Replicas = &changed
		return set(s.Replicas, value)
	}
}

// setFanout serves both kinds of gossip: SWIM's and the map's.
func setFanout(s *Scenario, value string) error {
	if s.Replicas == nil {
		return tuneCount(1, MaxFanout, func(t *Tuning) **int { return &t.GossipNodes })(s, value)
	}
	return ofReplicas(func(r *Replicas, value string) error {
		return setCount(&r.Fanout, value, 1, MaxFanout)
	})(s, value)
}
