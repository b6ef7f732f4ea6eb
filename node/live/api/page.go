package api

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"butterfly/node/live/view"
)

//go:embed page/status.html
var statusHTML string

//go:embed page/status.js
var statusScript string

//go:embed page/status.css
var statusStyle string

// pageRows bounds the origins on the status page.
const pageRows = 200

// contentPolicy lets the page use what comes from the node, and nothing that is written into it.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; " +
	"connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// statusView is what the template is filled with.
type statusView struct {
	Node     view.Overview
	Members  []view.Member
	Services []view.Service
	Origins  []view.Origin
	// Service is the one that is asked for, empty for all.
	Service string
	// From and To count the origins shown, from 1; Total those there are.
	From, To, Total int
	// Previous and Next lead to other rows, empty if there are none.
	Previous, Next string
}

// statusPage shows all of the node to a person.
func (s *Server) statusPage(w http.ResponseWriter, r *http.Request) error {
	query, err := parseQuery(r, "service", "from")
	if err != nil {
		return err
	}
	service := query.Get("service") // empty for all: the form sends it so
	if service != "" {
		err = checkName("service", service)
	}
	if err != nil {
		return err
	}
	from, err := parseFrom(query.Get("from"))
	if err != nil {
		return err
	}
	shown, err := s.look(r.Context(), service)
	if err != nil {
		return err
	}
	shown.cut(from)
	var text bytes.Buffer
	if err := s.page.Execute(&text, shown); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", contentPolicy)
	w.Header().Set("Referrer-Policy", "no-referrer")
	_, _ = w.Write(text.Bytes())
	return nil
}

// parseFrom returns the row that a page begins with, from 0.
func parseFrom(value string) (int, error) {
	if value == "" {
		return 0, nil
	}
	from, err := strconv.ParseUint(value, 10, 31)
	if err != nil {
		return 0, badRequest("from: expected the number of a row")
	}
	return int(from), nil
}

// look asks the node for all that the page shows.
func (s *Server) look(ctx context.Context, service string) (*statusView, error) {
	node, err := s.source.Overview(ctx)
	shown := &statusView{Node: node, Service: service}
	if err == nil {
		shown.Members, err = s.source.Members(ctx)
	}
	if err == nil {
		shown.Services, err = s.source.Services(ctx)
	}
	if err == nil {
		shown.Origins, err = s.source.Origins(ctx, service)
	}
	if errors.Is(err, view.ErrUnknown) {
		err = nil // a table without rows says it
	}
	return shown, err
}

// cut leaves the rows of one page, of all origins with the bad ones first.
func (v *statusView) cut(from int) {
	slices.SortStableFunc(v.Origins, func(a, b view.Origin) int { return concern(a) - concern(b) })
	v.Total = len(v.Origins)
	from = min(from, v.Total)
	to := min(from+pageRows, v.Total)
	if from > 0 {
		v.Previous = v.link(max(0, from-pageRows))
	}
	if to < v.Total {
		v.Next = v.link(to)
	}
	v.From, v.To, v.Origins = min(from+1, v.Total), to, v.Origins[from:to]
}

func (v *statusView) link(from int) string {
	query := url.Values{"from": {strconv.Itoa(from)}}
	if v.Service != "" {
		query.Set("service", v.Service)
	}
	return "/?" + query.Encode()
}

// concern orders origins by how much they are of interest, the most first.
func concern(o view.Origin) int {
	switch {
	case o.Status == "unhealthy":
		return 0
	case o.Status != "healthy":
		return 1
	case !o.Routed:
		return 2
	}
	return 3
}

func parsePage() *template.Template {
	return template.Must(template.New("status").Funcs(template.FuncMap{
		"ago": ago, "shape": shapeOfState, "kind": kindOfState, "detail": detailLink, "stamp": stamp,
		"served": served,
	}).Parse(statusHTML))
}

// ago says in one or two units how long before now something was.
func ago(now, then time.Time) string {
	if then.IsZero() {
		return "never"
	}
	span := max(0, now.Sub(then))
	switch {
	case span < time.Minute:
		return fmt.Sprintf("%d s", span/time.Second)
	case span < time.Hour:
		return fmt.Sprintf("%d min %d s", span/time.Minute, span%time.Minute/time.Second)
	case span < 24*time.Hour:
		return fmt.Sprintf("%d h %d min", span/time.Hour, span%time.Hour/time.Minute)
	}
	return fmt.Sprintf("%d d %d h", span/(24*time.Hour), span%(24*time.Hour)/time.Hour)
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// shapeOfState returns the mark of a state, told from the others by its form.
func shapeOfState(state string) string {
	switch state {
	case "healthy", "alive":
		return "●"
	case "unhealthy", "dead":
		return "▲"
	case "suspect":
		return "◆"
	}
	return "○"
}

// kindOfState returns the class of a state, for its colour.
func kindOfState(state string) string {
	switch state {
	case "healthy", "alive":
		return "good"
	case "unhealthy", "dead":
		return "bad"
	case "suspect":
		return "warn"
	}
	return "none"
}

// served says whether an origin gets requests, and what is remarkable about that.
func served(o view.Origin) string {
	switch {
	case o.Routed && o.Status == "unhealthy":
		return "yes, though unhealthy"
	case o.Routed:
		return "yes"
	case o.Weight == 0:
		return "no, drained"
	case o.Status == "healthy":
		return "not yet again"
	}
	return "no"
}

// detailLink returns the path of an origin. PathEscape leaves dots, which a browser would resolve.
func detailLink(o view.Origin) string {
	segment := func(name string) string {
		escaped := url.PathEscape(name)
		if strings.Trim(escaped, ".") == "" {
			escaped = strings.ReplaceAll(escaped, ".", "%2E")
		}
		return escaped
	}
	return "/v1/origins/" + segment(o.Service) + "/" + segment(o.Target)
}
