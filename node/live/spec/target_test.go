package spec_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/live/spec"
)

func TestTargetsHaveOneForm(t *testing.T) {
	for text, want := range map[string]string{
		"127.0.0.1:80":           "127.0.0.1:80",
		"Shop.Example:443":       "shop.example:443",
		"a:1":                    "a:1",
		"3com.net:65535":         "3com.net:65535",
		"_srv.a-b:1":             "_srv.a-b:1",
		"[::1]:80":               "[::1]:80",
		"[2001:DB8:0:0::1]:80":   "[2001:db8::1]:80",
		"[::ffff:10.0.0.1]:8080": "10.0.0.1:8080",
	} {
		target, err := spec.ParseTarget(text)
		require.NoError(t, err)
		require.Equal(t, want, target)
		again, err := spec.ParseTarget(target)
		require.NoError(t, err)
		require.Equal(t, target, again)
	}
}

func TestTargetsThatAreNone(t *testing.T) {
	for text, why := range map[string]string{
		"":                                 "no port",
		"a":                                "no port",
		"[::1]":                            "no port",
		"::1:80":                           "stands in brackets",
		"a:b:1":                            "stands in brackets",
		"a:":                               `the port is "", expected 1 to 65535`,
		"a:0":                              `the port is "0"`,
		"a:080":                            `the port is "080"`,
		"a:+1":                             `the port is "+1"`,
		"a:65536":                          `the port is "65536"`,
		":80":                              `"" is no part of a host name`,
		"a..b:80":                          `"" is no part`,
		"a.:80":                            `"" is no part`,
		"-a:80":                            `"-a" is no part`,
		"a-:80":                            `"a-" is no part`,
		"a b:80":                           `"a b" is no part`,
		"é:80":                             `"é" is no part`,
		"1.2.3:80":                         `"1.2.3" is no IPv4 address`,
		"1.2.3.04:80":                      `"1.2.3.04" is no IPv4 address`,
		"a.5:80":                           "no name ends in a number",
		"[::1:80":                          "is no IPv6 address in brackets",
		"[::1]]:80":                        "is no IPv6 address in brackets",
		"[1.2.3.4]:80":                     "is no IPv6 address in brackets",
		"[fe80::1%eth0]:80":                "without a zone",
		strings.Repeat("a", 64) + ":80":    "is no part of a host name",
		strings.Repeat("a.", 130) + "a:80": "264 bytes, expected at most 255",
		strings.Repeat("a.", 125) + "a" + ":1" + "\x00:80": "more than one colon",
	} {
		_, err := spec.ParseTarget(text)
		require.ErrorContains(t, err, why, text)
	}
}
