package endpoint

import (
	"net"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEndpointsHaveOneForm(t *testing.T) {
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
		canonical, err := Canonical(text)
		require.NoError(t, err)
		require.Equal(t, want, canonical)
		again, err := Canonical(canonical)
		require.NoError(t, err)
		require.Equal(t, canonical, again)
	}
}

func TestWhatHasNoForm(t *testing.T) {
	for _, text := range []string{
		"", "a", "[::1]", "::1:80", "a:b:1", "a:", "a:0", "a:+1", "a:65536", ":80", "a..b:80", "a.:80",
		"-a:80", "a b:80", "é:80", "1.2.3:80", "1.2.3.04:80", "a.5:80", "[::1:80", "[::1]]:80",
		"[1.2.3.4]:80", "[fe80::1%eth0]:80", strings.Repeat("a", 64) + ":80",
		strings.Repeat("a.", 130) + "a:80",
	} {
		_, err := Canonical(text)
		require.ErrorContains(t, err, "target", text)
	}
}

func TestAddressesOfListeners(t *testing.T) {
	for listens, want := range map[string]string{
		"::ffff:10.0.0.1": "10.0.0.1:80", "10.0.0.1": "10.0.0.1:80", "::1": "[::1]:80", "::": "[::]:80",
	} {
		require.Equal(t, want, OfTCP(&net.TCPAddr{IP: net.ParseIP(listens), Port: 80}).String())
	}
}
