package main

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	livenames "butterfly/node/live/names"
	"butterfly/node/live/seal"
	"butterfly/node/swim"
	"butterfly/node/wire"
	"butterfly/scenarios/fidelity"
)

// What is weighed is what the real functions make of a message.
func TestSizesAreThoseOfTheRealEnvelope(t *testing.T) {
	config := fidelity.DefaultConfig()
	require.NoError(t, describeCarrier(&config))
	ping := &wire.Message{Kind: wire.Swim, Swim: swim.Message{Kind: swim.Ping, Target: 1}}
	require.Equal(t, wire.Size(ping)+seal.Overhead, config.Size(ping, false))
	require.Equal(t, wire.Size(ping), config.Size(ping, true))
	about, err := livenames.ParseAbout(config.About(3))
	require.NoError(t, err)
	require.Equal(t, "server-3", about.Name)
	s := fidelity.Simulate(config, 1)
	require.InDelta(t, 56, s.Values(fidelity.DatagramBytes)[0]/s.Values(fidelity.Datagrams)[0], 1,
		"a ping or an ack has 11 B, and 45 B of seal")
}

func TestLatenciesOfThisMachineAreMeasured(t *testing.T) {
	trip, err := measureLatency()
	require.NoError(t, err)
	require.Positive(t, trip)
	check, err := measureRoundTrip()
	require.NoError(t, err)
	require.NoError(t, check.Validate())
}

func TestMedianTimeIsThatOfTheRounds(t *testing.T) {
	round := 0
	took, err := medianTime(3, func() error {
		round++
		if round == 2 {
			time.Sleep(50 * time.Millisecond)
		}
		return nil
	})
	require.NoError(t, err)
	require.Less(t, took, 50*time.Millisecond, "one that was slow does not matter")
	broken := errors.New("broken")
	_, err = medianTime(3, func() error { return broken })
	require.ErrorIs(t, err, broken)
}

func TestLatenessOfTimersIsWatched(t *testing.T) {
	l := watchLateness()
	time.Sleep(10 * latenessPause)
	median, most := l.end()
	require.Positive(t, median)
	require.GreaterOrEqual(t, most, median)
}
