package checkers

import (
	"fmt"
	"time"

	"butterfly/node"
	"butterfly/sim/clock"
)

// Kind says what an [Observation] is about. Kinds are bits, so that a checker can name the set it
// watches and the world calls it for nothing else.
type Kind uint16

const (
	// Event: a node emitted an observable event.
	Event Kind = 1 << iota
	// ProbeStarted: Host started a health probe of origin Origin.
	ProbeStarted
	// ProbeEnded: a health probe of origin Origin by Host has the result Outcome, of which Host is told
	// now.
	ProbeEnded
	// HostUp: Host's process started (for the first time or again).
	HostUp
	// HostDown: Host's process crashed or was stopped; all its volatile state is gone.
	HostDown
	// HostStalled: Host stands still from now on, paused or blocked, or can open no sockets to probe
	// with. HostResumed ends that; so does HostDown.
	HostStalled
	HostResumed
	// UplinkChanged: Host can reach origins from now on (Up), or none of them.
	UplinkChanged
	// Reachability: the sides of the network changed (a partition, a heal, a host up or down). The
	// new sides are in [View.Side].
	Reachability
	// OriginChanged: origin Origin went up (Up) or down.
	OriginChanged
	// OriginRegistered: an operator told Host to have origin Origin checked (Up), or checked no more.
	OriginRegistered
	// Healed: the last fault is over; from here on liveness is demanded.
	Healed
	// Ended: the run is over. Last observation of every run.
	Ended
)

// Observation is one fact about a run, in the order of virtual time.
type Observation struct {
	At     clock.Time
	Kind   Kind
	Host   node.ID
	Origin uint32
	Up     bool
	// Outcome is that of a probe, of [ProbeEnded] only.
	Outcome node.Outcome
	Event   node.Event
}

// View is what the world knows and no node does. It is valid at the moment of the observation.
type View interface {
	// Hosts is the number of hosts, up or not, the same all through a run; their IDs are 0 to
	// Hosts-1.
	Hosts() int
	// Up reports whether host's process is running (paused counts as running).
	Up(host node.ID) bool
	// Side numbers the connected side of the network host is on, from 0: two hosts that are up are
	// on the same side if and only if datagrams can pass both ways between them, directly or
	// through others, and are understood: those of two versions are not. It is -1 for a host that is
	// down.
	Side(host node.ID) int
	// Sides is how many sides there are.
	Sides() int
	// Probes is how many health probes all hosts have started so far.
	Probes() uint64
}

// Checker watches one run and says what it finds.
type Checker interface {
	// Watches is the set of kinds Observe is called for.
	Watches() Kind
	// Observe takes one observation. It must not retain o.
	Observe(o *Observation, view View, report *Report)
}

// Violation is one broken promise with its evidence.
type Violation struct {
	// Property is the stable name of the promise, such as "at-least-one-checker".
	Property string
	At       clock.Time
	// Detail is one sentence with values: who, what, when, how much, and the bound it broke.
	Detail string
}

// Report collects what the checkers of one run found. The zero value is ready for use.
type Report struct {
	violations []Violation
	broken     map[string]int // violations by property, those beyond the first included
	metrics    map[string]float64
	sometimes  map[string]int
	ignored    func(property string) bool // nil ignores nothing
}

// Ignore makes the report take no notice of violations of some properties: all for which ignored is
// true, none if it is nil.
func (r *Report) Ignore(ignored func(property string) bool) { r.ignored = ignored }

// Violate records a broken promise. The first violation of each property is kept in full, later
// ones only counted: one bug tends to break a promise thousands of times.
func (r *Report) Violate(property string, at clock.Time, format string, args ...any) {
	if r.ignored != nil && r.ignored(property) {
		return
	}
	if r.broken == nil {
		r.broken = make(map[string]int)
	}
	r.broken[property]++
	if r.broken[property] == 1 {
		r.violations = append(r.violations, Violation{property, at, fmt.Sprintf(format, args...)})
	}
}

// Violations returns the first violation of each broken property, in the order they were found.
func (r *Report) Violations() []Violation { return r.violations }

// Broken returns how often property was violated.
func (r *Report) Broken(property string) int { return r.broken[property] }

// Metric records a measured value under a stable name ending in its unit.
func (r *Report) Metric(name string, value float64) {
	if r.metrics == nil {
		r.metrics = make(map[string]float64)
	}
	r.metrics[name] = value
}

// MetricSeconds records a span as seconds.
func (r *Report) MetricSeconds(name string, span time.Duration) { r.Metric(name, span.Seconds()) }

// Metrics returns all measured values by name. The caller must not modify the map.
func (r *Report) Metrics() map[string]float64 { return r.metrics }

// Declare names a situation the run is expected to reach at least once. A run that never reaches a
// declared situation proves less than it seems to: it is vacuous.
func (r *Report) Declare(situation string) { r.count(situation, 0) }

// Saw counts one occurrence of a situation. Whether anybody declares it does not matter.
func (r *Report) Saw(situation string) { r.count(situation, 1) }

func (r *Report) count(situation string, n int) {
	if r.sometimes == nil {
		r.sometimes = make(map[string]int)
	}
	r.sometimes[situation] += n
}

// Sometimes returns how often each situation occurred that did or was declared: 0 is a declared one
// that was never reached. The caller must not modify the map.
func (r *Report) Sometimes() map[string]int { return r.sometimes }
