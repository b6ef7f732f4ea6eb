package spec

import (
	"errors"
	"net/netip"
	"strings"

	"butterfly/node/live/names"
)

// ParseTarget returns the one form of a target, "host:port", as names.ValidateTarget demands it, with
// the names in lower case. An IPv4 address mapped into IPv6 is the IPv4 address.
func ParseTarget(text string) (target string, err error) {
	target = strings.ToLower(text)
	if address, err := netip.ParseAddrPort(text); err == nil {
		target = netip.AddrPortFrom(address.Addr().Unmap(), address.Port()).String()
	}
	if err := names.ValidateTarget(target); err != nil {
		return "", errors.New(strings.TrimPrefix(err.Error(), "names: "))
	}
	return target, nil
}
