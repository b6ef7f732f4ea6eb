package endpoint

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEndpoints(t *testing.T) {
	for good, want := range map[string]Endpoint{
		"a:1":                              {Host: "a", Port: 1},
		"10.0.0.1:80":                      ip("10.0.0.1", 80),
		"[::1]:65535":                      ip("::1", 65535),
		"[2001:db8::1]:443":                ip("2001:db8::1", 443),
		"[::ffff:10.0.0.1]:80":             ip("::ffff:10.0.0.1", 80),
		"origin-1.Example.com:8080":        {Host: "origin-1.Example.com", Port: 8080},
		"a_b.c:80":                         {Host: "a_b.c", Port: 80},
		"1.example:80":                     {Host: "1.example", Port: 80},
		strings.Repeat("a.", 125) + "aa:8": {Host: strings.Repeat("a.", 125) + "aa", Port: 8},
	} {
		got, err := Parse(good)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
}

func ip(host string, port uint16) Endpoint {
	return Endpoint{Host: host, Port: port, Address: netip.MustParseAddr(host)}
}

func TestEndpointsThatAreRefused(t *testing.T) {
	for bad, why := range map[string]string{
		"":                             `target "" has no port, expected host:port`,
		"a":                            `target "a" has no port, expected host:port`,
		"a:":                           `has port "", expected 1 to 65535`,
		"a:0":                          `has port "0", expected 1 to 65535`,
		"a:080":                        `has port "080", expected 1 to 65535`,
		"a:65536":                      `has port "65536", expected 1 to 65535`,
		"a:+1":                         `has port "+1", expected 1 to 65535`,
		":80":                          `host is "", expected a name or an IP address`,
		"a..b:80":                      `expected a name or an IP address`,
		"a.:80":                        `expected a name or an IP address`,
		"-a:80":                        `expected a name or an IP address`,
		"::1:80":                       `expected a name or an IP address, of IPv6 in brackets`,
		"a;b:80":                       `expected a name or an IP address`,
		"{a}:80":                       `expected a name or an IP address`,
		"$a:80":                        `expected a name or an IP address`,
		".a:80":                        `expected a name or an IP address`,
		"é:80":                         `expected a name or an IP address`,
		"[a]:80":                       `expected an IPv6 address without a zone in brackets`,
		"::1]:80":                      `expected a name or an IP address`,
		"a b:80":                       `expected a name or an IP address`,
		"user@a:80":                    `expected a name or an IP address`,
		"a/b:80":                       `expected a name or an IP address`,
		"10.0.0.256:80":                `expected a name that does not end in a number`,
		"010.0.0.1:80":                 `expected a name that does not end in a number`,
		"127.1:80":                     `expected a name that does not end in a number`,
		"2130706433:80":                `expected a name that does not end in a number`,
		"[::1:80":                      `host is [::1, expected an IPv6 address without a zone in brackets`,
		"[10.0.0.1]:80":                `expected an IPv6 address without a zone in brackets`,
		"[fe80::1%eth0]:80":            `expected an IPv6 address without a zone in brackets`,
		"[0::1]:80":                    `expected it to be written [::1]`,
		"[2001:DB8::1]:80":             `expected it to be written [2001:db8::1]`,
		"a:80:90":                      `expected a name or an IP address`,
		strings.Repeat("a", 64) + ":1": `expected a name or an IP address`,
		strings.Repeat("a.", 130):      `target has 260 B, expected at most 255`,
	} {
		_, err := Parse(bad)
		require.ErrorContains(t, err, why, bad)
	}
}
