package names

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// MaxTargetBytes is how long a target may be.
const MaxTargetBytes = 255

// ValidateTarget says what is wrong with a target, or the address of a server; nil if nothing is.
// It is "host:port": a port from 1 to 65535 at a name, or at an IP address in its usual form, which
// of IPv6 stands in brackets and has no zone. Each has one way of being written but for the case of
// names, so equal targets are equal text.
func ValidateTarget(target string) error {
	colon := strings.LastIndexByte(target, ':')
	switch {
	case len(target) > MaxTargetBytes:
		return fmt.Errorf("names: target has %d B, expected at most %d", len(target), MaxTargetBytes)
	case colon < 0:
		return fmt.Errorf("names: target %q has no port, expected host:port", target)
	case !isPort(target[colon+1:]):
		return fmt.Errorf("names: target %q has port %q, expected 1 to 65535", target, target[colon+1:])
	}
	if err := validateHost(target[:colon]); err != nil {
		return fmt.Errorf("names: target %q: %w", target, err)
	}
	return nil
}

func isPort(text string) bool {
	port, err := strconv.ParseUint(text, 10, 16)
	return err == nil && port > 0 && text == strconv.FormatUint(port, 10)
}

func validateHost(host string) error {
	if inner, opened := strings.CutPrefix(host, "["); opened {
		inner, closed := strings.CutSuffix(inner, "]")
		address, err := netip.ParseAddr(inner)
		if !closed || err != nil || !address.Is6() || address.Zone() != "" {
			return fmt.Errorf("host is %s, expected an IPv6 address without a zone in brackets", host)
		}
		if address.String() != inner {
			return fmt.Errorf("host is %s, expected it to be written [%v]", host, address)
		}
		return nil
	}
	if address, err := netip.ParseAddr(host); err == nil && address.Is4() {
		return nil
	}
	return validateHostName(host)
}

// validateHostName demands labels of letters, digits, hyphens and underscores. The last of them is
// no number: such a name looks like an IPv4 address, and programs do not agree on which.
func validateHostName(host string) error {
	last := ""
	for label := range strings.SplitSeq(host, ".") {
		if !isLabel(label) {
			return fmt.Errorf("host is %q, expected a name or an IP address, of IPv6 in brackets", host)
		}
		last = label
	}
	if strings.IndexFunc(last, func(c rune) bool { return !digit(byte(c)) }) < 0 {
		return fmt.Errorf("host is %q, expected a name that does not end in a number", host)
	}
	return nil
}

func isLabel(label string) bool {
	for i := range len(label) {
		if c := label[i]; !alphanumeric(c) && c != '_' && c != '-' {
			return false
		}
	}
	return 1 <= len(label) && len(label) <= MaxNameBytes && label[0] != '-'
}
