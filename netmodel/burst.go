package netmodel

import (
	"errors"
	"fmt"
	"math"

	"butterfly/sim/rng"
)

// Limits of the mean lengths of a [Burst]: what happened on a link is looked up from the last time
// its state was decided, about as many steps ago as the shorter of the two lengths.
const (
	MinBurstLength = 2
	MaxGoodLength  = 1_000_000
	MaxBadLength   = 1_000
)

// Burst is loss that comes in bursts, by the model of Gilbert (1960) with the loss in the bad state
// of Elliott (1963): a link is good or bad, and each packet finds it in the state it was in for the
// one before, but for a chance of 1 in Good that a good link has turned bad and of 1 in Bad that a
// bad one has turned good. A good link loses nothing by it. The zero value is no bursts.
//
// In the long run the share of packets that find a link bad, and of those that are lost, is
//
//	bad  = Bad / (Good + Bad)
//	lost = bad * Loss
//
// Each directed link has states of its own, and datagrams and streams meet different ones. Lengths
// count packets and not time, so that a link with little traffic stays bad for long: its datagrams,
// or the tries of its segments; a segment takes [MaxTries] of them, whether or not it needs them.
type Burst struct {
	// Loss is the chance that a packet is lost that finds the link bad.
	Loss rng.PPM
	// Good and Bad are the mean lengths of both states, in packets.
	Good, Bad int
}

// Validate says what is wrong with b, all of it, or returns nil.
func (b *Burst) Validate() error {
	if *b == (Burst{}) {
		return nil
	}
	return errors.Join(
		validShare("burst loss", b.Loss),
		validLength("good", b.Good, MaxGoodLength),
		validLength("bad", b.Bad, MaxBadLength),
	)
}

func validLength(name string, packets, most int) error {
	if packets < MinBurstLength || packets > most {
		return fmt.Errorf("burst: %s: %d packets, expected %d to %d",
			name, packets, MinBurstLength, most)
	}
	return nil
}

// burstKeys are the luck of the links' states.
type burstKeys struct{ datagrams, segments rng.Key }

// lossAt is the chance that the packet of a step is lost.
func (b *Burst) lossAt(key rng.Key, link, step uint64) rng.PPM {
	if b.Loss == 0 || !b.badAt(key, link, step) {
		return 0
	}
	return b.Loss
}

// badAt reports whether a step finds a link bad. Every step draws a number of its own; a low one
// makes the link bad and a high one makes it good, whatever it was before, and all others leave it
// as it is. So the last number that was low or high decides, and nothing need be remembered: the
// state depends on nothing but the link and the step, not on when bursts began nor on the faults
// that were in force before (coupling from the past; Propp and Wilson, 1996). Before a link's first
// step it looks at numbers that nothing else uses, as if the link had always been there.
func (b *Burst) badAt(key rng.Key, link, step uint64) bool {
	low, high := math.MaxUint64/uint64(b.Good), math.MaxUint64-math.MaxUint64/uint64(b.Bad)
	for ; ; step-- {
		luck := key.At2(link, step)
		number := luck.Uint64()
		if number < low {
			return true
		}
		if number >= high {
			return false
		}
	}
}
