package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestCountsAreGrouped(t *testing.T) {
	for n, want := range map[int]string{
		0: "0", 999: "999", 1000: "1,000", 14137027: "14,137,027", 1000000: "1,000,000",
	} {
		require.Equal(t, want, grouped(n))
	}
	require.Equal(t, "1 fault", counted(1, "fault"))
	require.Equal(t, "0 faults", counted(0, "fault"))
	require.Equal(t, "2,000 faults", counted(2000, "fault"))
}

func TestAmountsHaveUnits(t *testing.T) {
	for bytes, want := range map[float64]string{
		0: "0 B", 999: "999 B", 1000: "1.0 kB", 109103188: "109.1 MB", 3e15: "3000.0 TB",
	} {
		require.Equal(t, want, byteText(bytes))
	}
	require.Equal(t, "9.62 s", secondsText(9.6208))
	require.Equal(t, "476,214 s", secondsText(476214.07))
	require.Equal(t, "1.50 s", spanText(1500*time.Millisecond))
}

func TestSpeedIsAFactor(t *testing.T) {
	require.Equal(t, "41.9 times real time", speed(10*time.Minute, 14320*time.Millisecond))
	require.Equal(t, "60,000 times real time", speed(10*time.Minute, 10*time.Millisecond))
	require.NotContains(t, speed(time.Minute, 0), "times")
}

func TestSharesHaveTwoDigitsHoweverSmall(t *testing.T) {
	for share, want := range map[float64]string{
		1: "100 %", 0.1742: "17 %", 0.0316: "3.2 %", 4e-6: "0.0004 %", 0: "0 %",
	} {
		require.Equal(t, want, percentText(share))
	}
}
