package api

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"

	"butterfly/node/live/view"
)

// refusal is why a request is not done.
type refusal struct {
	status int
	why    string
}

func (r refusal) Error() string { return r.why }

func badRequest(why string) error { return refusal{http.StatusBadRequest, why} }

// answer makes an HTTP handler of h.
func (s *Server) answer(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			s.fail(w, r, err)
		}
	})
}

// fail answers why a request was not done. Nothing may have been written before.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	said := refusalOf(err)
	switch said.status {
	case http.StatusInternalServerError:
		s.logger.Error("a request failed", slog.String("event", "request-failed"),
			slog.String("path", r.URL.Path), slog.Any("error", err))
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", "1")
	case http.StatusUnauthorized:
		w.Header().Set("WWW-Authenticate", `Bearer realm="butterfly"`)
	}
	writeJSON(w, said.status, map[string]string{"error": said.why})
}

// refusalOf says in the terms of HTTP what went wrong.
func refusalOf(err error) refusal {
	var said refusal
	var refused *view.RefusedError
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &said):
		return said
	case errors.As(err, &refused):
		return refusal{http.StatusBadRequest, err.Error()}
	case errors.As(err, &tooLarge):
		return refusal{http.StatusRequestEntityTooLarge, "the body is too large"}
	case errors.Is(err, view.ErrUnknown):
		return refusal{http.StatusNotFound, view.ErrUnknown.Error()}
	case errors.Is(err, view.ErrStopped):
		return refusal{http.StatusServiceUnavailable, view.ErrStopped.Error()}
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return refusal{http.StatusServiceUnavailable, "the node did not answer in time"}
	}
	return refusal{http.StatusInternalServerError, "the node failed to answer; its log says why"}
}

// writeJSON answers with a value. An error is one of the connection: nobody is left to be told.
func writeJSON(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value)
}

// asset returns a handler of a file that the program carries.
func asset(contentType, text string) handler {
	return func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("Content-Type", contentType)
		_, _ = w.Write([]byte(text))
		return nil
	}
}
