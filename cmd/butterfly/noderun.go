package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"butterfly/node"
	"butterfly/node/live"
	"butterfly/node/live/api"
	"butterfly/node/live/probe"
)

// leaveLimit bounds how long a node that was asked to end takes to say goodbye.
const leaveLimit = 10 * time.Second

// live runs a node until ctx is done, and has it leave then.
func (a *app) live(ctx context.Context, s *setup) error {
	hangups := make(chan os.Signal, 1) // from the start: one that nobody waits for ends the process
	signal.Notify(hangups, syscall.SIGHUP)
	defer signal.Stop(hangups)
	logger := a.logger(&s.node)
	if err := live.CheckData(s.node.Data); err != nil { // before anything is opened or made
		return err
	}
	doors, err := openDoors(&s.node)
	if err != nil {
		return err
	}
	defer doors.close()
	metrics := newRegistry()
	config := s.config(logger, metrics)
	config.API, config.Build = doors.known(&s.node), a.build()
	n, err := live.Start(ctx, config)
	switch {
	case err != nil && ctx.Err() != nil:
		return nil // asked to end before there was anybody to say goodbye to
	case err != nil:
		return err
	}
	defer n.Stop()
	logger = logger.With("node", s.node.Name)
	server := api.New(api.Config{
		Source: n, Gatherer: metrics, Logger: logger, Token: s.token, Pprof: s.node.Pprof,
		Names: doors.names, AnyName: doors.anyName(),
	})
	defer server.Close()
	failed := doors.serve(server, s.certificate.config())
	s.warn(logger, doors)
	if err := a.print(doors.greeting(s, n.Address())); err != nil {
		return err
	}
	return (&keeper{setup: s, node: n, logger: logger}).wait(ctx, hangups, failed)
}

// config is what the driver needs to know.
func (s *setup) config(logger *slog.Logger, metrics prometheus.Registerer) live.Config {
	c := live.DefaultConfig()
	c.Name, c.Number, c.Label = s.node.Name, node.ID(s.node.Number), s.node.Label
	c.Bind, c.Advertise, c.Join = s.node.Bind, s.node.Advertise, s.node.Join
	c.Keyring, c.Origins, c.Capacity, c.Data = s.keyring, s.origins, s.node.Capacity, s.node.Data
	c.Agent = s.node.Agent
	c.Probe = probe.DefaultConfig()
	c.Probe.Allow, c.Probe.Deny = s.node.Allow, s.node.Deny
	c.Logger, c.Registerer = logger, metrics
	c.Record = recordingOf(s.node.Record, time.Now())
	return c
}

// recordingOf is the file for the recording of the life that begins now: the one that was asked for or,
// if an earlier life has left that, one beside it with the time in its name. So whoever starts a node
// again with the same flags loses no recording and needs no other name.
func recordingOf(file string, now time.Time) string {
	if _, err := os.Lstat(file); file == "" || err != nil {
		return file
	}
	return file + "-" + now.UTC().Format("20060102T150405.000Z")
}

func newRegistry() *prometheus.Registry {
	r := prometheus.NewRegistry()
	r.MustRegister(collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return r
}

// keeper looks after a node that runs.
type keeper struct {
	setup  *setup
	node   *live.Node
	logger *slog.Logger
}

// wait reads the files again at each hangup, until the node is to leave, ends by itself, or nobody
// answers for it any more.
func (k *keeper) wait(
	ctx context.Context, hangups <-chan os.Signal, failed <-chan error,
) error {
	for {
		select {
		case <-hangups:
			k.reload(ctx)
		case err := <-failed:
			return endWith(exitHarness, "%v", err)
		case <-k.node.Done():
			return endWith(exitHarness, "%v", k.node.Err())
		case <-ctx.Done():
			return k.leave()
		}
	}
}

// leave says goodbye. The API answers meanwhile, and says that the node leaves.
func (k *keeper) leave() error {
	ctx, cancel := context.WithTimeout(context.Background(), leaveLimit)
	defer cancel()
	if err := k.node.Leave(ctx); err != nil {
		return endWith(exitHarness, "the node ended without a goodbye: %v", err)
	}
	return nil
}

// reload takes over what the files say now. A file that is wrong changes nothing.
func (k *keeper) reload(ctx context.Context) {
	if keyring, err := readKeyring(&k.setup.node); err != nil {
		k.refuse(err)
	} else {
		k.node.Rekey(keyring)
	}
	if err := k.setup.certificate.read(); err != nil {
		k.refuse(err)
	}
	origins, err := readOrigins(&k.setup.node)
	if err == nil {
		err = k.node.Reload(ctx, origins)
	}
	if err != nil {
		k.refuse(err)
	}
}

func (k *keeper) refuse(err error) {
	k.logger.Error("a file is not taken over", "event", "reload-refused", "error", err)
}

// warn says what is open to whoever reaches it.
func (s *setup) warn(logger *slog.Logger, d *doors) {
	if !s.keyring.Keyed() {
		logger.Warn("no key-file: whoever reaches the address can read and write what servers say",
			"event", "no-key")
	}
	if s.token == "" && d.api != nil && !isLoopback(d.api.Addr()) {
		logger.Warn("no api-token-file: whoever reaches the API can register and remove origins",
			"event", "no-token", "api", fmt.Sprint(d.api.Addr()))
	}
}
