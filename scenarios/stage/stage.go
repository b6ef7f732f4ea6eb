package stage

import (
	"time"

	"butterfly/checkers"
	"butterfly/scenarios"
	"butterfly/scenarios/cap"
	"butterfly/scenarios/cluster"
	"butterfly/scenarios/group"
	"butterfly/scenarios/planet"
	"butterfly/scenarios/replicas"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/trace"
)

// Run is a run under way, whatever its servers are: a [world.World].
type Run interface {
	// Advance plays the run up to and including the given time.
	Advance(to clock.Time)
	// Now is the time the run has reached, Ends when it is over.
	Now() clock.Time
	Ends() clock.Time
	// Run plays the run to its end.
	Run() *world.Result
	// Result ends the run where it stands and says what it proves.
	Result() *world.Result
}

// Options change how a run is carried out and nothing about what happens in it: the fingerprint is
// the same with any of them.
type Options struct {
	// Codec makes every message travel as bytes.
	Codec bool
	// PlainHeap swaps the event queue for its oracle.
	PlainHeap bool
	// Coverage makes the result say what happened during which faults.
	Coverage bool
	// Trace, when set, receives the history of the run.
	Trace *trace.Writer
	// Timeline, when set, records the run. It belongs to one world, which must be a cluster's or a group's.
	Timeline *checkers.Timeline
	// Gaps, when set, is told of the gaps between probes of an origin. It belongs to one world, which
	// must be a cluster's.
	Gaps *checkers.CauseGaps
	// Extra are further checkers of the run. They belong to one world, which must be a cluster's.
	Extra []checkers.Checker
}

// Validate reports the first thing wrong with the scenario: what [scenarios.Scenario.Validate] does,
// and parameters that do not go together.
func Validate(s *scenarios.Scenario) error {
	if err := s.Validate(); err != nil {
		return err
	}
	if err := s.Judged(Checks(s)); err != nil {
		return err
	}
	if s.Other != nil {
		_, _, err := cluster.OtherConfig(s)
		return err
	}
	if s.Group != nil {
		_, err := group.Config(s)
		return err
	}
	return nil
}

// Build makes the world of a scenario and a seed. The scenario must be valid, and none of a guest: only
// its own test can build its machines.
func Build(s scenarios.Scenario, seed uint64, options Options) Run {
	switch {
	case s.Datacenters > 0:
		return buildPlanet(s, seed, options)
	case s.Group != nil:
		return buildGroup(s, seed, options)
	case s.Replicas != nil:
		return buildReplicas(s, seed, options)
	case s.Cap != nil:
		return buildCap(s, seed, options)
	case s.Guest != nil:
		panic("stage: only its own test can run a guest: " + s.Guest.Command())
	}
	return cluster.Build(s, seed, cluster.Options(options))
}

// buildPlanet makes the run of all data centres, one after the other. Only its worlds know options
// that a world has.
func buildPlanet(s scenarios.Scenario, seed uint64, options Options) *planet.Run {
	options.only("many data centres")
	if options.Trace != nil {
		panic("stage: a trace is of one world, not of many data centres")
	}
	return planet.New(s, seed, func(p planet.Part, view checkers.Checker) planet.World {
		each := options
		each.Extra = []checkers.Checker{view}
		return cluster.Build(p.Scenario, p.Seed, cluster.Options(each))
	})
}

func buildGroup(s scenarios.Scenario, seed uint64, options Options) *group.World {
	timeline := options.Timeline
	options.Timeline = nil
	options.only("SWIM alone")
	return group.Build(s, seed, group.Options{
		Codec: options.Codec, PlainHeap: options.PlainHeap, Coverage: options.Coverage,
		Trace: options.Trace, Timeline: timeline,
	})
}

func buildReplicas(s scenarios.Scenario, seed uint64, options Options) *replicas.World {
	options.only("the map alone")
	return replicas.Build(s, seed, replicas.Options{
		Codec: options.Codec, PlainHeap: options.PlainHeap, Coverage: options.Coverage,
		Trace: options.Trace,
	})
}

func buildCap(s scenarios.Scenario, seed uint64, options Options) *cap.Run {
	return cap.Build(s, seed, options.ofCap())
}

func (o *Options) ofCap() cap.Options {
	o.only("a register")
	return cap.Options{
		Codec: o.Codec, PlainHeap: o.PlainHeap, Coverage: o.Coverage, Trace: o.Trace,
	}
}

// only panics if there are options that only a cluster has.
func (o *Options) only(kind string) {
	if o.Timeline != nil || o.Gaps != nil || len(o.Extra) > 0 {
		panic("stage: a timeline, gaps and further checkers are of a cluster, not of " + kind)
	}
}

// Verify plays the scenario twice in lockstep, as [world.Verify] does. The first of the two worlds
// writes the trace and the timeline.
func Verify(s scenarios.Scenario, seed uint64, options Options) (*world.Result, *world.Divergence) {
	next := func() Options {
		o := options
		options.Trace, options.Timeline, options.Gaps, options.Extra = nil, nil, nil, nil
		return o
	}
	switch {
	case s.Datacenters > 0:
		return planet.Verify(s, seed, func(p planet.Part, view checkers.Checker) (*world.Result, *world.Divergence) {
			return Verify(p.Scenario, p.Seed, Options{Extra: []checkers.Checker{view}})
		})
	case s.Group != nil:
		return world.Verify(func() *group.World { return buildGroup(s, seed, next()) })
	case s.Replicas != nil:
		return world.Verify(func() *replicas.World { return buildReplicas(s, seed, next()) })
	case s.Cap != nil:
		return cap.Verify(s, seed, func() cap.Options { o := next(); return o.ofCap() })
	}
	return cluster.Verify(s, seed, func() cluster.Options { return cluster.Options(next()) })
}

// Settle is how long a run of a scenario that has been expanded has to go on after its last fault for
// everything to be judged; 0 if it is only measured.
func Settle(s *scenarios.Scenario) time.Duration {
	switch {
	case s.Group != nil:
		return group.Settle(s)
	case s.Replicas != nil:
		return replicas.Settle(s)
	case s.Cap != nil:
		return cap.Settle(s)
	case s.Guest != nil:
		return s.Guest.Settle.Duration()
	}
	config := cluster.Config(s)
	bounds := cluster.NewBounds(s, &config)
	return bounds.Settle()
}
