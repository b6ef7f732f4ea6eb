//go:build unix

package main

import (
	"fmt"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/live/seal"
)

// "Keys are changed without a pause: add the new one at the end of every file and reload (SIGHUP) all
// nodes; move it to the front and reload; remove the old one and reload" (README). Nobody is taken
// for dead meanwhile, and who then comes with the new key alone is let in.
func TestProcessesChangeTheirKeysWithoutAPause(t *testing.T) {
	t.Parallel()
	origins := newOrigins(t, 2)
	c := newCluster(t, 0, origins...)
	older, newer := seal.NewKey()+"\n", seal.NewKey()+"\n"
	c.write("keys", older)
	for range 3 {
		c.add("-key-file", "keys")
	}
	for _, n := range c.nodes {
		n.awaitMembers("n0", "n1", "n2")
	}
	for step, keys := range []string{older + newer, newer + older, newer} {
		c.write("keys", keys)
		for _, n := range c.nodes {
			n.signal(syscall.SIGHUP)
			n.awaitLogged(`"event":"rekeyed"`, step+1)
		}
		awaitProbes(t, origins, 3)
	}
	c.add("-key-file", "keys").awaitMembers(c.names()...)
	awaitHealthy(c.nodes, origins)
	for _, n := range c.nodes {
		require.NotContains(t, n.log(), `"event":"member-dead"`)
	}
}

// awaitLogged waits until the log has so many lines with the words.
func (p *process) awaitLogged(words string, lines int) {
	p.t.Helper()
	within(p.t, patience, func() error {
		if n := strings.Count(p.log(), words); n < lines {
			return fmt.Errorf("%s has logged %s %d times, expected %d", p.name, words, n, lines)
		}
		return nil
	})
}
