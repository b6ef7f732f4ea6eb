package api

import (
	"context"
	"crypto/sha256"
	"html/template"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"butterfly/node/live/view"
)

// Config is what the API of a node is made of.
type Config struct {
	// Source is the node.
	Source view.Source
	// Gatherer has the metrics to show; nil for no /metrics.
	Gatherer prometheus.Gatherer
	// Logger is told of writes and of trouble; nil for nobody.
	Logger *slog.Logger
	// Token is what writers have to show as "Authorization: Bearer TOKEN"; empty for none.
	Token string
	// Names are the host names that requests may be for, besides IP addresses and localhost.
	Names []string
	// AnyName has what changes nothing answered whatever host name it is for: to be set only where
	// no browser of somebody who visits another site's pages reaches the listener.
	AnyName bool
	// Pprof is whether to serve profiles.
	Pprof  bool
	Limits Limits
}

// Limits bound what clients can ask for. Zero or less takes the default.
type Limits struct {
	// Watchers bounds how many may watch or wait in blocking queries at once: 1,000.
	Watchers int
	// Connections bounds how many may be open at once, of each listener: 4,096.
	Connections int
	// BodyBytes bounds the body of a request: 65,536.
	BodyBytes int
	// WritesPerSecond bounds the registrations and removals of all clients together, on average over
	// a second: 100.
	WritesPerSecond int
}

const (
	defaultWatchers        = 1000
	defaultConnections     = 4096
	defaultBodyBytes       = 64 << 10
	defaultWritesPerSecond = 100

	// journalEntries is how many events a watcher may be behind.
	journalEntries = 4096
	// subscriptionEvents is how many may happen while the journal is busy.
	subscriptionEvents = 4096
	// sourceTimeout bounds how long a request waits for the node.
	sourceTimeout = 10 * time.Second
	// bodyTimeout bounds how long a client may take to send a body.
	bodyTimeout = 5 * time.Second
)

// Server answers the requests. It is safe for use by many goroutines.
type Server struct {
	source   view.Source
	gatherer prometheus.Gatherer
	logger   *slog.Logger
	limits   Limits
	pprof    bool
	names    []string
	anyName  bool

	guarded bool // there is a token
	token   [sha256.Size]byte

	journal  *journal
	watchers chan struct{} // holds a value for each watcher
	writes   *pace
	ready    atomic.Bool // the node was ready once
	page     *template.Template
	routes   *http.ServeMux

	closing chan struct{}
	close   func()
}

// New returns a server of the node's API. It follows the node's events until closed.
func New(c Config) *Server {
	limits := c.Limits.orDefaults()
	s := &Server{
		source: c.Source, gatherer: c.Gatherer, logger: c.Logger, limits: limits, pprof: c.Pprof,
		names: c.Names, anyName: c.AnyName,
		guarded: c.Token != "", token: sha256.Sum256([]byte(c.Token)),
		journal:  newJournal(journalEntries, time.Now()),
		watchers: make(chan struct{}, limits.Watchers),
		writes:   newPace(limits.WritesPerSecond),
		page:     parsePage(),
		closing:  make(chan struct{}),
	}
	if s.logger == nil {
		s.logger = slog.New(slog.DiscardHandler)
	}
	s.routes = s.table()
	subscription := c.Source.Subscribe(subscriptionEvents)
	s.close = sync.OnceFunc(func() { close(s.closing) })
	go s.journal.follow(subscription, s.closing)
	return s
}

// Close ends all watching. What is asked for afterwards is answered still. It may be called more
// than once.
func (s *Server) Close() { s.close() }

func (l Limits) orDefaults() Limits {
	l.Watchers = orDefault(l.Watchers, defaultWatchers)
	l.Connections = orDefault(l.Connections, defaultConnections)
	l.BodyBytes = orDefault(l.BodyBytes, defaultBodyBytes)
	l.WritesPerSecond = orDefault(l.WritesPerSecond, defaultWritesPerSecond)
	return l
}

func orDefault(value, otherwise int) int {
	if value <= 0 {
		return otherwise
	}
	return value
}

// isReady reports whether the node has joined. Once it has it never unjoins, so that is asked no
// more.
func (s *Server) isReady(ctx context.Context) (bool, error) {
	if s.ready.Load() {
		return true, nil
	}
	overview, err := s.source.Overview(ctx)
	if err != nil {
		return false, err
	}
	if overview.Ready {
		s.ready.Store(true)
	}
	return overview.Ready, nil
}
