package api

import (
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"butterfly/node/live/view"
)

// nameBytes bounds the name of a service, and a target: a host name has 253 bytes at most (RFC
// 1035, section 2.3.4, without the root), a port 5.
const nameBytes = 260

// nameOf returns the origin that the path names.
func nameOf(r *http.Request) (view.Name, error) {
	name := view.Name{Service: r.PathValue("service"), Target: r.PathValue("target")}
	if err := checkName("service", name.Service); err != nil {
		return view.Name{}, err
	}
	return name, checkName("target", name.Target)
}

// checkName says what is wrong with a name from outside.
func checkName(field, name string) error {
	switch {
	case name == "":
		return badRequest(field + ": expected a name")
	case len(name) > nameBytes:
		return badRequest(fmt.Sprintf("%s: expected at most %d bytes", field, nameBytes))
	case !utf8.ValidString(name):
		return badRequest(field + ": expected UTF-8")
	case strings.ContainsFunc(name, unicode.IsControl):
		return badRequest(field + ": expected no control characters")
	}
	return nil
}

// parseQuery returns the query of a request, if it has no parameters but the known ones.
func parseQuery(r *http.Request, known ...string) (url.Values, error) {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, badRequest("query: " + err.Error())
	}
	for parameter := range query {
		if !slices.Contains(known, parameter) {
			return nil, badRequest(fmt.Sprintf("query: unknown parameter %q; expected one of: %s",
				parameter, strings.Join(known, ", ")))
		}
	}
	return query, nil
}

// serviceOf returns the service that a query asks for, empty for all.
func serviceOf(query url.Values) (string, error) {
	if !query.Has("service") {
		return "", nil
	}
	service := query.Get("service")
	return service, checkName("service", service)
}

// endpoint is a target taken apart, for formats that have host and port in fields of their own.
type endpoint struct {
	host string
	port uint16
	// numeric is whether host is an IP address.
	numeric bool
}

// parseEndpoint takes a target apart; ok is false for what is not a host and a port.
func parseEndpoint(target string) (e endpoint, ok bool) {
	colon := strings.LastIndexByte(target, ':')
	if colon < 0 {
		return endpoint{}, false
	}
	port, err := strconv.ParseUint(target[colon+1:], 10, 16)
	if err != nil || port == 0 || target[colon+1] == '+' {
		return endpoint{}, false
	}
	e = endpoint{host: target[:colon], port: uint16(port)}
	if inner, bracketed := strings.CutPrefix(e.host, "["); bracketed {
		return e.parseIPv6(inner)
	}
	address, err := netip.ParseAddr(e.host)
	e.numeric = err == nil
	return e, e.numeric && address.Is4() || !e.numeric && isHostName(e.host)
}

// parseIPv6 completes an endpoint whose host began with a bracket. A zone means something to one
// machine only.
func (e endpoint) parseIPv6(inner string) (endpoint, bool) {
	host, closed := strings.CutSuffix(inner, "]")
	address, err := netip.ParseAddr(host)
	e.host, e.numeric = host, true
	return e, closed && err == nil && address.Is6() && address.Zone() == ""
}

// isHostName reports whether a host looks like a name in the DNS, an underscore allowed.
func isHostName(host string) bool {
	strange := func(c rune) bool { return c != '.' && !isPlain(c) }
	return host != "" && host[0] != '-' && host[0] != '.' && len(host) <= 253 &&
		!strings.ContainsFunc(host, strange)
}

// isPlain reports whether a character means nothing special to anybody, wherever it stands.
func isPlain(c rune) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_'
}
