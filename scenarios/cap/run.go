package cap

import (
	"slices"
	"time"

	"butterfly/checkers"
	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/replicas"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
	"butterfly/sim/trace"
)

// World is a world of servers and clients.
type World = world.World[Message]

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
}

// Run is a run under way: its world, and the history of what clients asked for.
type Run struct {
	*World
	verdict *verdict
}

// Build makes the world of a scenario that has Cap, and a seed. The scenario must be valid; what
// the seed decides about it, if it still is to, is decided.
func Build(s scenarios.Scenario, seed uint64, options Options) *Run {
	p := newPlan(s, seed)
	return &Run{World: world.New(p.spec(options)), verdict: p.verdict}
}

// Verify plays the scenario twice in lockstep, as [world.Verify] does. next gives the options of
// the two worlds, one after the other.
func Verify(
	s scenarios.Scenario, seed uint64, next func() Options,
) (*world.Result, *world.Divergence) {
	return world.Verify(func() *World { return Build(s, seed, next()).World })
}

// Settle is how long a run of a scenario that has been expanded has to go on after its last fault
// for everything to be judged: until the clients have stopped, and replicas of the map are equal.
func Settle(s *scenarios.Scenario) time.Duration {
	twin := *s
	twin.Cap = nil
	twin.Replicas = &scenarios.Replicas{
		Keys: s.Cap.Keys, Mode: scenarios.Pull, Fanout: 1, Period: scenarios.Span(time.Second),
		Timer: scenarios.Phased,
	}
	return s.Cap.Timeout.Duration() + replicas.Settle(&twin)
}

// plan is what a run is made of.
type plan struct {
	scenario scenarios.Scenario // expanded
	seed     uint64
	verdict  *verdict
}

func newPlan(s scenarios.Scenario, seed uint64) *plan {
	p := &plan{scenario: s.Expand(seed), seed: seed}
	p.verdict = &verdict{
		history: newHistory(p.scenario.Servers, p.scenario.Cap.Clients), scenario: &p.scenario,
	}
	return p
}

func (p *plan) spec(options Options) world.Spec[Message] {
	s := &p.scenario
	spec := world.Spec[Message]{
		Name: s.Name, Seed: p.seed, Hosts: s.Servers + s.Cap.Clients, Size: Size, Machine: p.machine,
		Network: netmodel.Config{
			Latency: s.Latency.Latency, Loss: s.LossPPM, MTU: 1400, Bandwidth: 125_000_000,
		},
		Faults: p.faults(), Schedule: s.Schedule, Duration: s.Duration.Duration(),
		Checkers: p.checkers(), Catch: true, Off: s.Off, Beyond: p.beyond(),
		PlainHeap: options.PlainHeap, Trace: options.Trace, Coverage: options.Coverage,
	}
	spec.Codec = &world.Codec[Message]{
		Append: Append, Parse: Parse, DamagedOnly: !options.Codec,
	}
	return spec
}

// machine builds what runs on a host: the servers come first.
func (p *plan) machine(host node.ID, rand rng.Rand) node.Machine[Message] {
	s := &p.scenario
	switch {
	case int(host) >= s.Servers:
		return &client{
			config: s.Cap, self: host, servers: s.Servers, until: p.closing(), luck: rand,
		}
	case s.Cap.Replication == scenarios.ByRaft:
		return newLogServer(host, s.Servers, s.Cap.Timeout.Duration(), rand)
	}
	return newCopyServer(host, s.Servers, rand)
}

// closing is when clients stop asking, so that all can settle.
func (p *plan) closing() clock.Time {
	return clock.At(max(0, p.scenario.Duration.Duration()-Settle(&p.scenario)))
}

// faults are those of the scenario. Who is cut off with its home is cut off as well.
func (p *plan) faults() []scenarios.Fault {
	faults := slices.Clone(p.scenario.Faults)
	for i := range faults {
		if f := &faults[i]; f.OnLinks() || f.Kind == scenarios.Uplink {
			f.Hosts, f.Others = p.withClients(f.Hosts), p.withClients(f.Others)
		}
	}
	return faults
}

// withClients adds to servers the clients at home there.
func (p *plan) withClients(servers []node.ID) []node.ID {
	s := &p.scenario
	all := slices.Clone(servers)
	for number := range s.Cap.Clients {
		if slices.Contains(servers, home(number, s.Servers)) {
			all = append(all, node.ID(s.Servers+number))
		}
	}
	return all
}

func (p *plan) checkers() []checkers.Checker {
	s := &p.scenario
	need := s.Healed().Duration() + Settle(s)
	all := []checkers.Checker{
		p.verdict,
		checkers.Sometimes(situationSettled, checkers.Ended,
			func(o *checkers.Observation, _ checkers.View) bool { return o.At.Since() >= need }),
	}
	if s.Cap.Replication == scenarios.ByMap {
		all = append(all, amongServers(checkers.NewConvergence(Settle(s)), s.Servers))
	}
	return all
}

// mostLoss is the steady loss up to which the map's promise is made: a call then takes less than
// the time-out but once in millions of times.
const mostLoss = rng.PPM(10_000)

// beyond says why the promises are not made for a network like the scenario's; empty if they are. A
// call takes four trips. A log keeps its promises in any network.
func (p *plan) beyond() string {
	if p.scenario.Cap.Replication == scenarios.ByRaft {
		return ""
	}
	return p.scenario.WorseThan(mostLoss, p.scenario.Cap.Timeout.Duration()/8)
}
