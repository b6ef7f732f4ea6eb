//go:build unix

package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// slack is how much later than the bound things may be on a machine that is busy with other things.
const slack = 5 * time.Second

// "kill one, watch the takeover": a node that is killed without a word is held dead by the others,
// and no origin goes without a probe for longer than package health says.
func TestTheOriginsOfAKilledProcessAreTakenOver(t *testing.T) {
	t.Parallel()
	origins := newOrigins(t, 9)
	c := newCluster(t, 3, origins...)
	awaitHealthy(c.nodes, origins)

	victim, began := c.nodes[2], time.Now()
	victim.kill()
	bound := c.gapBound()
	for _, n := range c.others(victim) {
		within(t, bound.Total()+slack, func() error {
			if state := n.member(victim.name).State; state != "dead" {
				return fmt.Errorf("%s takes it to be %q", n.name, state)
			}
			return nil
		})
	}
	awaitCheckers(c.others(victim), origins)
	longest := longestGap(origins, began, time.Now())
	require.Less(t, longest, bound.Total()+slack, "%v", bound)
	t.Logf("longest gap %v, bound %v", longest, bound)
}

// awaitCheckers waits until each of the origins is checked by exactly one of the nodes.
func awaitCheckers(nodes []*process, origins []*standInOrigin) {
	t := nodes[0].t
	t.Helper()
	within(t, patience, func() error {
		for _, o := range origins {
			checkers := 0
			for _, n := range nodes {
				if n.origin(o).Checking {
					checkers++
				}
			}
			if checkers != 1 {
				return fmt.Errorf("%s is checked by %d nodes", o.target, checkers)
			}
		}
		return nil
	})
}

// A node that stands still for so long that the others hold it dead comes back as the same life,
// and condemns no origin: what it did not hear in time says nothing of who did not answer.
func TestAProcessThatStoodStillComesBackAndCondemnsNobody(t *testing.T) {
	t.Parallel()
	origins := newOrigins(t, 9)
	c := newCluster(t, 3, origins...)
	awaitHealthy(c.nodes, origins)
	awaitCheckers(c.nodes, origins)

	stopped := c.nodes[1]
	life := stopped.member(stopped.name).Generation
	stopped.signal(syscall.SIGSTOP)
	for _, n := range c.others(stopped) {
		within(t, patience, func() error {
			if state := n.member(stopped.name).State; state != "dead" {
				return fmt.Errorf("%s takes it to be %q", n.name, state)
			}
			return nil
		})
	}
	awaitCheckers(c.others(stopped), origins)
	stopped.signal(syscall.SIGCONT)
	for _, n := range c.nodes {
		n.awaitMembers(c.names()...)
	}
	awaitCheckers(c.nodes, origins)
	for _, n := range c.nodes {
		require.Equal(t, life, n.member(stopped.name).Generation)
	}
	requireAlwaysHealthy(c.nodes, origins)
}

// A node that was killed comes back as a later life of the same server: with what it kept, without
// it, and with a file that is damaged, which it sets aside and says so.
func TestAProcessComesBackWithItsDataWithoutAndWithBrokenData(t *testing.T) {
	t.Parallel()
	origins := newOrigins(t, 4)
	c := newCluster(t, 2, origins...)
	back := c.add("-data", "data")
	state := filepath.Join(c.folder, "data", "state")
	last := uint64(0)
	for _, meddle := range []func() error{
		func() error { return nil },
		func() error { return nil },
		func() error { return os.RemoveAll(filepath.Dir(state)) },
		func() error { return os.WriteFile(state, []byte("bfstate1, but for the rest"), 0o600) },
	} {
		if last > 0 {
			back.kill()
			require.NoError(t, meddle())
			back.start()
		}
		within(t, patience, func() error {
			for _, n := range c.nodes {
				if m := n.member(back.name); m.State != "alive" || m.Generation <= last {
					return fmt.Errorf("%s sees %v, after life %d", n.name, m, last)
				}
			}
			return nil
		})
		last = back.member(back.name).Generation
		awaitHealthy(c.nodes, origins)
	}
	aside, err := filepath.Glob(state + ".corrupt-*")
	require.NoError(t, err)
	require.Len(t, aside, 1)
	require.Contains(t, back.log(), `"event":"state-corrupt"`)
}

// "a rolling restart of 5 nodes during which no origin goes unchecked longer than the bound", and
// none is condemned.
func TestARollingRestartLeavesNoOriginUnchecked(t *testing.T) {
	t.Parallel()
	origins := newOrigins(t, 10)
	c := newCluster(t, 5, origins...)
	awaitHealthy(c.nodes, origins)
	awaitCheckers(c.nodes, origins)
	began := time.Now()
	for _, n := range c.nodes {
		n.leave()
		if n == c.nodes[0] { // the others joined through it, and it joins through one of them
			n.flags = append(n.flags, "-join", c.nodes[1].servers)
		}
		n.start()
		n.await("/v1/node", `"ready":true`, fmt.Sprintf(`"members":%d,`, len(c.nodes)))
	}
	awaitHealthy(c.nodes, origins)
	awaitCheckers(c.nodes, origins)
	bound, longest := c.gapBound(), longestGap(origins, began, time.Now())
	require.Less(t, longest, bound.Total()+slack, "%v", bound)
	requireAlwaysHealthy(c.nodes, origins)
	t.Logf("longest gap %v, bound %v", longest, bound)
}

// A node that is told to read its files again while it still waits for those it joins through does
// so once it is up.
func TestAProcessIsToldToReloadAsItStarts(t *testing.T) {
	t.Parallel()
	origins := newOrigins(t, 1)
	c := newCluster(t, 0, origins...)
	n := c.process("n0", "-join", freeAddress(t))
	n.launch()
	within(t, patience, func() error {
		connection, err := net.Dial("tcp", n.api)
		if err == nil {
			err = connection.Close()
		}
		return err
	})
	n.signal(syscall.SIGHUP)
	n.greet()
	within(t, patience, func() error {
		if !strings.Contains(n.log(), `"event":"origins-reloaded"`) {
			return errors.New(n.log())
		}
		return nil
	})
	n.leave()
}
