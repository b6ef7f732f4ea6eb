package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/scenarios/fidelity"
	"butterfly/sim/rng"
)

func TestImpairmentsAsTcTakesThem(t *testing.T) {
	require.Equal(t, [][]string{
		strings.Fields("tc -n ns qdisc add dev eth0 root netem delay 12500us loss 2.5000%"),
	}, netem("ns", "eth0", 25_000, 12_500*time.Microsecond))
	commands := classifier("ns", "eth0", rng.Percent(50), 0)
	require.Equal(t, strings.Fields("tc -n ns qdisc add dev eth0 clsact"), commands[0])
	filter := commands[1]
	require.Equal(t, "4,32 0 0 4294963256,53 1 0 2147483648,6 0 0 2,6 0 0 0", filter[len(filter)-1])
}

func TestRunNamesTheCommandThatFails(t *testing.T) {
	err := run(context.Background(), words("true"), words("ls /%s", "nowhere-at-all"), words("true"))
	require.ErrorContains(t, err, "ls /nowhere-at-all: ")
	stopped, stop := context.WithCancel(context.Background())
	stop()
	require.ErrorIs(t, run(stopped, words("true")), context.Canceled)
}

// A street is made and leaves nothing behind, or the error says what this machine lacks.
func TestStreetIsBuiltAndCleared(t *testing.T) {
	config := fidelity.DefaultConfig()
	config.Servers, config.Origins, config.Loss.Share = 3, 2, rng.Percent(10)
	all, err := newStreets(context.Background(), 0)
	if err != nil {
		require.ErrorContains(t, err, "-netns: ")
		return
	}
	s, err := all.open(context.Background(), &config, 1)
	require.NoError(t, err)
	exists := func() bool { return run(context.Background(), words("ip -n %s link", s.plot(2))) == nil }
	require.True(t, exists())
	require.Contains(t, s.address(node.ID(2)), ".3")
	require.NoError(t, s.leave())
	require.False(t, exists())
	stopped, stop := context.WithCancel(context.Background())
	stop()
	_, err = all.open(stopped, &config, 2)
	require.ErrorIs(t, err, context.Canceled)
}
