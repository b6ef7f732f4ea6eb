package cluster

import (
	"cmp"
	"time"

	"butterfly/checkers"
	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/node/agent"
	"butterfly/node/crdt"
	"butterfly/node/health"
	"butterfly/scenarios"
	"butterfly/scenarios/rivals/literal"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/trace"
)

// Run is a run under way, whatever the design of its servers: a [world.World].
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
	// Timeline, when set, records the run. It belongs to one world.
	Timeline *checkers.Timeline
	// Gaps, when set, is told of the gaps between probes of an origin, which are measured in any case.
	// It is made by [NewGaps] and belongs to one world.
	Gaps *checkers.CauseGaps
	// Extra are further checkers of the run. They belong to one world.
	Extra []checkers.Checker
}

// Build makes the world of a scenario and a seed. The scenario must be valid; its storm, if it
// still has one, is expanded.
func Build(s scenarios.Scenario, seed uint64, options Options) Run {
	return doorOf(&s).build(s, seed, options)
}

// Verify plays the scenario twice in lockstep, as [world.Verify] does. next gives the options of the
// two worlds, one after the other.
func Verify(
	s scenarios.Scenario, seed uint64, next func() Options,
) (*world.Result, *world.Divergence) {
	return doorOf(&s).verify(s, seed, next)
}

// startSpread is the time over which servers first start.
const startSpread = 2 * time.Second

// Config is what every server of the scenario's cluster is configured with.
func Config(s *scenarios.Scenario) agent.Config {
	config := agent.DefaultConfig()
	config.Placement = placement(s)
	config.Configured = configured(s)
	config.Health.Definitions = definitions(s)
	config.Swim.Seeds = firstFrom(0, s.Servers)
	if s.Merge == scenarios.Literal {
		config.NewStore = func(self crdt.Actor, p *agent.Placement) agent.Store {
			return literal.New(self, agent.MapConfig(p))
		}
	}
	return config
}

// mostLoss is the steady loss up to which the promises are made. Of 480 small runs with 10 % of it none
// broke one, of as many with 20 % two: streams then take longer than the bounds allow for.
const mostLoss = scenarios.BudgetLossPPM

// beyond says why the promises are not made for a network like the scenario's; empty if they are. A pull
// takes a handshake, a request and a reply: four trips.
func (c *cluster) beyond() string {
	return cmp.Or(c.scenario.WorseThan(mostLoss, c.config.Gossip.Timeout/4), c.seedless())
}

// cluster is what the checkers ask.
type cluster struct {
	scenario scenarios.Scenario // expanded
	seed     uint64
	config   agent.Config // ours, whatever the design: the bounds are made of it
	bounds   Bounds
	machine  func(host node.ID) any // of the world, once there is one
}

func plan(s scenarios.Scenario, seed uint64) *cluster {
	s = s.Expand(seed)
	config := Config(&s)
	return &cluster{scenario: s, seed: seed, config: config, bounds: NewBounds(&s, &config)}
}

// specOf is the world of a plan with servers of a design.
func specOf[M any](c *cluster, d design[M], options Options) world.Spec[M] {
	s := &c.scenario
	spec := world.Spec[M]{
		Name: s.Name, Seed: c.seed, Hosts: s.Servers, StartSpread: startSpread,
		Machine: d.machine, Seeds: seedsOf(s), Upgraded: d.upgraded, Dialect: d.dialect,
		Size: d.size,
		Network: netmodel.Config{
			Latency: s.Latency.Latency, Loss: s.LossPPM, MTU: 1400, Bandwidth: 125_000_000,
		},
		Origins: world.Origins{
			Count: s.Origins, Configured: s.Configured(),
			RoundTrip: netmodel.Uniform(2*time.Millisecond, 80*time.Millisecond),
		},
		Faults: s.Faults, Schedule: s.Schedule, Duration: s.Duration.Duration(),
		Checkers:    append(c.checkers(options.Gaps), options.Extra...),
		BareCarrier: s.BareCarrier, Places: s.Where(), Beyond: c.beyond(),
		Catch: true, Off: s.Off,
		PlainHeap: options.PlainHeap, Trace: options.Trace, Coverage: options.Coverage,
	}
	spec.Codec = &world.Codec[M]{
		Append: d.append, Parse: d.parse, DamagedOnly: !options.Codec,
	}
	if t := options.Timeline; t != nil {
		t.Begin(s.Origins, c.believed)
		spec.Checkers = append(spec.Checkers, t)
	}
	return spec
}

// believer is a machine that says what it believes of an origin: an [agent.Agent], whatever it is
// wrapped in, or a rival.
type believer interface {
	Status(origin uint32) health.Status
}

// believed is what a server believes of an origin.
func (c *cluster) believed(host node.ID, origin uint32) (known, up bool) {
	status := c.machine(host).(believer).Status(origin)
	return status == health.Healthy || status == health.Unhealthy, status == health.Healthy
}
