package multicast

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
)

// Going through all shares once checks each key once, or once on every server.
func TestSharesCoverTheKeys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hosts := rapid.IntRange(1, 12).Draw(t, "hosts")
		config := Config{
			Keys:       rapid.IntRange(1, 40).Draw(t, "keys"),
			Everywhere: rapid.Bool().Draw(t, "everywhere"),
		}
		checks := make([]int, config.Keys)
		for self := range node.ID(hosts) {
			s := newShare(&config, self, hosts)
			for range s.size() {
				checks[s.take()]++
			}
			if s.size() > 0 {
				require.EqualValues(t, s.first, s.take(), "then it begins again")
			}
		}
		for key, count := range checks {
			if config.Everywhere {
				require.Equal(t, hosts, count, "key %d", key)
			} else {
				require.Equal(t, 1, count, "key %d", key)
			}
		}
	})
}
