package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"butterfly/node/live/endpoint"
	"butterfly/node/live/replace"
	"butterfly/node/live/view"
)

const (
	// edsSettle is how long changes are collected before files are written.
	edsSettle = 50 * time.Millisecond
	// edsRetry is how often the files are looked at when nothing seems to happen.
	edsRetry = 5 * time.Second
	// fileNameBytes bounds the name of a file, with room for what a temporary one has in addition.
	fileNameBytes = 200
)

// WriteEDS keeps a file SERVICE.json for each service in a folder, for Envoy to subscribe to by
// path_config_source, until ctx is done or the server is closed. The error is one of the folder at
// the start; later ones go to the log and are tried again.
//
// A file is replaced by renaming another onto it, since Envoy watches for moves only. What would
// not be plain in the name of a file is percent-encoded. When a service is gone its file has no
// endpoints any more; files that are there from earlier are left alone until their service is
// known.
func (s *Server) WriteEDS(ctx context.Context, folder string) error {
	info, err := os.Stat(folder)
	if err == nil && !info.IsDir() {
		err = fmt.Errorf("%s is not a folder", folder)
	}
	if err != nil {
		return fmt.Errorf("EDS files: %w", err)
	}
	files := edsFiles{folder: folder, written: map[string][]byte{}}
	for {
		_, news := s.journal.lastChange("")
		if err := s.updateEDS(ctx, &files); err != nil && ctx.Err() == nil {
			s.logger.Warn("the files for Envoy are not up to date", slog.String("event", "eds-not-written"),
				slog.Any("error", err))
		}
		if !s.awaitNews(ctx, news) {
			return nil
		}
	}
}

// awaitNews waits until something has happened and some time for more to happen, or for a while if
// nothing does. It returns false when there is nothing to wait for any more.
func (s *Server) awaitNews(ctx context.Context, news <-chan struct{}) bool {
	for _, pause := range []time.Duration{edsRetry, edsSettle} {
		over := time.NewTimer(pause)
		defer over.Stop()
		select {
		case <-ctx.Done():
			return false
		case <-s.closing:
			return false
		case <-news:
			news = nil // for the second pause, which is to be waited out
		case <-over.C:
			return true
		}
	}
	return true
}

// updateEDS writes what has changed. A node that has not joined yet knows less than the files.
func (s *Server) updateEDS(ctx context.Context, files *edsFiles) error {
	ctx, cancel := context.WithTimeout(ctx, sourceTimeout)
	defer cancel()
	if ready, err := s.isReady(ctx); err != nil || !ready {
		return err
	}
	origins, err := s.source.Origins(ctx, "")
	if err != nil {
		return err
	}
	s.warnOfNames(files, origins)
	return files.update(origins)
}

// warnOfNames says in the log how many origins Envoy is not told of, when that has changed.
func (s *Server) warnOfNames(files *edsFiles, origins []view.Origin) {
	leftOut := 0
	for _, o := range origins {
		if at, err := endpoint.Parse(o.Target); err != nil || !at.Address.IsValid() {
			leftOut++
		}
	}
	if leftOut > 0 && leftOut != files.leftOut {
		s.logger.Warn("origins that are not an IP address and a port are left out of the files for Envoy",
			slog.String("event", "eds-origins-left-out"), slog.Int("origins", leftOut))
	}
	files.leftOut = leftOut
}

// edsFiles are the files in a folder.
type edsFiles struct {
	folder  string
	written map[string][]byte // by service
	leftOut int               // origins that the files cannot have
}

// update writes the files of the services that have changed, as many as it can, and returns the
// first error.
func (f *edsFiles) update(origins []view.Origin) error {
	var failed error
	note := func(err error) {
		if failed == nil {
			failed = err
		}
	}
	assignments := assign(origins)
	for _, a := range assignments {
		note(f.write(a))
	}
	for service := range f.written {
		here := func(a assignment) bool { return a.ClusterName == service }
		if !slices.ContainsFunc(assignments, here) {
			note(f.write(assignService(service, nil)))
		}
	}
	return failed
}

// write writes the file of one service, if it is not what is there already.
func (f *edsFiles) write(a assignment) error {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(discover([]assignment{a})); err != nil {
		return err
	}
	if bytes.Equal(text.Bytes(), f.written[a.ClusterName]) {
		return nil
	}
	name := fileName(a.ClusterName)
	if len(name) > fileNameBytes {
		return fmt.Errorf("the name of service %.20q... is too long for a file", a.ClusterName)
	}
	if err := replace.Write(filepath.Join(f.folder, name+".json"), 0o644, text.Bytes()); err != nil {
		return err
	}
	f.written[a.ClusterName] = text.Bytes()
	return nil
}

// fileName returns a service's name as one that means nothing special to a file system.
func fileName(service string) string {
	var name strings.Builder
	for i := range len(service) {
		if c := service[i]; isPlain(rune(c)) || c == '.' && i > 0 {
			name.WriteByte(c)
		} else {
			fmt.Fprintf(&name, "%%%02X", c)
		}
	}
	return name.String()
}

// isPlain reports whether a character means nothing special to anybody, wherever it stands.
func isPlain(c rune) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_'
}
