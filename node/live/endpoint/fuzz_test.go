package endpoint

import (
	"net"
	"net/netip"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What comes out can be put together again, and "has no character in it that load balancers, shells,
// paths or URLs give a meaning to" (package documentation).
func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"192.0.2.1:80", "[2001:db8::1]:443", "a.example:25", "[::1%1]:1", "a;b:1", ":",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, err := Parse(text)
		if err != nil {
			return
		}
		require.NotZero(t, e.Port)
		require.False(t, strings.ContainsAny(e.Host, " ;{}$\"'\\#/\r\n\t[]"))
		require.Equal(t, text, net.JoinHostPort(e.Host, strconv.Itoa(int(e.Port))))
		_, err = netip.ParseAddr(e.Host)
		require.Equal(t, e.Address.IsValid(), err == nil)
	})
}

// "What people write is brought into that form" (package documentation), in which it stays.
func FuzzCanonical(f *testing.F) {
	for _, text := range []string{"a:1", "[::1]:80", "10.0.0.1:080", "[::FFFF:1.2.3.4]:1", "[fe80::1%a]:1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		canonical, err := Canonical(text)
		if err != nil {
			return
		}
		again, err := Canonical(canonical)
		require.NoError(t, err)
		require.Equal(t, canonical, again)
	})
}
