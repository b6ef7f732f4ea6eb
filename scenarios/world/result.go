package world

import (
	"sort"

	"butterfly/checkers"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/sim/clock"
	"butterfly/sim/trace"
)

// Verdict is what a run proves.
type Verdict string

const (
	// Pass: every property held, and every situation the checkers wait for occurred.
	Pass Verdict = "pass"
	// Fail: a property was violated.
	Fail Verdict = "fail"
	// Vacuous: nothing was violated, but a situation the run is about never occurred.
	Vacuous Verdict = "vacuous"
	// Unknown: the run was stopped before its end, or something was violated in a run for which
	// nothing was promised.
	Unknown Verdict = "unknown"
)

// Result is everything a run says about itself.
type Result struct {
	Scenario    string
	Seed        uint64
	Verdict     Verdict
	Fingerprint trace.Fingerprint
	// Events is how many steps were handled; Messages and Bytes what machines sent (datagrams,
	// requests and replies), whether or not it arrived; Probes how many health probes they started.
	Events, Messages, Bytes, Probes uint64
	// Virtual is how much time the run covers, in nanoseconds from its start.
	Virtual    clock.Time
	Violations []checkers.Violation
	// Beyond says why nothing was promised for this run; empty if something was.
	Beyond    string
	Faults    []FaultReport
	Sometimes []Situation
	Metrics   map[string]float64
	// Stack is where a machine panicked, as the runtime prints it; empty if none did. It is no part of
	// what is deterministic.
	Stack string
	// Coverage is the table of what happened during which faults, the cells that are not 0 in the order
	// of the faults' kinds, and then of the events' names; nil unless [Spec.Coverage] asks for it.
	Coverage []CoverageCell
}

// FaultReport says how the faults of one kind bit, together.
type FaultReport struct {
	Kind   scenarios.FaultKind
	Count  int
	Effect string // empty when they had none
}

// Situation is something that was expected to occur at least once.
type Situation struct {
	Name  string
	Count int
}

// Result ends the run where it stands and says what it proves. A run that has not reached its end
// is Unknown, unless it has failed already.
func (w *World[M]) Result() *Result {
	complete := w.Now() >= w.Ends() && w.stack == ""
	if complete && !w.ended {
		w.ended = true
		w.foldDigests()
		w.tell(checkers.Observation{Kind: checkers.Ended})
	}
	report := &w.observe.report
	r := &Result{
		Scenario: w.spec.Name, Seed: w.spec.Seed,
		Fingerprint: w.kernel.Fingerprint(), Events: w.kernel.Stats().Steps,
		Messages: w.traffic.messages, Bytes: w.traffic.bytes, Probes: w.traffic.probes,
		Virtual: w.Now(), Violations: report.Violations(), Beyond: w.spec.Beyond, Faults: w.faultReports(),
		Sometimes: situations(report.Sometimes()), Metrics: w.metrics(),
		Stack: w.stack, Coverage: w.coverage.cells(),
	}
	r.Verdict = r.judge(complete)
	return r
}

// judge says what the run proves. Nobody promises more than the budget allows, but to panic is not
// allowed beyond it either.
func (r *Result) judge(complete bool) Verdict {
	if r.Stack != "" || len(r.Violations) > 0 && r.Beyond == "" {
		return Fail
	}
	if len(r.Violations) > 0 {
		return Unknown
	}
	if !complete {
		return Unknown
	}
	for _, s := range r.Sometimes {
		if s.Count == 0 {
			return Vacuous
		}
	}
	return Pass
}

// foldDigests adds the final state of every machine that can summarise it to the fingerprint.
func (w *World[M]) foldDigests() {
	for id := range w.hosts {
		if d, ok := w.hosts[id].machine.(node.Digester); ok {
			w.kernel.Remark(&trace.Record{
				Kind: trace.Digest, Host: uint32(id), Peer: trace.Nobody, A: d.Digest(),
			})
		}
	}
}

// metrics adds what the world itself measures to what the checkers measured.
func (w *World[M]) metrics() map[string]float64 {
	all := map[string]float64{}
	//arch:allow copies one map into another; the order cannot matter
	for name, value := range w.observe.report.Metrics() {
		all[name] = value
	}
	if seconds := w.Now().Seconds(); seconds > 0 {
		perNode := seconds * float64(len(w.hosts))
		all["bytes_per_node_second"] = float64(w.traffic.bytes) / perNode
		all["packets_per_node_second"] = float64(w.traffic.packets) / perNode
		all["messages_per_node_second"] = float64(w.traffic.messages) / perNode
	}
	return all
}

// situations sorts by name.
func situations(counts map[string]int) []Situation {
	all := make([]Situation, 0, len(counts))
	//arch:allow sorted below
	for name, count := range counts {
		all = append(all, Situation{name, count})
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Name < all[j].Name })
	return all
}
