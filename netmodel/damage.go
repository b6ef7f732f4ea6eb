package netmodel

import "butterfly/sim/rng"

// maxFlips is how many bits damage changes at most: no more than a CRC-32 is certain to find; see
// [Damage].
const maxFlips = 3

// Damage is what happened to the bytes of a datagram on its way: one to three of its bits were
// turned round, or, in a quarter of the cases, its tail was cut off.
//
// It never makes a good datagram of another one, because whoever carries datagrams is to guard them
// by their length and by a CRC of 32 bits, as memberlist does (net.go, hasCrcMsg). In up to 11,450
// bytes such a CRC finds every damage of up to three bits (IEEE 802.3; Koopman, "32-bit cyclic
// redundancy codes for Internet applications", DSN 2002). The sum of 16 bits that UDP has would not
// do: it finds one bit that was turned round, but not two at the same place of two words when one
// was set and the other was not (RFC 1071). So a datagram that was damaged has the fate of one that
// was lost. What a parser would make of its bytes without that guard, [Damage.Apply] lets it show.
type Damage struct{ luck rng.Rand }

// Apply damages the bytes of a datagram in place, and returns what is left of them, which always
// differs from what they were; of nothing, nothing is left.
func (d Damage) Apply(datagram []byte) []byte {
	if len(datagram) == 0 {
		return datagram
	}
	if d.luck.Below(4) == 0 {
		left := d.luck.Intn(len(datagram))
		return datagram[:left:left] // so that nobody can reach for what is gone
	}
	var bits [maxFlips]int
	flips := bits[:1+d.luck.Intn(maxFlips)]
	flips = flips[:d.luck.Choose(8*len(datagram), flips)]
	for _, bit := range flips {
		datagram[bit/8] ^= 1 << (bit % 8)
	}
	return datagram
}
