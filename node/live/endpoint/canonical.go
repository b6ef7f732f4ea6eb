package endpoint

import (
	"net"
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

// OfTCP is the address of a listener of TCP, or of either end of a connection; an IPv4 address mapped
// into IPv6 is the IPv4 address. It panics if a is of another network.
func OfTCP(a net.Addr) netip.AddrPort {
	address := a.(*net.TCPAddr).AddrPort()
	return netip.AddrPortFrom(address.Addr().Unmap(), address.Port())
}
