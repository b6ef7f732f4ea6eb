package swim

import (
	"encoding/binary"
	"strconv"
	"time"

	"butterfly/sim/clock"
)

// Incarnation orders what is said about one member: of two claims the higher incarnation is the
// newer one. Only the member itself makes new ones (SWIM, section 4.2).
//
// The upper 44 bits are the generation: which life of the node this is, in milliseconds, so that a
// restarted node beats every rumour about its earlier life, with or without a disk. The lower 20
// bits count the refutations of this life. Incarnations compare as plain integers, and refutations
// that overflow their bits carry into the generation, which costs the life one millisecond of
// seniority and nothing else. Zero is older than every life.
type Incarnation uint64

const (
	refutationBits = 20
	// generations is how many there are: 2^44 ms, about 557 years.
	generations = 1 << (64 - refutationBits)
	// firstGeneration is that of a life which begins when the clock does.
	firstGeneration = 1
	// maxJump is how far a claim may run ahead of what is known about its member on the strength of
	// its refutations alone. Honest members refute once per accusation, so one missed everything
	// else said a thousand times over before this matters.
	maxJump = 1 << 10
)

// incarnationOf returns the first incarnation of a life.
func incarnationOf(generation uint64) Incarnation {
	return Incarnation(generation << refutationBits)
}

// Generation returns which life of the node this is: milliseconds on the driver's clock.
func (i Incarnation) Generation() uint64 { return uint64(i) >> refutationBits }

// Refutations returns how often this life has answered an accusation.
func (i Incarnation) Refutations() uint64 { return uint64(i) & (1<<refutationBits - 1) }

// String prints generation and refutations: "1700.2".
func (i Incarnation) String() string {
	return strconv.FormatUint(i.Generation(), 10) + "." + strconv.FormatUint(i.Refutations(), 10)
}

// plausible reports whether a member known at incarnation held can have announced claimed by now: a
// few refutations more, or a life begun no later than now by a clock at most skew ahead of ours.
// Anything else is corrupt or hostile, and believing it would shut the member out for good, because
// the member could never beat it.
func plausible(now clock.Time, skew time.Duration, held, claimed Incarnation) bool {
	return claimed <= held || claimed-held <= maxJump ||
		claimed.Generation() <= milliseconds(now.Add(skew))+1
}

// newGeneration returns the generation of a life that begins now, after one that saved its own.
func newGeneration(now clock.Time, saved []byte) uint64 {
	generation := milliseconds(now) + firstGeneration
	if len(saved) != 8 {
		return generation
	}
	last := binary.LittleEndian.Uint64(saved)
	if last >= generations-1 {
		return generation // no node saves this: the disk is corrupt
	}
	return max(generation, last+1)
}

func milliseconds(now clock.Time) uint64 { return uint64(now.Since().Milliseconds()) }
