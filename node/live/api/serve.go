package api

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"butterfly/node/live/limit"
)

const (
	// headerTimeout bounds how long a client may take to send the head of a request: who sends it by
	// the byte, to keep connections busy (slow-loris), is cut off.
	headerTimeout = 5 * time.Second
	// headerBytes bounds the head of a request; net/http adds 4,096.
	headerBytes = 16 << 10
	// answerTimeout bounds how long a client may take to read an answer.
	answerTimeout = 30 * time.Second
	// idleTimeout bounds how long a connection may wait for its next request.
	idleTimeout = 60 * time.Second
	// shutdownTimeout bounds how long answers that are under way may take at the end.
	shutdownTimeout = 5 * time.Second
)

// Serve answers the requests on a listener until ctx is done. Then it closes the server, watchers
// first, and returns when the answers under way are finished, or after 5 s. tlsConfig is nil for
// plain HTTP. The error is nil after an orderly end.
func (s *Server) Serve(ctx context.Context, listener net.Listener, tlsConfig *tls.Config) error {
	logger := s.logger.With(slog.String("event", "http"))
	server := &http.Server{
		Handler: s, TLSConfig: tlsConfig,
		ReadHeaderTimeout: headerTimeout, MaxHeaderBytes: headerBytes,
		WriteTimeout: answerTimeout, IdleTimeout: idleTimeout,
		ErrorLog: slog.NewLogLogger(logger.Handler(), slog.LevelDebug),
	}
	ended := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() { ended <- s.shutdown(server) })
	limited := limit.Listener(listener, s.limits.Connections)
	err := serve(server, limited)
	if !errors.Is(err, http.ErrServerClosed) {
		stop()
		s.Close()
		return err
	}
	return <-ended
}

func serve(server *http.Server, listener net.Listener) error {
	if server.TLSConfig != nil {
		return server.ServeTLS(listener, "", "")
	}
	return server.Serve(listener)
}

// shutdown ends a server in an orderly way, if that takes not too long.
func (s *Server) shutdown(server *http.Server) error {
	s.Close()
	ctx, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	err := server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		return server.Close()
	}
	return err
}
