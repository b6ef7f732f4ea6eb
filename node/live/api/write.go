package api

import (
	"bytes"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"butterfly/node/live/view"
)

// write lets only those write who may, and not more of them than the node can take.
func (s *Server) write(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := s.mayWrite(r); err != nil {
			return err
		}
		// After the token, so that strangers do not use up what others may write.
		if !s.writes.admit(time.Now()) {
			return refusal{http.StatusTooManyRequests, "too many writes; try again"}
		}
		if err := s.mustBeReady(r.Context()); err != nil {
			return err
		}
		return h(w, r)
	}
}

func (s *Server) mayWrite(r *http.Request) error {
	if err := http.NewCrossOriginProtection().Check(r); err != nil {
		return refusal{http.StatusForbidden, "writes from the page of another site are refused"}
	}
	if s.guarded {
		return s.checkToken(r.Header.Get("Authorization"))
	}
	if !s.isOwnName(r.Host) {
		return refusal{http.StatusForbidden,
			"without a token, writes are for an IP address, localhost or a name that the node was told"}
	}
	return nil
}

// checkToken compares digests, which are of one length, in a time that says nothing of the token.
func (s *Server) checkToken(authorization string) error {
	token, bearer := strings.CutPrefix(authorization, "Bearer ")
	digest := sha256.Sum256([]byte(token))
	if !bearer || subtle.ConstantTimeCompare(digest[:], s.token[:]) != 1 {
		return refusal{http.StatusUnauthorized, `expected the header "Authorization: Bearer TOKEN"`}
	}
	return nil
}

func (s *Server) register(w http.ResponseWriter, r *http.Request) error {
	name, err := nameOf(r)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return bodyError(err)
	}
	weight, err := parseWeight(body)
	if err != nil {
		return err
	}
	err = s.source.Register(r.Context(), view.Registration{Name: name, Weight: weight})
	if err != nil {
		return err
	}
	s.logger.Info("an origin was registered", slog.String("event", "origin-registered"),
		slog.String("service", name.Service), slog.String("target", name.Target),
		slog.Int("weight", int(weight)), slog.String("client", r.RemoteAddr))
	writeJSON(w, http.StatusOK, registrationShape{name.Service, name.Target, weight})
	return nil
}

type registrationShape struct {
	Service string `json:"service"`
	Target  string `json:"target"`
	Weight  uint16 `json:"weight"`
}

// bodyError says why a body could not be read. One that did not come in time is the client's doing.
func bodyError(err error) error {
	var late net.Error
	if errors.As(err, &late) && late.Timeout() {
		return badRequest("the body did not come in time")
	}
	return err
}

// parseWeight returns the weight in the body of a registration, 1 if there is none.
func parseWeight(body []byte) (uint16, error) {
	asked := struct {
		Weight uint16 `json:"weight"`
	}{Weight: 1}
	if len(bytes.TrimSpace(body)) == 0 {
		return asked.Weight, nil
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(&asked)
	if _, rest := decoder.Token(); err == nil && rest != io.EOF {
		err = errors.New("more than one value")
	}
	if err != nil {
		return 0, badRequest(`body: expected {"weight": 0 to 65535}: ` + err.Error())
	}
	return asked.Weight, nil
}

func (s *Server) unregister(w http.ResponseWriter, r *http.Request) error {
	name, err := nameOf(r)
	if err != nil {
		return err
	}
	if err := s.source.Unregister(r.Context(), name); err != nil {
		return err
	}
	s.logger.Info("an origin was removed", slog.String("event", "origin-removed"),
		slog.String("service", name.Service), slog.String("target", name.Target),
		slog.String("client", r.RemoteAddr))
	w.WriteHeader(http.StatusNoContent)
	return nil
}
