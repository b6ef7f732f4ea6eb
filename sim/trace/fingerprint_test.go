package trace_test

import (
	"math/bits"
	"reflect"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/sim/rng"
	"butterfly/sim/trace"
)

func folded(words ...[4]uint64) (f trace.Fingerprint) {
	for _, w := range words {
		f.FoldWords(w[0], w[1], w[2], w[3])
	}
	return f
}

// Pinned, so that fingerprints in failure bundles outlive the release that made them.
func TestFingerprintIsPinned(t *testing.T) {
	var f trace.Fingerprint
	require.Equal(t, "00000000000000000000000000000000", f.String())
	f.FoldWords(1, 2, 3, 4)
	require.Equal(t, "bf40eac769933ff28d5800a220632804", f.String())
	r := delivery()
	f.Fold(&r)
	require.Equal(t, "7fa2c5781f844e5092999e769133ea02", f.String())
}

func TestFingerprintPrintsItsSum(t *testing.T) {
	f := folded([4]uint64{1, 2, 3, 4})
	high, low := f.Sum()
	require.Regexp(t, "^[0-9a-f]{32}$", f.String())
	require.NotEqual(t, high, low)
}

func TestFingerprintDependsOnOrder(t *testing.T) {
	a, b := [4]uint64{1, 2, 3, 4}, [4]uint64{5, 6, 7, 8}
	require.NotEqual(t, folded(a, b), folded(b, a))
	require.NotEqual(t, folded(a), folded([4]uint64{2, 1, 3, 4}))
	require.NotEqual(t, folded(a), folded([4]uint64{3, 4, 1, 2}))
	require.NotEqual(t, folded(a), folded(a, [4]uint64{}))
}

// A difference of one word stays one, however much that is equal is folded afterwards.
func TestFingerprintNeverForgetsADifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rng.New(rapid.Uint64().Draw(t, "seed"))
		words := [4]uint64{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()}
		other := words
		other[r.Intn(4)] ^= 1 << r.Intn(64)
		f, g := folded(words), folded(other)
		for range 100 {
			require.NotEqual(t, f, g)
			next := r.Uint64()
			f.FoldWords(next, 0, 0, 0)
			g.FoldWords(next, 0, 0, 0)
		}
	})
}

// "Two records that differ there differ in whether, or in what, the second half is folded": of an
// alarm it says nothing.
func TestFingerprintCoversEveryField(t *testing.T) {
	coversEveryField(t, delivery())
	coversEveryField(t, trace.Record{At: 1, Seq: 2, Cause: 1, Kind: trace.Wake, Host: 3})
}

func coversEveryField(t *testing.T, plain trace.Record) {
	var f trace.Fingerprint
	f.Fold(&plain)
	for i := range reflect.TypeFor[trace.Record]().NumField() {
		changed := plain
		field := reflect.ValueOf(&changed).Elem().Field(i)
		if field.CanInt() {
			field.SetInt(field.Int() + 1)
		} else {
			field.SetUint(field.Uint() + 1)
		}
		var g trace.Fingerprint
		g.Fold(&changed)
		require.NotEqual(t, f, g, reflect.TypeFor[trace.Record]().Field(i).Name)
	}
}

// Flipping any one of 256 input bits flips half of the 128 output bits: over 100 bases the mean is
// within 5 standard errors of 64 (99.99 % confidence for all 256 together). Bases are small, as
// real words are.
func TestFingerprintAvalanche(t *testing.T) {
	const bases = 100
	for bit := range 256 {
		r, flipped := rng.Stream(1, "avalanche", uint64(bit)), 0
		for range bases {
			base := [4]uint64{r.Below(1e10), r.Below(1e6), r.Below(1e6), r.Below(1e3)}
			other := base
			other[bit/64] ^= 1 << (bit % 64)
			flipped += distance(folded(base), folded(other))
		}
		require.InDelta(t, 64, float64(flipped)/bases, 5*5.657/10, "bit %d", bit)
	}
}

// distance counts the output bits that differ.
func distance(f, g trace.Fingerprint) int {
	fHigh, fLow := f.Sum()
	gHigh, gLow := g.Sum()
	return bits.OnesCount64(fHigh^gHigh) + bits.OnesCount64(fLow^gLow)
}

// 2 x 160,000 records that differ only in small numbers: by chance two of these 64-bit halves would
// agree once in 10^8 such tests.
func TestHalvesOfTheFingerprintDoNotCollide(t *testing.T) {
	const side = 20
	var halves []uint64
	for i := range uint64(side * side * side * side) {
		a, b, c, d := i%side, i/side%side, i/side/side%side, i/side/side/side
		for _, f := range []trace.Fingerprint{
			folded([4]uint64{a, b, c, d}),
			folded([4]uint64{100, 0, a, b}, [4]uint64{c, d, 0, 0}),
		} {
			high, low := f.Sum()
			halves = append(halves, high, low)
		}
	}
	count := len(halves)
	slices.Sort(halves)
	require.Equal(t, count, len(slices.Compact(halves)))
}

func TestFoldAllocatesNothing(t *testing.T) {
	var f trace.Fingerprint
	r := delivery()
	require.Zero(t, testing.AllocsPerRun(100, func() { f.Fold(&r) }))
}

func BenchmarkFoldWords(b *testing.B) {
	b.ReportAllocs()
	var f trace.Fingerprint
	for n := uint64(0); b.Loop(); n++ {
		f.FoldWords(n, 1, 2, 3)
	}
}

func BenchmarkFold(b *testing.B) {
	b.ReportAllocs()
	var f trace.Fingerprint
	r := delivery()
	for b.Loop() {
		r.Seq++
		f.Fold(&r)
	}
}
