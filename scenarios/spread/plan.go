package spread

import (
	"fmt"
	"time"

	"butterfly/node"
	"butterfly/node/gossip"
	"butterfly/sim/rng"
)

// Period is the time between the beginnings of two rounds of a server, on average.
const Period = time.Second

// Plan is what is measured: how servers gossip, and over what network.
type Plan struct {
	Mode gossip.Mode
	// Servers is how many there are, from 2.
	Servers int
	// Loss is the chance that a contact fails, all of it.
	Loss rng.PPM
	// FanOut is how many contacts a server begins in one round, each with a peer chosen
	// independently of the others: from 1 to 255.
	FanOut int
	// Timer is when rounds begin. Aligned rounds are synchronous: all read the state at their
	// start.
	Timer gossip.Timer
	// Latency is how long a message travels one way, as a share of [Period]. 0 is no time. A
	// contact has to be over within the period, and of aligned rounds the latency is given: 0.
	Latency rng.PPM
}

const (
	// mostLoss leaves a spread an end that can be waited for.
	mostLoss = rng.PPM(990_000)
	// mostFanOut is the same as that of a scenario.
	mostFanOut = 255
)

// Validate reports the first thing wrong with the plan. It names fields as the flags of the command
// do.
func (p *Plan) Validate() error {
	switch {
	case p.Mode > gossip.PushPullMode:
		return fmt.Errorf("mode: %d, expected pull, push or push-pull", p.Mode)
	case p.Servers < 2 || p.Servers > node.MaxIDs:
		return fmt.Errorf("n: %d, expected 2 to %d servers", p.Servers, node.MaxIDs)
	case p.Loss > mostLoss:
		return fmt.Errorf("loss: %v, expected at most %v", p.Loss, mostLoss)
	case p.FanOut < 1 || p.FanOut > mostFanOut:
		return fmt.Errorf("fanout: %d, expected 1 to %d", p.FanOut, mostFanOut)
	case p.Timer > gossip.Poisson:
		return fmt.Errorf("timer: %d, expected sync, periodic or poisson", p.Timer)
	case p.Timer == gossip.Aligned && p.Latency != 0:
		return fmt.Errorf("latency: %v, expected 0 with synchronous rounds", p.Latency)
	case p.Latency > p.longestLatency():
		return fmt.Errorf("latency: %v, expected at most %v of a period: a contact takes %d trips",
			p.Latency, p.longestLatency(), p.trips())
	}
	return nil
}

// trips is how many one-way trips the longest contact takes: a request and its reply, and as many
// again if it is found out only then that something is to be pushed.
func (p *Plan) trips() int {
	if p.Mode == gossip.PullMode {
		return 2
	}
	return 4
}

func (p *Plan) longestLatency() rng.PPM { return rng.Always / rng.PPM(p.trips()) }

// success is the chance that a contact does not fail.
func (p *Plan) success() float64 { return 1 - float64(p.Loss)/float64(rng.Always) }

// latencyPeriods is the one-way latency in periods.
func (p *Plan) latencyPeriods() float64 { return float64(p.Latency) / float64(rng.Always) }
func (p *Plan) pulls() bool             { return p.Mode != gossip.PushMode }
func (p *Plan) pushes() bool            { return p.Mode != gossip.PullMode }
