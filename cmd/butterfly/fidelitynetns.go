package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"time"

	"butterfly/node"
	"butterfly/scenarios/fidelity"
)

// street is the servers of one trial, each a process with a network of its own: a namespace with a
// link to a router, on which the kernel loses packets and delays them, and a second link, on which it
// does neither, to the origins.
//
//	namespace NAME-0  eth0 10.77.T.1 ─┐                           ┌─ 10.78.T.1 eth1  namespace NAME-0
//	namespace NAME-1  eth0 10.77.T.2 ─┼─ router in    bridge NAME ┼─ 10.78.T.2 eth1  namespace NAME-1
//	...                               ┘  NAME-router              └─ 10.78.T.254: the origins
//
// Were it a bridge between the servers, too, each would have all others for neighbours, and the
// system has room for 1,024 of these in all namespaces together
// (net.ipv4.neigh.default.gc_thresh3).
//
// All of it is named after this process and the trial, and gone after it.
type street struct {
	config    *fidelity.Config
	seed      uint64
	name      string
	trial     int
	impair    impairment
	inhabited *testOrigins
}

// streetPort is that of all servers: each has addresses of its own.
const streetPort = 7946

// mostStreets is how many trials have numbers of their own: one byte of an address.
const mostStreets = 250

// streets are those of a process. Those that overlap have different addresses.
type streets struct {
	impair impairment
	opened atomic.Int64
}

// newStreets finds out by which means this machine loses packets and delays them by so much, or says
// why it cannot.
func newStreets(ctx context.Context, delay time.Duration) (*streets, error) {
	for _, tool := range []string{"ip", "tc"} {
		if _, err := exec.LookPath(tool); err != nil {
			return nil, fmt.Errorf("-netns: there is no %s; Debian has it in the package iproute2", tool)
		}
	}
	if os.Geteuid() != 0 {
		return nil, errors.New("-netns: only root may make network namespaces")
	}
	trial := fmt.Sprintf("bf%d", os.Getpid())
	if err := run(ctx, words("ip netns add %s", trial)); err != nil {
		return nil, fmt.Errorf("-netns: no network namespaces here: %w", err)
	}
	impair, err := chooseImpairment(ctx, trial, delay)
	err = errors.Join(err, run(context.Background(), words("ip netns del %s", trial)))
	return &streets{impair: impair}, err
}

// words are those of a command none of which has a space in it.
func words(format string, args ...any) []string { return strings.Fields(fmt.Sprintf(format, args...)) }

// run runs commands one after the other, up to the first that fails.
func run(ctx context.Context, commands ...[]string) error {
	for _, command := range commands {
		said, err := exec.CommandContext(ctx, command[0], command[1:]...).CombinedOutput()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			return fmt.Errorf("%s: %s", strings.Join(command, " "), bytes.TrimSpace(said))
		}
	}
	return nil
}

// open makes the network of a trial, without its servers.
func (all *streets) open(
	ctx context.Context, config *fidelity.Config, seed uint64,
) (s *street, err error) {
	number := int(all.opened.Add(1))
	s = &street{
		config: config, seed: seed, trial: number % mostStreets, impair: all.impair,
		name: fmt.Sprintf("bf%d-%d", os.Getpid(), number),
	}
	defer func() {
		if err != nil {
			_ = s.leave() // what was not made cannot be removed
		}
	}()
	err = run(ctx,
		words("ip netns add %s", s.router()),
		append(words("ip netns exec %s sh -c", s.router()), "echo 1 > /proc/sys/net/ipv4/ip_forward"),
		words("ip link add %s type bridge", s.name),
		words("ip addr add 10.78.%d.254/24 dev %s", s.trial, s.name),
		words("ip link set %s up", s.name),
	)
	if err != nil {
		return s, err
	}
	for id := range node.ID(config.Servers) {
		if err := s.pave(ctx, id); err != nil {
			return s, err
		}
	}
	s.inhabited, err = openOrigins(fmt.Sprintf("10.78.%d.254", s.trial), config.Origins)
	return s, err
}

// router is the namespace between the servers, and gateway the address that they know it by.
func (s *street) router() string { return s.name + "-router" }

const gateway = "169.254.0.1"

// plot is the namespace of a server.
func (s *street) plot(id node.ID) string { return fmt.Sprintf("%s-%d", s.name, id) }

// address is that of a server among the others.
func (s *street) address(id node.ID) string { return fmt.Sprintf("10.77.%d.%d", s.trial, id+1) }

// pave makes the namespace of a server and its two links.
func (s *street) pave(ctx context.Context, id node.ID) error {
	plot, host := s.plot(id), id+1
	err := run(ctx,
		words("ip netns add %s", plot),
		words("ip -n %s link set lo up", plot),
		words("ip -n %s link add eth0 type veth peer name server%d netns %s", plot, id, s.router()),
		words("ip -n %s addr add %s/32 dev server%d", s.router(), gateway, id),
		words("ip -n %s link set server%d up", s.router(), id),
		words("ip -n %s route add %s/32 dev server%d", s.router(), s.address(id), id),
		words("ip -n %s addr add %s/32 dev eth0", plot, s.address(id)),
		words("ip -n %s link set eth0 up", plot),
		words("ip -n %s route add 10.77.%d.0/24 via %s dev eth0 onlink", plot, s.trial, gateway),
		words("ip -n %s link add eth1 type veth peer name %s netns %d", plot, plot, os.Getpid()),
		words("ip link set %s master %s up", plot, s.name),
		words("ip -n %s addr add 10.78.%d.%d/24 dev eth1", plot, s.trial, host),
		words("ip -n %s link set eth1 up", plot),
	)
	if err != nil || s.config.Loss.Share == 0 && s.config.Delay == 0 {
		return err
	}
	return run(ctx, s.impair(plot, "eth0", s.config.Loss.Share, s.config.Delay)...)
}

// move implements [household].
func (s *street) move(
	ctx context.Context, id node.ID, saw func(fidelity.Seen),
) (resident, error) {
	at := func(id node.ID) string { return fmt.Sprintf("%s:%d", s.address(id), streetPort) }
	l := &lease{
		ID: id, Seed: s.seed, Bind: at(id), Targets: s.inhabited.targets,
		Period: s.config.Period, Loss: s.config.Loss,
	}
	for _, seed := range s.config.Seeds() {
		l.Join = append(l.Join, at(seed))
	}
	c, err := startChild(ctx, []string{"ip", "netns", "exec", s.plot(id)}, l, saw)
	if err != nil {
		return nil, err // and not a child that is nil
	}
	return c, nil
}

// origins implements [household].
func (s *street) origins() *testOrigins { return s.inhabited }

// leave implements [household]. It goes on when a command fails, and when whoever began this has
// been told to stop. Links out here are removed one by one: with its namespace a link goes as soon
// as nobody uses that, and connections of a server that was killed do so for as long as they try to
// end.
func (s *street) leave() (err error) {
	ctx := context.Background()
	if s.inhabited != nil {
		err = s.inhabited.close()
	}
	for id := range node.ID(s.config.Servers) {
		err = errors.Join(err, run(ctx, words("ip link del %s", s.plot(id))),
			run(ctx, words("ip netns del %s", s.plot(id))))
	}
	return errors.Join(err, run(ctx, words("ip netns del %s", s.router())),
		run(ctx, words("ip link del %s", s.name)))
}
