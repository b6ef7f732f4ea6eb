package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/urfave/cli/v3"

	"butterfly/node/live/endpoint"
)

// nodeOriginsCommand runs origins to try nodes with, for want of real ones.
func (a *app) nodeOriginsCommand() *cli.Command {
	return &cli.Command{
		Name: "origins", ArgsUsage: "ADDRESS...", Action: a.nodeOrigins, OnUsageError: usageError,
		Usage: "run origins to try nodes with: each answers 200 until it is told otherwise by PUT",
	}
}

func (a *app) nodeOrigins(ctx context.Context, cmd *cli.Command) error {
	addresses := cmd.Args().Slice()
	if len(addresses) == 0 {
		return fmt.Errorf("%s needs addresses to listen at, such as 127.0.0.1:9001", cmd.FullName())
	}
	ended := make(chan error, len(addresses))
	for _, address := range addresses {
		server, err := serveTrial(address, ended)
		if err != nil {
			return err
		}
		defer func() { _ = server.Close() }()
	}
	tell := fmt.Sprintf("curl -X PUT -d 503 http://%s", addresses[0])
	if err := a.print(fmt.Sprintf("%s up, each with status 200; to change that of the first: %s\n",
		counted(len(addresses), "origin"), tell)); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return nil
	case err := <-ended:
		return endWith(exitHarness, "an origin ended: %v", err)
	}
}

// serveTrial has an origin listen, and says on the channel if it no longer can.
func serveTrial(address string, ended chan<- error) (*http.Server, error) {
	if _, err := endpoint.Canonical(address); err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", address, err)
	}
	server := &http.Server{Handler: newTrialOrigin(), ReadTimeout: 10 * time.Second}
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			ended <- fmt.Errorf("%s: %w", address, err)
		}
	}()
	return server, nil
}

// trialOrigin answers everything with the status that it was last told by PUT.
type trialOrigin struct{ status atomic.Int32 }

func newTrialOrigin() *trialOrigin {
	o := &trialOrigin{}
	o.status.Store(http.StatusOK)
	return o
}

func (o *trialOrigin) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPut {
		body, _ := io.ReadAll(io.LimitReader(r.Body, 8))
		status, err := strconv.Atoi(strings.TrimSpace(string(body)))
		if err != nil || status < 200 || status > 599 {
			http.Error(w, "expected a status in the body, 200 to 599", http.StatusBadRequest)
			return
		}
		o.status.Store(int32(status))
	}
	status := int(o.status.Load())
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, "%d %s\n", status, http.StatusText(status))
}
