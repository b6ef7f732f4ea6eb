package raft_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios/rivals/raft"
)

// "Five, or fewer if there are not as many; an odd number."
func TestAnOddNumberVotes(t *testing.T) {
	for servers, want := range []int{1: 1, 1, 3, 3, 5, 5, 5, 64: 5} {
		if want > 0 {
			require.Equal(t, want, raft.Voters(servers), "of %d", servers)
		}
	}
	require.Equal(t, 5, raft.Voters(64))
}

func TestSessionsAreLongerThanLeases(t *testing.T) {
	tr := calm(time.Minute)
	config := raft.DefaultConfig()
	config.Config = tr.stationConfig()
	require.NoError(t, config.Validate())
	for _, wrong := range []func(*raft.Config){
		func(c *raft.Config) { c.Session = c.Lease },
		func(c *raft.Config) { c.Lease = c.Poll },
		func(c *raft.Config) { c.Poll = 0 },
		func(c *raft.Config) { c.Retry = 0 },
		func(c *raft.Config) { c.Timeout = 0 },
		func(c *raft.Config) { c.Servers = 0 },
		func(c *raft.Config) { c.Log.Keep = 0 },
	} {
		bad := config
		wrong(&bad)
		require.Error(t, bad.Validate())
	}
}
