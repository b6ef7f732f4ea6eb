package shrink_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/checkers"
	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/node/agent"
	"butterfly/node/wire"
	"butterfly/scenarios"
	"butterfly/scenarios/cluster"
	"butterfly/scenarios/shrink"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

type effects = node.Out[wire.Message]

// weary is a server with a bug that takes two faults: restarted with what it had saved, and made to
// stand still later, it probes no more.
type weary struct {
	*agent.Agent
	restarted, tired bool
	last             clock.Time // when it had its last input
}

func (w *weary) Start(now clock.Time, saved []byte, out *effects) {
	w.restarted, w.last = len(saved) > 0, now
	w.Agent.Start(now, saved, out)
}

func (w *weary) Receive(now clock.Time, from node.ID, m *wire.Message, out *effects) {
	w.Agent.Receive(now, from, m, out)
	w.tire(now, out)
}

func (w *weary) Wake(now clock.Time, t node.TimerID, out *effects) {
	w.Agent.Wake(now, t, out)
	w.tire(now, out)
}

// tire: an agent has something to do several times a second.
func (w *weary) tire(now clock.Time, out *effects) {
	w.tired = w.tired || w.restarted && now.Sub(w.last) > 1500*time.Millisecond
	w.last = now
	if w.tired {
		out.Probes = out.Probes[:0]
	}
}

// wearily plays a plan with such servers, and with the headline promise for a checker.
func wearily(plan scenarios.Scenario, seed uint64) *world.Result {
	config := cluster.Config(&plan)
	b := cluster.NewBounds(&plan, &config)
	return world.New(world.Spec[wire.Message]{
		Name: plan.Name, Seed: seed, Hosts: plan.Servers, StartSpread: 2 * time.Second,
		Machine: func(id node.ID, rand rng.Rand) node.Machine[wire.Message] {
			return &weary{Agent: agent.New(config, id, rand)}
		},
		Size: wire.Size,
		Network: netmodel.Config{
			Latency: plan.Latency.Latency, Loss: plan.LossPPM, MTU: 1400, Bandwidth: 125_000_000,
		},
		Origins: world.Origins{
			Count: plan.Origins, RoundTrip: netmodel.Uniform(2*time.Millisecond, 80*time.Millisecond),
		},
		Faults: plan.Faults, Duration: plan.Duration.Duration(),
		Checkers: []checkers.Checker{checkers.NewAtLeastOne(checkers.Coverage{
			Origins: plan.Origins, Bound: b.Gap.Total(), Grace: b.Join, Extra: b.Extra,
			Owner: func(origin uint32, live []node.ID) node.ID { return owner(&config, origin, live) },
		})},
	}).Run()
}

// owner is the live server with the highest score.
func owner(config *agent.Config, origin uint32, live []node.ID) node.ID {
	best, score := node.Nobody, uint64(0)
	for _, id := range live {
		if s := config.Placement.Score(origin, id); best == node.Nobody || s > score {
			best, score = id, s
		}
	}
	return best
}

// stormy is a storm of 40 faults in which servers crash and stand still.
func stormy(t *testing.T) scenarios.Scenario {
	s := find(t, "crash", "servers=8", "origins=20", "crashes=12", "pauses=12", "partitions=2",
		"outages=19", "losses=1")
	s.Faults = nil
	return s
}

// "Shrinking a 40-fault plan takes under 60 runs on average", and whatever else goes wrong, what is left
// is the crash and the pause after it, of one server; now and then another fault makes it the owner of
// something.
func TestFortyFaultsTakeUnderSixtyRuns(t *testing.T) {
	runs := player(wearily).average(t, stormy(t), func(r *shrink.Result) {
		require.LessOrEqual(t, len(r.Plan.Faults), 4)
		require.GreaterOrEqual(t, r.Decisive, 0)
		pause := r.Plan.Faults[len(r.Plan.Faults)-1]
		require.Equal(t, scenarios.Pause, pause.Kind)
		require.True(t, slices.ContainsFunc(r.Plan.Faults, func(f scenarios.Fault) bool {
			return f.Kind == scenarios.Crash && f.Keep && slices.Equal(f.Hosts, pause.Hosts)
		}))
	})
	require.Less(t, runs, 60)
}
