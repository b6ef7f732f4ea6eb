package group

import (
	"butterfly/node/swim"
	"butterfly/scenarios"
	"butterfly/sim/rng"
)

// mistakes is how likely a probe of a member that is up is to fail: (1-q^2)(1-q^4)^k by SWIM, section
// 3.1, rounded up. 0 if the formula does not say: datagrams have to be all that a probe has, helpers
// enough, no other fault in the plan, and an answer in time but for loss.
func mistakes(s *scenarios.Scenario, c *swim.Config) rng.PPM {
	helpers := c.IndirectProbes
	if s.LossPPM == 0 || !aboutLoss(s) || c.StreamProbe || s.Servers-2 <= helpers ||
		s.WorseThan(mostLoss, min(c.ProbeTimeout/2, (c.ProbeInterval-c.ProbeTimeout)/4)) != "" {
		return 0
	}
	const one = uint64(rng.Always)
	delivered := one - uint64(s.LossPPM)
	direct := delivered * delivered / one
	chance, indirect := one-direct, direct*direct/one
	for range helpers {
		chance = chance*(one-indirect)/one + 1
	}
	return rng.PPM(chance)
}
