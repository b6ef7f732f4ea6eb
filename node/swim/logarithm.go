package swim

import "math/bits"

// log10Of2 is log10(2) in units of 2^-64.
const log10Of2 = 0x4d104d427de7fbcc

// milliLog10 returns log10(n) in thousandths, rounded down, for 1 <= n <= 2^20, and 0 for smaller
// n. It is exact there: the tests compare every value with the floating-point formula.
func milliLog10(n int) int64 {
	if n <= 1 {
		return 0
	}
	// log2 is rounded down, so the powers of ten come out just below their thousandth. Nothing else
	// up to 2^20 is so close to one from below.
	const rounding = 2
	milli, _ := bits.Mul64((log2(uint64(n))+rounding)*1000, log10Of2)
	return int64(milli >> 32)
}

// log2 returns log2(n) in units of 2^-32 by repeated squaring: with n scaled to x in [1, 2),
// squaring x doubles its logarithm, and each carry past 2 is the next binary digit.
func log2(n uint64) uint64 {
	whole := bits.Len64(n) - 1
	x := n << (63 - whole) // 1.63 fixed point
	result := uint64(whole)
	for range 32 {
		result <<= 1
		high, _ := bits.Mul64(x, x) // 2.62 fixed point
		if high>>63 == 1 {
			result |= 1
			x = high
		} else {
			x = high << 1
		}
	}
	return result
}

// ceilLog10 returns log10(n) rounded up, for n >= 1: the least d with 10^d >= n.
func ceilLog10(n int) int {
	d := 0
	for power := 1; power < n; power *= 10 {
		d++
	}
	return d
}
