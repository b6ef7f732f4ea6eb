package api

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"time"

	"butterfly/node/live/limit"
	"butterfly/node/live/view"
)

const (
	// agentTimeout bounds one agent check; HAProxy itself waits 2 s by default (agent-inter).
	agentTimeout = 2 * time.Second
	// agentBytes bounds what HAProxy sends: a name, the newline and some.
	agentBytes = 2*nameBytes + 8
)

// ServeAgentChecks answers the agent checks of HAProxy on a listener, until ctx is done or the
// server is closed, which also closes the listener. The error is nil then.
//
// A server line in HAProxy names the origin, and has the weight 1 that it has by itself, so that
// the percentage in the answer is the origin's weight times 100:
//
//	server a 192.0.2.1:80 check agent-check agent-port 8501 agent-send "shop/192.0.2.1:80\n"
//
// An origin that is routed is "up" at its weight, one of weight 0 that is not unhealthy is "up" at
// 0%, which drains it, and all others are "down". For an origin that the node does not know, or as
// long as it knows nothing yet, the answer is a comment, which leaves everything in HAProxy as it
// is.
func (s *Server) ServeAgentChecks(ctx context.Context, listener net.Listener) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	limited := limit.Listener(listener, s.limits.Connections)
	go func() {
		select {
		case <-ctx.Done():
		case <-s.closing:
		}
		_ = limited.Close()
	}()
	for {
		connection, err := limited.Accept()
		switch {
		case err == nil:
			go s.serveAgentCheck(ctx, connection)
		case errors.Is(err, net.ErrClosed):
			return nil
		default:
			s.logger.Warn("an agent check was not accepted", slog.String("event", "agent-check-failed"),
				slog.Any("error", err))
			time.Sleep(acceptPause)
		}
	}
}

// acceptPause is how long to wait when the system has no connection to give.
const acceptPause = 50 * time.Millisecond

func (s *Server) serveAgentCheck(ctx context.Context, connection net.Conn) {
	defer connection.Close()
	ctx, cancel := context.WithTimeout(ctx, agentTimeout)
	defer cancel()
	_ = connection.SetDeadline(time.Now().Add(agentTimeout))
	line, err := bufio.NewReader(io.LimitReader(connection, agentBytes)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return
	}
	_, _ = io.WriteString(connection, s.agentAnswer(ctx, line))
}

// agentAnswer returns the answer to a line that HAProxy sent.
func (s *Server) agentAnswer(ctx context.Context, line string) string {
	name, err := parseAgentLine(line)
	if err == nil {
		err = s.mustBeReady(ctx)
	}
	var detail view.Detail
	if err == nil {
		detail, err = s.source.Origin(ctx, name)
	}
	if err != nil {
		return "# " + refusalOf(err).why + "\n"
	}
	return agentState(detail.Origin)
}

// parseAgentLine returns the origin that a line names: service, slash, target. A target has no
// slash.
func parseAgentLine(line string) (view.Name, error) {
	line = strings.TrimRight(line, "\r\n")
	slash := strings.LastIndexByte(line, '/')
	if slash < 0 {
		return view.Name{}, badRequest("expected SERVICE/HOST:PORT")
	}
	name := view.Name{Service: line[:slash], Target: line[slash+1:]}
	if err := checkName("service", name.Service); err != nil {
		return view.Name{}, err
	}
	return name, checkName("target", name.Target)
}

// agentState says in HAProxy's words where an origin stands (Configuration Manual, section 5.2,
// "agent-check"). It never says ready, drain or maint: these are the administrator's. The space
// before the sharp is needed: HAProxy takes "down#" for a word that it does not know.
func agentState(o view.Origin) string {
	switch {
	case o.Routed:
		return fmt.Sprintf("up %d%%\n", 100*int(max(1, o.Weight)))
	case o.Weight == 0 && o.Status != "unhealthy":
		return "up 0%\n"
	case o.Status == "unhealthy":
		return "down #unhealthy\n"
	}
	return fmt.Sprintf("down #%s, not to be used yet\n", o.Status)
}
