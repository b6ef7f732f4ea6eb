package swim

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestMilliLog10IsTheFormula(t *testing.T) {
	for n := 1; n <= 1<<20; n++ {
		// The small addend makes up for the rounding of Log10 at powers of ten.
		want := int64(math.Floor(1000*math.Log10(float64(n)) + 1e-9))
		if got := milliLog10(n); got != want {
			t.Fatalf("milliLog10(%d) = %d, want %d", n, got, want)
		}
	}
	require.Zero(t, milliLog10(0))
}

func TestCeilLog10IsTheFormula(t *testing.T) {
	for n := 1; n <= 1<<20; n++ {
		if want := int(math.Ceil(math.Log10(float64(n)) - 1e-12)); ceilLog10(n) != want {
			t.Fatalf("ceilLog10(%d) = %d, want %d", n, ceilLog10(n), want)
		}
	}
}

// The figures are those of memberlist v0.7.0 with its LAN preset (config.go, util.go), which uses
// the same multipliers: suspicionTimeout in seconds and retransmitLimit.
func TestTimeoutsAreMemberlists(t *testing.T) {
	config := DefaultConfig()
	for _, row := range []struct {
		n           int
		timeout     time.Duration
		retransmits int
	}{
		{1, 4000 * time.Millisecond, 4}, {8, 4000 * time.Millisecond, 4},
		{10, 4000 * time.Millisecond, 8},
		{16, 4816 * time.Millisecond, 8}, {32, 6020 * time.Millisecond, 8},
		{64, 7224 * time.Millisecond, 8}, {100, 8000 * time.Millisecond, 12},
		{128, 8428 * time.Millisecond, 12}, {512, 10836 * time.Millisecond, 12},
		{1000, 12000 * time.Millisecond, 16}, {1024, 12040 * time.Millisecond, 16},
		{4096, 14448 * time.Millisecond, 16}, {10000, 16000 * time.Millisecond, 20},
	} {
		require.Equal(t, row.timeout, config.SuspicionTimeout(row.n), "n=%d", row.n)
		require.Equal(t, row.retransmits, config.RetransmitLimit(row.n), "n=%d", row.n)
	}
}
