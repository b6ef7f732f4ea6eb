package rng_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/sim/rng"
)

func TestParsePPM(t *testing.T) {
	for text, want := range map[string]rng.PPM{
		"0": 0, "1": 1_000_000, "0.05": 50_000, "0.000001": 1, "1.000000": 1_000_000,
		"0%": 0, "5%": 50_000, "100%": 1_000_000, "0.0001%": 1, "12.5%": 125_000, "007%": 70_000,
		"0ppm": 0, "50000ppm": 50_000, "1000000ppm": 1_000_000,
	} {
		got, err := rng.ParsePPM(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
}

func TestParsePPMRefuses(t *testing.T) {
	for _, text := range []string{
		"", ".", "%", "ppm", ".5", "5.", "5.%", "1.1", "101%", "1000001ppm", "-0.1", "+0.1", "1e-3",
		"0.0000001", "0.00001%", "0.5ppm", "1 %", " 1", "1ppm%", "0,5", "0.5.5", "٣", "00000001",
		"99999999999999999999",
	} {
		_, err := rng.ParsePPM(text)
		require.ErrorContains(t, err, fmt.Sprintf("%q is not a share", text))
	}
}

func TestPPMString(t *testing.T) {
	for want, p := range map[string]rng.PPM{
		"0%": 0, "0.0001%": 1, "5%": 50_000, "12.5%": 125_000, "10%": 100_000, "100%": rng.Always,
	} {
		require.Equal(t, want, p.String())
	}
	require.Equal(t, rng.PPM(50_000), rng.Percent(5))
}

func TestPPMReadsBackWhatItPrints(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rng.PPM(rapid.Uint32Max(uint32(rng.Always)).Draw(t, "ppm"))
		for _, text := range []string{
			p.String(), fmt.Sprintf("%dppm", p), fmt.Sprintf("%d.%06d", p/rng.Always, p%rng.Always),
		} {
			got, err := rng.ParsePPM(text)
			require.NoError(t, err)
			require.Equal(t, p, got, text)
		}
	})
}

func FuzzParsePPM(f *testing.F) {
	for _, text := range []string{"0.05", "5%", "50000ppm", "1.", "1e9", "99999999%", "1e-7"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := rng.ParsePPM(text)
		if err != nil {
			require.Zero(t, p)
			return
		}
		require.LessOrEqual(t, p, rng.Always)
		again, err := rng.ParsePPM(p.String())
		require.NoError(t, err)
		require.Equal(t, p, again)
	})
}

// 100,000 draws; the share of hits is within 4 standard errors (99.994 % confidence).
func TestHitHappensAsOftenAsItSays(t *testing.T) {
	for _, p := range []rng.PPM{100, 50_000, 500_000, 990_000} {
		r, hits := rng.Stream(1, "hit", uint64(p)), 0
		for range uniformSamples {
			if p.Hit(&r) {
				hits++
			}
		}
		requireShare(t, float64(p)/1e6, hits, uniformSamples)
	}
}

func TestCertainAndImpossibleDrawToo(t *testing.T) {
	never, always, plain := rng.New(1), rng.New(1), rng.New(1)
	for range 1000 {
		require.False(t, rng.PPM(0).Hit(&never))
		require.True(t, rng.Always.Hit(&always))
		plain.Uint64()
	}
	require.Equal(t, plain, never)
	require.Equal(t, plain, always)
}
