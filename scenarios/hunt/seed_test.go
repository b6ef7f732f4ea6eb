package hunt_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/scenarios/hunt"
)

func TestSeedsAreReadInDecimalAndHexadecimal(t *testing.T) {
	for text, want := range map[string]hunt.Seed{
		"0": 0, "7": 7, "010": 10, "0x10": 16, "0XfF": 255,
		"18446744073709551615": math.MaxUint64, "0xffffffffffffffff": math.MaxUint64,
	} {
		seed, err := hunt.ParseSeed(text)
		require.NoError(t, err, text)
		require.Equal(t, want, seed, text)
	}
}

func TestWhatIsNoSeedIsRefusedByName(t *testing.T) {
	for _, text := range []string{"", "x", "-1", "1.5", "0x", "1_000", "0b1", "18446744073709551616"} {
		_, err := hunt.ParseSeed(text)
		require.ErrorContains(t, err, "is no seed", text)
	}
}

func TestASeedSurvivesText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := hunt.Seed(rapid.Uint64().Draw(t, "seed"))
		again, err := hunt.ParseSeed(seed.String())
		require.NoError(t, err)
		require.Equal(t, seed, again)
	})
}

func TestJSONHoldsSeedsAsStringsAndTakesNumbers(t *testing.T) {
	text, err := json.Marshal(hunt.Seed(42))
	require.NoError(t, err)
	require.Equal(t, `"0x000000000000002a"`, string(text))
	for _, text := range []string{`"0x2a"`, `"42"`, `42`} {
		var seed hunt.Seed
		require.NoError(t, json.Unmarshal([]byte(text), &seed))
		require.Equal(t, hunt.Seed(42), seed)
	}
}
