package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/netip"
	"os"
	"slices"
	"strconv"
	"sync"

	"butterfly/node/live/api"
	"butterfly/node/live/endpoint"
	"butterfly/node/live/spec"
)

// doors are where a node is asked by others than servers.
type doors struct {
	api    net.Listener // nil for none
	checks net.Listener // of HAProxy's agents, nil for none
	folder string       // for Envoy, empty for none

	secure bool     // the API speaks TLS
	names  []string // by which the API may be asked, besides addresses
	end    context.CancelFunc
	served sync.WaitGroup
}

// openDoors listens, and answers nothing yet: who asks early waits.
func openDoors(n *spec.Node) (*doors, error) {
	d := &doors{folder: n.EDSDir, secure: n.TLS.Cert != "", names: namesOf(n), end: func() {}}
	if d.folder != "" {
		if err := os.MkdirAll(d.folder, 0o755); err != nil {
			return nil, fmt.Errorf("-eds-dir %w", err)
		}
	}
	for _, door := range []struct {
		flag, address string
		listener      *net.Listener
	}{{"http", n.HTTP, &d.api}, {"agent-check", n.AgentCheck, &d.checks}} {
		if door.address == "" {
			continue
		}
		listener, err := net.Listen("tcp", door.address)
		if err != nil {
			d.close()
			return nil, fmt.Errorf("-%s %s: %w", door.flag, door.address, err)
		}
		*door.listener = listener
	}
	return d, nil
}

// namesOf are the host names that the API of a node was told: those that it is to be asked by, and the
// one that it was to listen at.
func namesOf(n *spec.Node) []string {
	names := slices.Clone(n.HTTPNames)
	host, _, err := net.SplitHostPort(n.HTTP)
	if _, noName := netip.ParseAddr(host); err == nil && host != "" && noName != nil {
		names = append(names, host)
	}
	return names
}

// anyName reports whether who reads may ask by any name: where others than this machine's browsers are
// to read, and nobody has said by which names they do.
func (d *doors) anyName() bool {
	return d.api != nil && !isLoopback(d.api.Addr()) && len(d.names) == 0
}

// serve answers, and returns where it says why it no longer can.
func (d *doors) serve(s *api.Server, config *tls.Config) (failed <-chan error) {
	ctx, cancel := context.WithCancel(context.Background())
	d.end = cancel
	ends := make(chan error, 3)
	attend := func(flag string, work func() error) {
		d.served.Go(func() {
			if err := work(); err != nil {
				ends <- fmt.Errorf("-%s: %w", flag, err)
			}
		})
	}
	if d.api != nil {
		attend("http", func() error { return s.Serve(ctx, d.api, config) })
	}
	if d.checks != nil {
		attend("agent-check", func() error { return s.ServeAgentChecks(ctx, d.checks) })
	}
	if d.folder != "" {
		attend("eds-dir", func() error { return s.WriteEDS(ctx, d.folder) })
	}
	return ends
}

// close waits for the answers under way, for as long as the API has patience with them.
func (d *doors) close() {
	d.end()
	d.served.Wait()
	for _, listener := range []net.Listener{d.api, d.checks} {
		if listener != nil {
			_ = listener.Close() // again, if it was served
		}
	}
}

// known is the address of the API that other servers are told, empty for none: where the node is
// reached, if it listens at all addresses.
func (d *doors) known(n *spec.Node) string {
	if d.api == nil {
		return ""
	}
	listens := endpoint.OfTCP(d.api.Addr())
	for _, reached := range []string{n.Advertise, n.Bind} {
		address, err := netip.ParseAddrPort(reached)
		if listens.Addr().IsUnspecified() && err == nil && !address.Addr().IsUnspecified() {
			listens = netip.AddrPortFrom(address.Addr(), listens.Port())
		}
	}
	if listens.Addr().IsUnspecified() {
		return ""
	}
	return listens.String()
}

// greeting is the line that says where to look.
func (d *doors) greeting(s *setup, servers netip.AddrPort) string {
	text := fmt.Sprintf("Node %s is up, for other servers at %v", s.node.Name, servers)
	if d.api == nil {
		return text + ".\n"
	}
	scheme := "http"
	if d.secure {
		scheme = "https"
	}
	page := endpoint.OfTCP(d.api.Addr())
	host := page.Addr().String()
	if page.Addr().IsUnspecified() {
		host = "localhost"
	}
	return fmt.Sprintf("%s; look at %s://%s\n", text, scheme,
		net.JoinHostPort(host, strconv.Itoa(int(page.Port()))))
}

func isLoopback(a net.Addr) bool { return endpoint.OfTCP(a).Addr().IsLoopback() }
