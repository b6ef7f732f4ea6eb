package hunt

import "butterfly/sim/rng"

// Rechecked reports whether a seed is among the share of seeds that are run twice, to see that the run
// depends on nothing but the seed. The seed decides: whoever hunts it, and when, rechecks it or not.
func Rechecked(seed uint64, share rng.PPM) bool {
	luck := rng.Stream(seed, "twice", 0)
	return share.Hit(&luck)
}
