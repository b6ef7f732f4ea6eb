package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/node/health"
	"butterfly/node/live/view"
)

func TestEventsInTheWordsOfTheSimulation(t *testing.T) {
	numbers := map[string]uint32{"127.0.0.1:80": 0, "127.0.0.1:81": 7}
	for _, c := range []struct {
		shown    view.Event
		want     node.Event
		measured bool
	}{
		{view.Event{Kind: "member-dead", Member: "server-12"},
			node.Event{Kind: node.MemberDead, Subject: 12}, true},
		{view.Event{Kind: "believed", Target: "127.0.0.1:81", Detail: "unhealthy"},
			node.Event{Kind: node.Believed, Subject: 7, A: uint64(health.Unhealthy)}, true},
		{view.Event{Kind: "health-changed", Target: "127.0.0.1:81", Detail: "healthy"},
			node.Event{Kind: node.HealthChanged, Subject: 7, A: uint64(health.Healthy)}, true},
	} {
		e, measured := translate(&c.shown, numbers)
		require.Equal(t, c.measured, measured)
		require.Equal(t, c.want, e)
	}
	for _, shown := range []view.Event{
		{Kind: "member-dead", Member: "#12"}, {Kind: "member-alive", Member: "server-1"},
		{Kind: "believed", Target: "127.0.0.1:82", Detail: "healthy"}, {Kind: "ready"},
	} {
		_, measured := translate(&shown, numbers)
		require.False(t, measured, shown)
	}
}

func TestPortsAreFreeAndGivenOnce(t *testing.T) {
	free, taken := newPorts(lastPort-firstPort-2), map[int]bool{}
	for range 5 { // beyond the last and on from the first
		port, err := free.take()
		require.NoError(t, err)
		require.False(t, taken[port])
		require.GreaterOrEqual(t, port, firstPort)
		require.Less(t, port, lastPort)
		taken[port] = true
	}
}
