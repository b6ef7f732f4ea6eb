package live

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"time"

	"butterfly/node"
	"butterfly/node/live/seal"
)

// Where servers ask each other.
const (
	callPath  = "/butterfly/v1/call"
	helloPath = "/butterfly/v1/hello"
)

// newServer returns the server of streams. Whoever is slow loses the connection.
func (c *carrier) newServer() *http.Server {
	paths := http.NewServeMux()
	paths.HandleFunc("POST "+callPath, c.limit(c.serveCall))
	paths.HandleFunc("POST "+helloPath, c.limit(c.serveHello))
	server := &http.Server{
		Handler:           paths,
		ReadHeaderTimeout: readHeaderTime, ReadTimeout: requestTime, WriteTimeout: 2 * requestTime,
		IdleTimeout: idleTime, MaxHeaderBytes: maxHeader,
		ErrorLog:  slog.NewLogLogger(c.log.Handler(), slog.LevelDebug),
		Protocols: new(http.Protocols),
		HTTP2:     &http.HTTP2Config{MaxConcurrentStreams: maxStreams},
	}
	server.Protocols.SetHTTP1(true)
	server.Protocols.SetUnencryptedHTTP2(true)
	return server
}

// handler answers a request that opened, or returns a status and a reason to refuse it.
type handler func(w http.ResponseWriter, o *seal.Opener) (status int, reason string)

// limit lets so many requests in as there are places, and none that does not open. Until it has, a
// request waits at the door, and not for long: who has no key can crowd that, and takes no place of
// those who have.
func (c *carrier) limit(handle handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		o, status, reason := c.openRequest(w, r)
		if status == http.StatusOK {
			status, reason = http.StatusServiceUnavailable, "busy"
			if enter(c.places) {
				defer leave(c.places)
				status, reason = handle(w, o)
			}
		}
		if status != http.StatusOK {
			c.refuse(w, status, reason)
			return
		}
		c.metrics.requests.WithLabelValues("served").Inc()
	}
}

// openRequest waits at the door until a request has shown that it has the key.
func (c *carrier) openRequest(w http.ResponseWriter, r *http.Request) (*seal.Opener, int, string) {
	if !enter(c.door) {
		return nil, http.StatusServiceUnavailable, "busy"
	}
	defer leave(c.door)
	connection := http.NewResponseController(w)
	_ = connection.SetReadDeadline(time.Now().Add(openTime))
	o, err := c.keys.Load().OpenRequest(http.MaxBytesReader(w, r.Body, maxRequest))
	if err != nil {
		return nil, http.StatusForbidden, reasonOf(err)
	}
	_ = connection.SetReadDeadline(time.Now().Add(requestTime))
	return o, http.StatusOK, ""
}

func enter(places chan<- struct{}) bool {
	select {
	case places <- struct{}{}:
		return true
	default:
		return false
	}
}

func leave(places <-chan struct{}) { <-places }

func (c *carrier) refuse(w http.ResponseWriter, status int, reason string) {
	c.metrics.requests.WithLabelValues(reason).Inc()
	http.Error(w, reason, status)
}

func (c *carrier) serveCall(w http.ResponseWriter, o *seal.Opener) (status int, reason string) {
	switch {
	case o.Header().From == uint32(c.number): // a seed turned out to be this very node
		return http.StatusMisdirectedRequest, "own"
	case !c.requestsSeen.Accept(o.Header()):
		return http.StatusConflict, "replayed"
	}
	request, err := readAll(o, maxRequest)
	if err != nil {
		return http.StatusBadRequest, reasonOf(err)
	}
	c.metrics.callBytes.WithLabelValues("in").Add(float64(len(request)))
	reply, served := c.answer(node.ID(o.Header().From), request)
	if !served {
		return http.StatusNotFound, "refused"
	}
	return c.reply(w, o, reply)
}

// serveHello says who this is. All that a hello changes is where a server is looked for that is not
// known to live, so one that was here before does no harm.
func (c *carrier) serveHello(w http.ResponseWriter, o *seal.Opener) (status int, reason string) {
	said, err := readAll(o, maxHello)
	if err != nil {
		return http.StatusBadRequest, reasonOf(err)
	}
	question, err := parseHello(said)
	if err != nil {
		return http.StatusBadRequest, "form"
	}
	answer := c.greet(question)
	return c.reply(w, o, appendHello(nil, &answer))
}

// reply seals an answer, chunk by chunk as it goes out.
func (c *carrier) reply(w http.ResponseWriter, o *seal.Opener, answer []byte) (int, string) {
	c.metrics.callBytes.WithLabelValues("out").Add(float64(len(answer)))
	w.Header().Set("Content-Type", "application/octet-stream")
	sealer := o.SealResponse(w, uint32(c.number), c.boot)
	_, err := sealer.Write(answer)
	if err = errors.Join(err, sealer.Close()); err != nil {
		c.log.Debug("an answer could not be sent", "event", "answer-failed", "error", err)
	}
	return http.StatusOK, ""
}

var errTooLong = errors.New("live: longer than it may be")

// readAll reads to the end, which has to come within so many bytes.
func readAll(r io.Reader, limit int64) ([]byte, error) {
	all, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(all)) > limit {
		return nil, errTooLong
	}
	return all, err
}
