package spec

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
)

// MaxTargetBytes is how long a target may be.
const MaxTargetBytes = 255

// ParseTarget returns the one form of a target, "host:port": the host a DNS name in lower case, an
// IPv4 address, or an IPv6 address in brackets and in its shortest form (RFC 5952); the port 1 to
// 65535. An IPv4 address mapped into IPv6 is the IPv4 address. A name ends without a dot, and not in
// a number (RFC 3696, section 2), so that it cannot be taken for an address.
func ParseTarget(text string) (target string, err error) {
	host, port, err := splitTarget(text)
	if err != nil {
		return "", err
	}
	if _, ok := atoi(port, 1, 65535); !ok {
		return "", fmt.Errorf("the port is %s, expected 1 to 65535", quoted(port))
	}
	if host, err = parseHost(host); err != nil {
		return "", err
	}
	if target = host + ":" + port; len(target) > MaxTargetBytes {
		return "", fmt.Errorf("%d bytes, expected at most %d", len(target), MaxTargetBytes)
	}
	return target, nil
}

// splitTarget leaves the brackets of the host where they are.
func splitTarget(text string) (host, port string, err error) {
	end := strings.LastIndexByte(text, ':')
	if end < 0 || end < strings.LastIndexByte(text, ']') {
		return "", "", errors.New("no port")
	}
	host, port = text[:end], text[end+1:]
	if strings.Contains(host, ":") && !strings.HasPrefix(host, "[") {
		return "", "", errors.New("more than one colon, an IPv6 address stands in brackets")
	}
	return host, port, nil
}

func parseHost(host string) (string, error) {
	if inner, opened := strings.CutPrefix(host, "["); opened {
		return parseIPv6(inner)
	}
	labels := strings.Split(host, ".")
	if endsInNumber(labels) {
		address, err := netip.ParseAddr(host)
		if err != nil {
			return "", fmt.Errorf("%s is no IPv4 address, and no name ends in a number", quoted(host))
		}
		return address.String(), nil
	}
	for _, label := range labels {
		if !isLabel(label) {
			return "", fmt.Errorf("%s is no part of a host name, expected 1 to 63 of a-z, 0-9, - and _, "+
				"the first and the last no -", quoted(label))
		}
	}
	return strings.ToLower(host), nil
}

// parseIPv6 reads what stands after the bracket that opens.
func parseIPv6(text string) (host string, err error) {
	inner, closed := strings.CutSuffix(text, "]")
	address, err := netip.ParseAddr(inner)
	switch {
	case !closed || err != nil || !address.Is6() || address.Zone() != "":
		return "", fmt.Errorf("%s is no IPv6 address in brackets without a zone", quoted("["+text))
	case address.Is4In6():
		return address.Unmap().String(), nil
	}
	return "[" + address.String() + "]", nil
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func endsInNumber(labels []string) bool {
	last := labels[len(labels)-1]
	return last != "" && !strings.ContainsFunc(last, func(c rune) bool { return c < '0' || c > '9' })
}

// isLabel reports whether a text may be between the dots of a host name (RFC 1123, section 2.1), or
// is one with the underscores that many networks have.
func isLabel(text string) bool {
	strange := func(c rune) bool {
		return c > '~' || !isLetter(byte(c)) && !isDigit(byte(c)) && c != '-' && c != '_'
	}
	return text != "" && len(text) <= 63 && !strings.ContainsFunc(text, strange) &&
		text[0] != '-' && text[len(text)-1] != '-'
}
