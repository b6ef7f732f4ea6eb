package trace

import (
	"fmt"
	"math/bits"

	"butterfly/sim/rng"
)

// Fingerprint is a 128-bit hash of everything folded into it so far, in order. The zero value is
// the fingerprint of nothing. Two runs that did the same have equal fingerprints, compared with ==;
// two that differ anywhere have different ones, but for accidents far rarer than a hardware fault.
// It is no defence against an adversary.
type Fingerprint struct {
	x, y uint64
}

// Odd constants with random-looking bits: the fractional parts of the square roots of 2, 3, 5 and
// 7.
const (
	root2 = 0x6a09e667f3bcc909
	root3 = 0xbb67ae8584caa73b
	root5 = 0x3c6ef372fe94f82b
	root7 = 0xa54ff53a5f1d36f1
)

// FoldWords adds four words.
func (f *Fingerprint) FoldWords(a, b, c, d uint64) {
	f.x, f.y = mix(f.x, f.y, a, b, c, d)
}

// Fold adds all fields of a record. Most say nothing in the second half of them: an alarm goes off,
// a probe is over. Two records that differ there differ in whether, or in what, the second half is
// folded.
func (f *Fingerprint) Fold(r *Record) {
	what := uint64(r.Kind) | uint64(r.Code)<<8 | uint64(r.Host)<<32
	f.x, f.y = mix(f.x, f.y, uint64(r.At), r.Seq, r.Cause, what)
	about, between := uint64(r.Subject)|uint64(r.Size)<<32, uint64(r.Peer)
	if r.A|r.B|about|between != 0 {
		f.x, f.y = mix(f.x, f.y, r.A, between, r.B, about)
	}
}

// mix multiplies each lane, through one pair of words, into a full 128-bit product, and swaps the
// low halves of the products. While one factor is not zero the product determines the other, so a
// change of one word, or of one lane, is never lost; every weak low half ends up under a strong
// high half; and both lanes depend on all four words.
func mix(x, y, a, b, c, d uint64) (uint64, uint64) {
	highX, lowX := bits.Mul64(x^a^root2, b^root3)
	highY, lowY := bits.Mul64(y^c^root5, d^root7)
	return highX ^ lowY, highY ^ lowX
}

// Sum returns the fingerprint as two well-mixed words, high word first: three rounds of a Feistel
// network, so that different fingerprints have different sums.
func (f Fingerprint) Sum() (high, low uint64) {
	high = f.x + rng.Mix(f.y)
	low = f.y + rng.Mix(high)
	return high + rng.Mix(low), low
}

// String returns the fingerprint as 32 lower-case hexadecimal digits.
func (f Fingerprint) String() string {
	high, low := f.Sum()
	return fmt.Sprintf("%016x%016x", high, low)
}
