package netmodel_test

import (
	"hash/crc32"
	"math/bits"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/sim/rng"
)

// damages returns how the first datagrams of a link that damages all of them are damaged.
func damages(t *testing.T, n int) (all []netmodel.Damage) {
	net := perfect(2)
	net.Degrade(netmodel.Degradation{Corrupt: rng.Always})
	for _, fate := range fates(net, 0, 1, n) {
		require.Equal(t, netmodel.Corruption, fate.Drop)
		require.Zero(t, fate.Copies)
		all = append(all, fate.Damage)
	}
	return all
}

// "One to three of its bits were turned round, or, in a quarter of the cases, its tail was cut
// off": of 3,000 datagrams. "Such a CRC finds every damage of up to three bits", and UDP's sum does
// not, or nobody would need it.
func TestDamageIsWhatACRCFinds(t *testing.T) {
	const n = 3_000
	original := make([]byte, 300)
	for i := range original {
		original[i] = byte(rng.Mix(uint64(i)))
	}
	flips, cut, missed := [4]int{}, 0, 0
	for _, damage := range damages(t, n) {
		left := damage.Apply(slices.Clone(original))
		require.NotEqual(t, original, left)
		if len(left) < len(original) {
			require.Equal(t, original[:len(left)], left)
			cut++
			continue
		}
		flips[distance(original, left)]++
		require.NotEqual(t, crc32.ChecksumIEEE(original), crc32.ChecksumIEEE(left))
		if sum16(original) == sum16(left) {
			missed++
		}
	}
	requireBinomial(t, 0.25, cut, n)
	for count := 1; count <= 3; count++ {
		requireBinomial(t, 0.25, flips[count], n, "%d bits", count)
	}
	require.NotZero(t, missed, "by the sum of 16 bits")
}

// distance is in how many bits two texts of one length differ.
func distance(a, b []byte) (count int) {
	for i := range a {
		count += bits.OnesCount8(a[i] ^ b[i])
	}
	return count
}

// sum16 is the Internet checksum of an even number of bytes (RFC 1071).
func sum16(b []byte) uint16 {
	sum := uint32(0)
	for i := 0; i < len(b); i += 2 {
		sum += uint32(b[i])<<8 | uint32(b[i+1])
	}
	for sum > 0xffff {
		sum = sum>>16 + sum&0xffff
	}
	return ^uint16(sum)
}

// "What is left of them always differs from what they were", of one byte, too; "of nothing, nothing
// is left".
func TestDamageOfTheShortestDatagrams(t *testing.T) {
	for _, damage := range damages(t, 500) {
		require.Empty(t, damage.Apply(nil))
		require.NotEqual(t, []byte{0x5a}, damage.Apply([]byte{0x5a}))
		require.Equal(t, damage.Apply([]byte{1, 2, 3}), damage.Apply([]byte{1, 2, 3}))
	}
}
