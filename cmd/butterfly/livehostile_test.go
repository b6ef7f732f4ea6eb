//go:build unix

package main

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node/live/seal"
)

// newSealedCluster is two nodes with a key, kept in the file "keys".
func newSealedCluster(t *testing.T, origins ...*standInOrigin) *liveCluster {
	c := newCluster(t, 0, origins...)
	c.write("keys", seal.NewKey()+"\n")
	c.add("-key-file", "keys")
	c.add("-key-file", "keys")
	for _, n := range c.nodes {
		n.awaitMembers("n0", "n1")
	}
	return c
}

// "wrong key, wrong label": who has the other one is told so, learns nothing, and is no member.
func TestProcessesWithAnotherKeyOrLabelStayOutside(t *testing.T) {
	t.Parallel()
	origins := newOrigins(t, 2)
	c := newSealedCluster(t, origins...)
	c.write("other-keys", seal.NewKey()+"\n")
	var strangers []*process
	for name, flags := range map[string][]string{
		"another-key":   {"-key-file", "other-keys"},
		"no-key":        nil,
		"another-label": {"-key-file", "keys", "-label", "other"},
	} {
		outside := c.process(name, flags...)
		strangers = append(strangers, outside)
		outside.launch()
	}
	for reason, least := range map[string]float64{"key": 4, "label": 2} {
		within(t, patience, func() error {
			refused := c.nodes[0].metric(fmt.Sprintf("butterfly_requests_total{outcome=%q}", reason))
			if refused < least {
				return fmt.Errorf("%v refusals for the %s", refused, reason)
			}
			return nil
		})
	}
	for _, outside := range strangers {
		outside.greet()
		outside.awaitMembers(outside.name)
		require.Contains(t, outside.log(), `"event":"seed-`)
	}
	for _, n := range c.nodes {
		n.awaitMembers("n0", "n1")
		require.Len(t, n.members(), 2)
	}
}

// "garbage and oversized packets": whatever arrives that no server has sent is counted and dropped,
// and the nodes go on with each other and with their origins.
func TestProcessesBearGarbage(t *testing.T) {
	t.Parallel()
	origins := newOrigins(t, 2)
	c := newSealedCluster(t, origins...)
	n := c.nodes[0]
	luck := rand.New(rand.NewPCG(1, 2))
	socket, err := net.Dial("udp", n.servers)
	require.NoError(t, err)
	defer func() { _ = socket.Close() }()
	const oversized = 60000
	for range 50 {
		_, _ = socket.Write(garbage(luck, luck.IntN(1400)))
		_, _ = socket.Write(garbage(luck, oversized))
		time.Sleep(time.Millisecond) // so that the system's own buffer does not overflow
	}
	for _, address := range []string{n.servers, n.api} {
		for range 20 {
			shout(t, address, garbage(luck, luck.IntN(100_000)))
		}
	}
	for _, path := range []string{"call", "hello"} {
		for _, size := range []int{0, 1, 100, 100_000} {
			status := post(n.servers, "/butterfly/v1/"+path, garbage(luck, size))
			require.Equal(t, http.StatusForbidden, status, "%d bytes to %s", size, path)
		}
	}
	for _, reason := range []string{"form", "oversized"} {
		within(t, patience, func() error {
			line := fmt.Sprintf("butterfly_datagrams_dropped_total{reason=%q}", reason)
			if dropped := n.metric(line); dropped < 25 { // of 50, for the system may drop some
				return fmt.Errorf("dropped %v for their %s", dropped, reason)
			}
			return nil
		})
	}
	for _, n := range c.nodes {
		n.awaitMembers("n0", "n1")
	}
	awaitHealthy(c.nodes, origins)
	require.NotContains(t, n.log()+c.nodes[1].log(), `"event":"member-dead"`)
}

func garbage(luck *rand.Rand, size int) []byte {
	all := make([]byte, size)
	for i := range all {
		all[i] = byte(luck.Uint32())
	}
	return all
}

// shout sends bytes by TCP, and reads what is said to them, if anything.
func shout(t *testing.T, address string, what []byte) {
	connection, err := net.Dial("tcp", address)
	require.NoError(t, err)
	defer func() { _ = connection.Close() }()
	require.NoError(t, connection.SetDeadline(time.Now().Add(patience)))
	_, _ = connection.Write(what) // it may be cut off in the middle
	_ = connection.(*net.TCPConn).CloseWrite()
	_, _ = io.Copy(io.Discard, connection)
}

// post returns the status of an answer, 0 for none.
func post(address, path string, body []byte) (status int) {
	response, err := client.Post("http://"+address+path, "", bytes.NewReader(body))
	if err != nil {
		return 0
	}
	defer func() { _ = response.Body.Close() }()
	return response.StatusCode
}

// "slow-loris on the API", and on the port of streams: hundreds that send heads and bodies by the
// byte, and come again whenever they are cut off, keep neither the API from answering nor the
// servers from telling each other what is new.
func TestProcessesBearSlowLoris(t *testing.T) {
	t.Parallel()
	origins := newOrigins(t, 2)
	c := newSealedCluster(t, origins...)
	n := c.nodes[0]
	var all sync.WaitGroup
	stop, cut := make(chan struct{}), make(chan struct{}, 1)
	defer all.Wait()
	defer close(stop)
	for _, head := range []string{
		"POST /butterfly/v1/call HTTP/1.1\r\nHost: a\r\nX-Slow: ",
		"POST /butterfly/v1/call HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n",
	} {
		for _, address := range []string{n.servers, n.api} {
			for range 100 {
				all.Go(func() { drip(address, head, stop, cut) })
			}
		}
	}
	time.Sleep(time.Second) // until all of them are at it
	for i := range 3 {
		target := fmt.Sprintf("127.0.0.1:%d", 1+i)
		from, to := c.nodes[i%2], c.nodes[(i+1)%2]
		within(t, patience, func() error {
			if status := from.put("/v1/origins/shop/" + target); status != http.StatusOK {
				return fmt.Errorf("%s answers %d", from.name, status)
			}
			return nil
		})
		to.await("/v1/origins", target)
		n.await("/health", `"status":"ok"`)
	}
	select {
	case <-cut:
	case <-time.After(patience):
		require.FailNow(t, "nobody was cut off")
	}
	for _, n := range c.nodes {
		n.awaitMembers("n0", "n1")
		require.NotContains(t, n.log(), `"event":"member-dead"`)
		require.Zero(t, n.metric(`butterfly_requests_total{outcome="busy"}`))
	}
}

// drip sends a byte now and then after the head, and begins anew when it is cut off, until it is
// told to stop.
func drip(address, head string, stop <-chan struct{}, cut chan<- struct{}) {
	var connection net.Conn
	defer func() {
		if connection != nil {
			_ = connection.Close()
		}
	}()
	for {
		next := "a"
		if connection == nil {
			next = head
			connection, _ = net.Dial("tcp", address)
		}
		if connection != nil {
			if _, err := io.WriteString(connection, next); err != nil {
				_ = connection.Close()
				connection = nil
				select {
				case cut <- struct{}{}:
				default:
				}
			}
		}
		select {
		case <-stop:
			return
		case <-time.After(500 * time.Millisecond):
		}
	}
}
