package cluster

import (
	"slices"
	"time"

	"butterfly/checkers"
	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/node/agent"
	"butterfly/node/crdt"
	"butterfly/node/health"
	"butterfly/node/wire"
	"butterfly/scenarios"
	"butterfly/scenarios/rivals/literal"
	"butterfly/scenarios/world"
	"butterfly/sim/rng"
	"butterfly/sim/trace"
)

// World is a world of our servers.
type World = world.World[wire.Message]

// Options change how a run is carried out and nothing about what happens in it: the fingerprint is
// the same with any of them.
type Options struct {
	// Codec makes every message travel as bytes.
	Codec bool
	// PlainHeap swaps the event queue for its oracle.
	PlainHeap bool
	// Trace, when set, receives the history of the run.
	Trace *trace.Writer
	// Timeline, when set, records the run. It belongs to one world.
	Timeline *checkers.Timeline
}

// startSpread is the time over which servers first start.
const startSpread = 2 * time.Second

// Config is what every server of the scenario's cluster is configured with.
func Config(s *scenarios.Scenario) agent.Config {
	config := agent.DefaultConfig()
	config.Placement = agent.NewPlacement(s.Servers, s.Origins)
	for id := range min(3, s.Servers) {
		config.Swim.Seeds = append(config.Swim.Seeds, node.ID(id))
	}
	if s.Merge == scenarios.Literal {
		config.NewStore = func(self crdt.Actor, p *agent.Placement) agent.Store {
			return literal.New(self, agent.MapConfig(p))
		}
	}
	return config
}

// Build makes the world of a scenario and a seed. The scenario must be valid; its storm, if it
// still has one, is expanded.
func Build(s scenarios.Scenario, seed uint64, options Options) *World {
	c := plan(s, seed)
	c.world = world.New(c.spec(options))
	return c.world
}

// mostLoss is the steady loss up to which the promises are made. Of 480 small runs with 10 % of it none
// broke one, of as many with 20 % two: streams then take longer than the bounds allow for.
const mostLoss = rng.PPM(100_000)

// beyond says why the promises are not made for a network like the scenario's; empty if they are. A pull
// takes a handshake, a request and a reply: four trips.
func (c *cluster) beyond() string {
	return c.scenario.WorseThan(mostLoss, c.config.Gossip.Timeout/4)
}

// cluster is what the checkers ask.
type cluster struct {
	scenario scenarios.Scenario // expanded
	seed     uint64
	config   agent.Config
	bounds   Bounds
	world    *World
}

func plan(s scenarios.Scenario, seed uint64) *cluster {
	s = s.Expand(seed)
	config := Config(&s)
	return &cluster{scenario: s, seed: seed, config: config, bounds: NewBounds(&s, &config)}
}

func (c *cluster) spec(options Options) world.Spec[wire.Message] {
	s := &c.scenario
	spec := world.Spec[wire.Message]{
		Name: s.Name, Seed: c.seed, Hosts: s.Servers, StartSpread: startSpread,
		Machine: func(id node.ID, rand rng.Rand) node.Machine[wire.Message] {
			return agent.New(c.config, id, rand)
		},
		Size: wire.Size,
		Network: netmodel.Config{
			Latency: s.Latency.Latency, Loss: s.LossPPM, MTU: 1400, Bandwidth: 125_000_000,
		},
		Origins: world.Origins{
			Count:     s.Origins,
			RoundTrip: netmodel.Uniform(2*time.Millisecond, 80*time.Millisecond),
		},
		Faults: s.Faults, Duration: s.Duration.Duration(),
		Checkers: c.checkers(), Beyond: c.beyond(),
		PlainHeap: options.PlainHeap, Trace: options.Trace,
	}
	if options.Codec {
		spec.Codec = &world.Codec[wire.Message]{Append: wire.Append, Parse: wire.Parse}
	}
	if t := options.Timeline; t != nil {
		t.Begin(s.Origins, c.believed)
		spec.Checkers = append(spec.Checkers, t)
	}
	return spec
}

// checkers returns the promises of the health-check cluster, each with its bound.
func (c *cluster) checkers() []checkers.Checker {
	b, origins := &c.bounds, c.scenario.Origins
	all := []checkers.Checker{
		checkers.NewStrongEventual(),
		checkers.NewMembership(b.Completeness()),
		checkers.NewAtLeastOne(checkers.Coverage{
			Origins: origins, Bound: b.Gap.Total(), Terms: b.Gap.String(), Grace: b.Join,
			Extra: b.Extra, Owner: c.owner,
		}),
		checkers.NewOwnership(b.Ownership(), origins, c.owner),
		checkers.NewDuplicates(b.Ownership(), origins),
		checkers.NewConvergence(b.Convergence()),
		checkers.NewHealthTruth(b.Truth(), origins, c.believed),
		c.settled(),
		c.expected(),
	}
	return append(all, c.history()...)
}

// owner is the placement: the live server with the highest score.
func (c *cluster) owner(origin uint32, live []node.ID) node.ID {
	owner, best := node.Nobody, uint64(0)
	for _, id := range live {
		if score := c.config.Placement.Score(origin, id); owner == node.Nobody || score > best {
			owner, best = id, score
		}
	}
	return owner
}

// believer is a machine that says what it believes of an origin: an [agent.Agent], whatever it is
// wrapped in.
type believer interface {
	Status(origin uint32) health.Status
}

// believed is what a server believes of an origin.
func (c *cluster) believed(host node.ID, origin uint32) (known, up bool) {
	status := c.world.Machine(host).(believer).Status(origin)
	return status != health.Unknown, status == health.Healthy
}

// situationSettled has one name in all runs, though how long is long enough depends on the plan: a
// hunt counts situations by name over many seeds.
const situationSettled = "the run goes on for long enough after the last fault"

// settled declares that the run must go on long enough after its last fault to be judged. Without that
// situation a run that ends too early would pass for want of time.
func (c *cluster) settled() checkers.Checker {
	need := c.scenario.Healed() + scenarios.Span(c.bounds.Settle())
	return checkers.Sometimes(situationSettled, checkers.Ended,
		func(o *checkers.Observation, _ checkers.View) bool {
			return o.At.Since() >= need.Duration()
		})
}

// expectations declares what a run of this plan has to show to be worth anything.
type expectations struct {
	situations []string
}

// expected returns what the plan cannot fail to bring about: rest at the end, and crashes that somebody
// is there to notice.
func (c *cluster) expected() *expectations {
	e := &expectations{situations: []string{checkers.SituationAgreed}}
	noticed := func(f scenarios.Fault) bool { return c.noticed(&f) }
	if slices.ContainsFunc(c.scenario.Faults, noticed) {
		e.situations = append(e.situations, checkers.SituationDetected)
		// By chance a server may own nothing; with ten origins a server, once in 20,000 times.
		if c.scenario.Origins >= 10*c.scenario.Servers {
			e.situations = append(e.situations, checkers.SituationTakeover)
		}
	}
	return e
}

// noticed reports whether f is a crash that lasts long enough to be noticed and that nothing hides: the
// group has formed, no partition is on, nothing else has struck the server shortly before or since, and
// somebody is there to notice.
func (c *cluster) noticed(f *scenarios.Fault) bool {
	formed := scenarios.Span(startSpread + c.bounds.Join)
	if f.Kind != scenarios.Crash || f.At < formed || !c.witnessed(f) {
		return false
	}
	end := c.end(f)
	settled := scenarios.Span(c.bounds.Detection.Total() + c.bounds.Join + c.bounds.Spread)
	hides := func(g scenarios.Fault) bool {
		overlaps := g.At <= end && f.At-settled <= g.End()
		strikes := g.At != f.At && slices.Contains(g.Hosts, f.Hosts[0])
		return overlaps && (g.Kind == scenarios.Partition || strikes)
	}
	lasts := (end - f.At).Duration() > c.bounds.Detection.Total()+c.bounds.Pause
	return lasts && !slices.ContainsFunc(c.scenario.Faults, hides)
}

// witnessed reports whether some server is struck by no fault while f lasts.
func (c *cluster) witnessed(f *scenarios.Fault) bool {
	struck := make(map[node.ID]bool)
	for i := range c.scenario.Faults {
		if g := &c.scenario.Faults[i]; g.At <= c.end(f) && f.At <= c.end(g) {
			for _, id := range g.Hosts {
				struck[id] = true
			}
		}
	}
	return len(struck) < c.scenario.Servers
}

// end is when f is over; without For it lasts until the run ends.
func (c *cluster) end(f *scenarios.Fault) scenarios.Span {
	if f.For == 0 {
		return c.scenario.Duration
	}
	return f.End()
}

// Watches implements [checkers.Checker].
func (e *expectations) Watches() checkers.Kind { return checkers.Healed }

// Observe implements [checkers.Checker].
func (e *expectations) Observe(_ *checkers.Observation, _ checkers.View, r *checkers.Report) {
	for _, situation := range e.situations {
		r.Declare(situation)
	}
}
