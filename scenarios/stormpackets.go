package scenarios

import (
	"time"

	"butterfly/sim/rng"
)

// How bad storms make a network at most. Each fault costs up to a tenth of the packets, which is
// what one of loss costs, too: bursts lose up to 1 packet in 10 in the long run, and what is held
// back for long comes too late.
const (
	mostDuplicatedPercent = 30
	mostReorderedPercent  = 10
	mostCorruptedPercent  = 10
	mostReplay            = 10 * time.Second
	mostHold              = 2 * time.Second
	longestBurst          = 10 // packets, on average
	leastPause            = 9  // between bursts, in their lengths
	mostPause             = 50
)

// spoil draws how bad a fault makes the links.
func (f *Fault) spoil(r *rng.Rand) {
	switch f.Kind {
	case BurstLoss:
		f.LossPPM = rng.Percent(50 + r.Intn(51))
		f.BadPackets = 2 + r.Intn(longestBurst-1)
		f.GoodPackets = f.BadPackets * (leastPause + r.Intn(mostPause-leastPause+1))
	case Duplicate:
		f.SharePPM = drawShare(r, rng.Percent(mostDuplicatedPercent))
		f.By = drawSpan(r, 0, mostReplay)
	case Reorder:
		f.SharePPM = drawShare(r, rng.Percent(mostReorderedPercent))
		f.By = drawSpan(r, time.Millisecond, mostHold)
	case Corrupt:
		f.SharePPM = drawShare(r, rng.Percent(mostCorruptedPercent))
	}
}

// drawShare draws a share up to the most, and never none.
func drawShare(r *rng.Rand, most rng.PPM) rng.PPM { return 1 + rng.PPM(r.Below(uint64(most))) }
