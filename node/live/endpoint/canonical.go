package endpoint

import (
	"net/netip"
	"strings"
)

// Canonical returns the one form of "host:port", as [Parse] demands it, with names in lower case. An
// IPv4 address mapped into IPv6 is the IPv4 address. The error is that of Parse.
func Canonical(text string) (canonical string, err error) {
	canonical = strings.ToLower(text)
	if address, err := netip.ParseAddrPort(text); err == nil {
		canonical = netip.AddrPortFrom(address.Addr().Unmap(), address.Port()).String()
	}
	if _, err := Parse(canonical); err != nil {
		return "", err
	}
	return canonical, nil
}
