package probe

import (
	"net/netip"
	"syscall"
)

// networks says which addresses may be dialled.
type networks struct{ allow, deny []netip.Prefix }

// untouchable are the networks that nobody means to probe. The package documentation says what they
// are.
var untouchable = []netip.Prefix{
	netip.MustParsePrefix("169.254.0.0/16"),
	netip.MustParsePrefix("fe80::/10"),
	netip.MustParsePrefix("169.254.169.254/32"), // so that to allow its network is not enough
	netip.MustParsePrefix("fd00:ec2::/32"),
	netip.MustParsePrefix("fd20:ce::254/128"),
	netip.MustParsePrefix("fd00:c1::a9fe:a9fe/128"),
	netip.MustParsePrefix("fd00:42::42/128"),
	netip.MustParsePrefix("100.100.100.200/32"),
	netip.MustParsePrefix("192.0.0.192/32"),
	netip.MustParsePrefix("168.63.129.16/32"),
	netip.MustParsePrefix("224.0.0.0/4"),
	netip.MustParsePrefix("ff00::/8"),
	netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("::/128"),
	netip.MustParsePrefix("255.255.255.255/32"),
}

// translated is where IPv6 hosts find IPv4 ones: RFC 6052, section 2.1.
var translated = netip.MustParsePrefix("64:ff9b::/96")

// permits reports whether an address may be dialled, whatever it is dressed as.
func (n networks) permits(a netip.Addr) bool {
	a = a.Unmap().WithZone("") // a prefix contains neither IPv4 as IPv6 nor a zone
	if translated.Contains(a) {
		bytes := a.As16()
		return n.permitsPlain(a) && n.permitsPlain(netip.AddrFrom4([4]byte(bytes[12:])))
	}
	return n.permitsPlain(a)
}

func (n networks) permitsPlain(a netip.Addr) bool {
	if narrowest(n.deny, a) >= 0 {
		return false
	}
	if needed := narrowest(untouchable, a); needed >= 0 {
		return narrowest(n.allow, a) >= needed
	}
	return len(n.allow) == 0 || narrowest(n.allow, a) >= 0
}

// narrowest returns how many bits the narrowest of the networks that contain a has, -1 if none
// does.
func narrowest(of []netip.Prefix, a netip.Addr) int {
	bits := -1
	for _, p := range of {
		if p.Contains(a) {
			bits = max(bits, p.Bits())
		}
	}
	return bits
}

// notAllowedError is why an address was not dialled.
type notAllowedError struct{ address string }

func (e *notAllowedError) Error() string { return "address " + e.address + " is not allowed" }

// check is asked about an address, "ip:port", after all names are resolved and just before it is
// connected to.
func (n networks) check(address string) error {
	parsed, err := netip.ParseAddrPort(address)
	if err != nil || !n.permits(parsed.Addr()) {
		return &notAllowedError{address}
	}
	return nil
}

// control has the form of the hook of a dialler.
func (n networks) control(_, address string, _ syscall.RawConn) error { return n.check(address) }
