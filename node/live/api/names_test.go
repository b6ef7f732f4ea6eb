package api

import (
	"net"
	"net/netip"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEndpoints(t *testing.T) {
	for target, want := range map[string]endpoint{
		"192.0.2.1:80":        {"192.0.2.1", 80, true},
		"[2001:db8::1]:65535": {"2001:db8::1", 65535, true},
		"mx.example.org:25":   {"mx.example.org", 25, false},
		"localhost:1":         {"localhost", 1, false},
		"my_host:8080":        {"my_host", 8080, false},
	} {
		e, ok := parseEndpoint(target)
		require.True(t, ok, target)
		require.Equal(t, want, e)
	}
	for _, target := range []string{
		"", ":", ":80", "a", "a:", "a:0", "a:65536", "a:-1", "a:+1", "a: 1", "a b:1", "a;b:1", "a/b:1",
		"{a}:1", "$a:1", "-a:1", ".a:1", "é:1", "2001:db8::1:80", "[::1:80", "::1]:80",
		"[192.0.2.1]:80", "[a]:80",
		"[fe80::1%eth0]:80", "[]:80", strings.Repeat("a", 254) + ":1",
	} {
		_, ok := parseEndpoint(target)
		require.False(t, ok, target)
	}
}

// What comes out can be put together again, and has nothing in it that another format could take
// for its own.
func FuzzParseEndpoint(f *testing.F) {
	for _, target := range []string{
		"192.0.2.1:80", "[2001:db8::1]:443", "a.example:25", "[::1%1]:1", "a;b:1", ":",
	} {
		f.Add(target)
	}
	f.Fuzz(func(t *testing.T, target string) {
		e, ok := parseEndpoint(target)
		if !ok {
			return
		}
		require.NotZero(t, e.port)
		require.NotContains(t, e.host, " ")
		require.False(t, strings.ContainsAny(e.host, ";{}$\"'\\#/\r\n\t[]"))
		again, ok := parseEndpoint(net.JoinHostPort(e.host, strconv.Itoa(int(e.port))))
		require.True(t, ok)
		require.Equal(t, e, again)
		_, err := netip.ParseAddr(e.host)
		require.Equal(t, e.numeric, err == nil)
	})
}
