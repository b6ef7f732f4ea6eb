package endpoint

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

const (
	// MaxBytes is how long an endpoint may be as text.
	MaxBytes = 255
	// maxLabelBytes is how long a label of a name may be (RFC 1035, section 2.3.4).
	maxLabelBytes = 63
)

// Endpoint is one taken apart.
type Endpoint struct {
	// Host is a name or an IP address, of IPv6 without the brackets.
	Host string
	// Port is 1 to 65535.
	Port uint16
	// Address is what Host is if it is an IP address, and not valid if it is a name.
	Address netip.Addr
}

// Parse takes "host:port" apart, which is in the form of the package documentation. The error says
// what is wrong with it as a target.
func Parse(text string) (Endpoint, error) {
	colon := strings.LastIndexByte(text, ':')
	switch {
	case len(text) > MaxBytes:
		return Endpoint{}, fmt.Errorf("target has %d B, expected at most %d", len(text), MaxBytes)
	case colon < 0:
		return Endpoint{}, fmt.Errorf("target %q has no port, expected host:port", text)
	}
	port, ok := parsePort(text[colon+1:])
	if !ok {
		return Endpoint{}, fmt.Errorf("target %q has port %q, expected 1 to 65535", text, text[colon+1:])
	}
	e, err := parseHost(text[:colon])
	if err != nil {
		return Endpoint{}, fmt.Errorf("target %q: %w", text, err)
	}
	e.Port = port
	return e, nil
}

func parsePort(text string) (port uint16, ok bool) {
	n, err := strconv.ParseUint(text, 10, 16)
	return uint16(n), err == nil && n > 0 && text == strconv.FormatUint(n, 10)
}

// parseHost returns an endpoint without a port.
func parseHost(host string) (Endpoint, error) {
	if inner, opened := strings.CutPrefix(host, "["); opened {
		inner, closed := strings.CutSuffix(inner, "]")
		address, err := netip.ParseAddr(inner)
		if !closed || err != nil || !address.Is6() || address.Zone() != "" {
			return Endpoint{}, fmt.Errorf(
				"host is %s, expected an IPv6 address without a zone in brackets", host)
		}
		if address.String() != inner {
			return Endpoint{}, fmt.Errorf("host is %s, expected it to be written [%v]", host, address)
		}
		return Endpoint{Host: inner, Address: address}, nil
	}
	if address, err := netip.ParseAddr(host); err == nil && address.Is4() {
		return Endpoint{Host: host, Address: address}, nil
	}
	return Endpoint{Host: host}, validateName(host)
}

// validateName demands labels of letters, digits, hyphens and underscores. The last of them is no
// number: such a name looks like an IPv4 address, and programs do not agree on which.
func validateName(host string) error {
	last := ""
	for label := range strings.SplitSeq(host, ".") {
		if !isLabel(label) {
			return fmt.Errorf("host is %q, expected a name or an IP address, of IPv6 in brackets", host)
		}
		last = label
	}
	if strings.IndexFunc(last, func(c rune) bool { return !isDigit(byte(c)) }) < 0 {
		return fmt.Errorf("host is %q, expected a name that does not end in a number", host)
	}
	return nil
}

func isLabel(label string) bool {
	for i := range len(label) {
		if c := label[i]; !isDigit(c) && !isLetter(c) && c != '_' && c != '-' {
			return false
		}
	}
	return 1 <= len(label) && len(label) <= maxLabelBytes && label[0] != '-'
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
