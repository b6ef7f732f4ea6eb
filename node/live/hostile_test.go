package live_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"butterfly/node/live"
	"butterfly/node/live/seal"
)

// Nodes with another key, another label or no key at all do not get in, and cannot be got into.
func TestStrangersStayOutside(t *testing.T) {
	t.Parallel()
	for name, ring := range map[string]*seal.Keyring{
		"another key":   keyring(t, "test", 2),
		"no key":        keyring(t, "test", 0),
		"another label": keyring(t, "other", 1),
	} {
		t.Run(name, func(t *testing.T) {
			registry := prometheus.NewRegistry()
			c := quick(t, "inside")
			c.Registerer = registry
			inside := start(t, c)
			before, err := inside.Map(context.Background())
			require.NoError(t, err)

			stranger := quick(t, "stranger", inside.Address().String())
			stranger.Keyring, stranger.JoinTime = ring, 100*time.Millisecond
			outside := start(t, stranger)
			reason := map[string]string{"another label": "label"}[name]
			if reason == "" {
				reason = "key"
			}
			require.Eventually(t, func() bool {
				return counted(t, registry, "butterfly_requests_total", reason) >= 2
			}, patience, 10*time.Millisecond)
			for _, n := range []*live.Node{inside, outside} {
				require.Equal(t, 1, overview(n).Members)
			}
			after, err := inside.Map(context.Background())
			require.NoError(t, err)
			require.Equal(t, before, after)
		})
	}
}

// What is no sealed datagram, or one that is too large, or was here before, is counted by reason,
// and nothing else comes of it.
func TestWhatIsNoDatagramOfOursIsCounted(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	c := quick(t, "a")
	c.Registerer = registry
	n := start(t, c)
	socket, err := net.Dial("udp", n.Address().String())
	require.NoError(t, err)
	defer socket.Close()
	// A ping of a server that does not exist, in a message that does not parse.
	sealed := keyring(t, "test", 1).Seal(nil, []byte("no message"), 7, 1, 1)
	damaged := bytes.Clone(sealed)
	damaged[len(damaged)-1] ^= 1
	for _, datagram := range [][]byte{
		[]byte("garbage"), make([]byte, 9000), sealed, sealed, damaged,
		keyring(t, "test", 2).Seal(nil, nil, 7, 1, 1),
		keyring(t, "other", 1).Seal(nil, nil, 7, 1, 1),
	} {
		_, err := socket.Write(datagram)
		require.NoError(t, err)
	}
	for reason, want := range map[string]int{
		"form": 1, "oversized": 1, "message": 1, "replayed": 1, "forged": 1, "key": 1, "label": 1,
	} {
		require.Eventually(t, func() bool {
			return counted(t, registry, "butterfly_datagrams_dropped_total", reason) == want
		}, patience, 10*time.Millisecond, reason)
	}
	require.Equal(t, 1, overview(n).Members)
}

// Streams are as closed, by either version of HTTP: what is no sealed request is refused, and so is
// one that was here before, even if it says what it should.
func TestWhatIsNoRequestOfOursIsRefused(t *testing.T) {
	t.Parallel()
	n := start(t, quick(t, "a"))
	ring := keyring(t, "test", 1)
	var sealed bytes.Buffer
	s := ring.SealRequest(&sealed, 7, 1, 1)
	_, err := s.Write([]byte("no message"))
	require.NoError(t, err)
	require.NoError(t, s.Close())
	second := &http.Transport{Protocols: new(http.Protocols)}
	second.Protocols.SetUnencryptedHTTP2(true)
	for i, transport := range []*http.Transport{{}, second} {
		defer transport.CloseIdleConnections()
		post := func(path string, body []byte) (status, version int) {
			url := fmt.Sprintf("http://%s/butterfly/v1/%s", n.Address(), path)
			client := &http.Client{Transport: transport}
			response, err := client.Post(url, "", bytes.NewReader(body))
			require.NoError(t, err)
			defer response.Body.Close()
			_, err = io.Copy(io.Discard, response.Body)
			require.NoError(t, err)
			return response.StatusCode, response.ProtoMajor
		}
		for _, path := range []string{"call", "hello"} {
			status, version := post(path, []byte("garbage"))
			require.Equal(t, http.StatusForbidden, status)
			require.Equal(t, i+1, version)
		}
		status, _ := post("hello", sealed.Bytes())
		require.Equal(t, http.StatusBadRequest, status)
		status, _ = post("call", sealed.Bytes())
		require.Equal(t, []int{http.StatusNotFound, http.StatusConflict}[i], status)
		status, _ = post("else", nil)
		require.Equal(t, http.StatusNotFound, status)
	}
}

// Whoever takes too long to say what he wants loses the connection.
func TestWhoIsSlowLosesTheConnection(t *testing.T) {
	t.Parallel()
	n := start(t, quick(t, "a"))
	connection, err := net.Dial("tcp", n.Address().String())
	require.NoError(t, err)
	defer connection.Close()
	_, err = connection.Write([]byte("POST /butterfly/v1/call HTTP/1.1\r\nHost: a\r\nX-Slow: "))
	require.NoError(t, err)
	require.NoError(t, connection.SetReadDeadline(time.Now().Add(patience)))
	_, err = io.Copy(io.Discard, connection)
	require.NoError(t, err, "the end of the connection, and not of the patience")
}

// A cluster goes from one key to the next without anybody falling out: the steps of package seal.
func TestKeysAreRotatedWithoutAPause(t *testing.T) {
	t.Parallel()
	targets, _ := listenAll(t, 3)
	nodes := startAll(t, 3, file(targets...))
	eventually(t, nodes, "all members", sees(3))
	watch := nodes[0].Subscribe(1000)
	defer watch.Close()
	first, second := make([]byte, seal.KeyBytes), make([]byte, seal.KeyBytes)
	first[0], second[0] = 1, 2
	for _, keys := range [][][]byte{{first, second}, {second, first}, {second}} {
		for _, n := range nodes {
			ring, err := seal.NewKeyring("test", keys)
			require.NoError(t, err)
			n.Rekey(ring)
			time.Sleep(100 * time.Millisecond) // they are not reloaded all at once
		}
	}
	c := quick(t, "new", nodes[0].Address().String())
	c.Keyring = keyring(t, "test", 2)
	eventually(t, append(nodes, start(t, c)), "who has the new key is in", sees(4))
	events, _ := watch.Take()
	for _, e := range events {
		require.NotEqual(t, "member-dead", e.Kind)
	}
}
