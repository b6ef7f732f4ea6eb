package rumor

import (
	"fmt"
	"math"
	"time"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/world"
	"butterfly/sim/clock"
	"butterfly/sim/rng"
)

// Plan says which rumor goes round among whom.
type Plan struct {
	Variant Variant
	// K is how slowly interest is lost, 1 to [MaxK].
	K int
	// Servers is how many sites there are, 2 to [scenarios.MaxServers].
	Servers int
}

// MaxK is the greatest K. By then every site hears of everything and traffic is all that is left to
// grow.
const MaxK = 1000

// Validate reports the first thing wrong with the plan.
func (p *Plan) Validate() error {
	switch {
	case p.K < 1 || p.K > MaxK:
		return fmt.Errorf("k: %d, expected 1 to %d", p.K, MaxK)
	case p.Servers < 2 || p.Servers > scenarios.MaxServers:
		return fmt.Errorf("servers: %d, expected 2 to %d", p.Servers, scenarios.MaxServers)
	}
	return nil
}

// Run plays one rumor, which begins at one site, until nobody is infective any more. It panics on a
// plan that [Plan.Validate] refuses. Trials of different seeds are independent.
func Run(plan Plan, seed uint64) Trial {
	if err := plan.Validate(); err != nil {
		panic("rumor.Run: " + err.Error())
	}
	sites := make([]*site, plan.Servers)
	w := world.New(world.Spec[Message]{
		Name: "rumor", Seed: seed, Hosts: plan.Servers, Size: Size,
		Machine: func(host node.ID, rand rng.Rand) node.Machine[Message] {
			sites[host] = newSite(plan, host, rand)
			return sites[host]
		},
		Network:  netmodel.Config{Latency: netmodel.Constant(tripTime)},
		Duration: endless,
	})
	w.Advance(0)
	for end := clock.At(cycle * 3 / 4); anyInfective(sites); end = end.Add(cycle) {
		w.Advance(end)
	}
	return newTrial(sites)
}

// endless is longer than any rumor lasts: three centuries of cycles of a second.
const endless time.Duration = math.MaxInt64

func anyInfective(sites []*site) bool {
	for _, s := range sites {
		if s.interest.infective {
			return true
		}
	}
	return false
}
