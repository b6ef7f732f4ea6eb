package api

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
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
