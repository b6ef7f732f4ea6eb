package world

import (
	"fmt"
	"slices"

	"butterfly/checkers"
	"butterfly/node"
	"butterfly/sim"
	"butterfly/sim/trace"
)

// probe starts a health probe. Whether it is answered is asked now, and again when the answer
// comes.
func (w *World[M]) probe(host node.ID, p *node.Probe) {
	if int(p.Origin) >= w.origins.count() {
		panic(fmt.Sprintf("world: server %d probes origin %d of %d", host, p.Origin, w.origins.count()))
	}
	w.traffic.probes++
	timeout := w.hosts[host].lasts(w.Now(), p.Timeout)
	outcome, delay := node.Failed, timeout
	if w.lacksSockets(host) {
		w.countUnmade(host)
		outcome, delay = node.Unable, 0
	} else if roundTrip := w.origins.roundTripOf(host, p.Origin, w.kernel.Now()); roundTrip <= timeout &&
		w.reaches(host, p.Origin) {
		outcome, delay = node.Succeeded, roundTrip
	}
	w.kernel.Probe(host, resultOf(p.Origin, p.Token, outcome), delay, timeout)
	w.tellProbe(checkers.ProbeStarted, host, p.Origin, 0)
}

// probed gives the result of a probe to the machine that made it.
func (w *World[M]) probed(h *host[M], s *sim.Step[M]) {
	if h.prober == nil {
		panic(fmt.Sprintf("world: server %d probes origins but has no Probed method", s.Host))
	}
	if s.Probe.Outcome == node.Succeeded && !w.reaches(s.Host, s.Probe.Origin) {
		if s.At < s.Deadline {
			w.leaveUnanswered(s)
			return
		}
		s.Probe.Outcome = node.Failed
	}
	w.tellProbe(checkers.ProbeEnded, s.Host, s.Probe.Origin, s.Probe.Outcome)
	w.atWork = s.Host
	h.prober.Probed(h.time(s.At), s.Probe, &w.out)
}

// leaveUnanswered leaves a probe to its time-out: the answer that has come does not get through.
func (w *World[M]) leaveUnanswered(s *sim.Step[M]) {
	rest := s.Deadline.Sub(s.At)
	w.kernel.Remark(&trace.Record{
		Kind: trace.Unanswered, Host: uint32(s.Host), Peer: trace.Nobody,
		Subject: s.Probe.Origin, A: s.Probe.Token,
	})
	w.kernel.Probe(s.Host, resultOf(s.Probe.Origin, s.Probe.Token, node.Failed), rest, rest)
}

func resultOf(origin uint32, token uint64, outcome node.Outcome) node.ProbeResult {
	return node.ProbeResult{Origin: origin, Token: token, Outcome: outcome}
}

// reaches reports whether a server's probe and the origin's answer get through now, and counts
// those that a lost uplink stops.
func (w *World[M]) reaches(host node.ID, origin uint32) bool {
	if w.hosts[host].uplinks > 0 {
		w.countLost(host)
		return false
	}
	return w.origins.up(origin)
}

// countLost counts a probe with each fault that keeps the host's uplink down.
func (w *World[M]) countLost(host node.ID) {
	for _, index := range w.uplinks {
		if slices.Contains(w.spec.Faults[index].Hosts, host) {
			w.faults[index].bite.probes++
		}
	}
}
