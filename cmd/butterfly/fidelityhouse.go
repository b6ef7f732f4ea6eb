package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"sync"

	"butterfly/node"
	"butterfly/scenarios/fidelity"
)

// house is servers and origins of one trial in this process, on its loopback device.
type house struct {
	config    *fidelity.Config
	seed      uint64
	seeds     []string // the addresses of those that all join through
	inhabited *testOrigins
}

const loopback = "127.0.0.1"

func newHouse(config *fidelity.Config, seed uint64, free *ports) (*house, error) {
	h := &house{config: config, seed: seed}
	for range config.Seeds() {
		port, err := free.take()
		if err != nil {
			return nil, err
		}
		h.seeds = append(h.seeds, net.JoinHostPort(loopback, portText(port)))
	}
	var err error
	h.inhabited, err = openOrigins(loopback, config.Origins)
	return h, err
}

// move implements [household].
func (h *house) move(
	ctx context.Context, id node.ID, saw func(fidelity.Seen),
) (resident, error) {
	bind := net.JoinHostPort(loopback, "0")
	if int(id) < len(h.seeds) {
		bind = h.seeds[id]
	}
	t, err := startTenant(ctx, &lease{
		ID: id, Seed: h.seed, Bind: bind, Join: h.seeds, Targets: h.inhabited.targets,
		Period: h.config.Period, Loss: h.config.Loss, Delay: h.config.Delay,
	}, saw)
	if err != nil {
		return nil, err // and not a tenant that is nil
	}
	return t, nil
}

// origins implements [household].
func (h *house) origins() *testOrigins { return h.inhabited }

// leave implements [household].
func (h *house) leave() error { return h.inhabited.close() }

// ports hands out ports that nobody uses. They are below those that systems give to connections
// (32,768 and up on Linux, 49,152 on others), which would take them before a server does.
type ports struct {
	mutex sync.Mutex
	next  int
}

const firstPort, lastPort = 20_000, 32_000

func newPorts(start int) *ports { return &ports{next: firstPort + start%(lastPort-firstPort)} }

// take returns a port that is free for datagrams and streams, and will not be handed out again
// soon.
func (p *ports) take() (int, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for range lastPort - firstPort {
		port := p.next
		if p.next++; p.next >= lastPort {
			p.next = firstPort
		}
		if isFree(net.JoinHostPort(loopback, portText(port))) {
			return port, nil
		}
	}
	return 0, fmt.Errorf("no port from %d to %d is free", firstPort, lastPort)
}

func portText(port int) string { return strconv.Itoa(port) }

func isFree(address string) bool {
	stream, err := net.Listen("tcp", address)
	if err != nil {
		return false
	}
	packets, err := net.ListenPacket("udp", address)
	if err == nil {
		err = packets.Close()
	}
	return errors.Join(err, stream.Close()) == nil
}
