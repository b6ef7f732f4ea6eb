package wire

import "math/bits"

// sizeUvarint returns how many bytes v takes in base 128: a seventh of its bits, rounded up, and
// one for zero. That is floor(9/64 bits + 1) for all numbers of up to 64 bits, and saves a
// division.
func sizeUvarint(v uint64) int { return int(9*uint(bits.Len64(v))+64) >> 6 }
