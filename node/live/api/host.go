package api

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// checkHost refuses what is asked for by a name that may be another site's. A page whose name its owner
// has pointed to this machine (DNS rebinding) is of the same origin to a browser, and would be let read
// what it gets. Without any name, which old clients send none of, it is no browser that asks.
func (s *Server) checkHost(r *http.Request) error {
	if s.anyName || r.Host == "" || s.isOwnName(r.Host) {
		return nil
	}
	return refusal{http.StatusMisdirectedRequest, fmt.Sprintf(
		"%.100q is no name of this node; ask for its IP address, localhost or a name that it was told", r.Host)}
}

// isOwnName reports whether a request's Host cannot be a name under somebody else's control: it is an
// IP address, localhost, or a name that the node was told.
func (s *Server) isOwnName(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = strings.Trim(hostport, "[]")
	}
	if _, err = netip.ParseAddr(host); err == nil {
		return true
	}
	same := func(name string) bool { return strings.EqualFold(name, strings.TrimSuffix(host, ".")) }
	return same("localhost") || slices.ContainsFunc(s.names, same)
}
