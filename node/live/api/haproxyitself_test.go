package api

import (
	"encoding/csv"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What HAProxy makes of the answers, if there is one. Its servers are all the same listener, which
// is up for its regular checks; the agent checks tell them apart.
func TestHAProxyItself(t *testing.T) {
	haproxy, err := exec.LookPath("haproxy")
	if err != nil {
		t.Logf("No haproxy in PATH (%v): the answers are compared with its manual only.", err)
		return
	}
	s := newTestServer(t, newFakeNode())
	agent, stopAgent := serveAgentChecks(t, s)
	server, stopServer := serveHTTP(t, s, nil)
	folder := t.TempDir()
	file, socket := filepath.Join(folder, "haproxy.cfg"), filepath.Join(folder, "s")
	require.NoError(t, os.WriteFile(file, []byte(haproxyConfig(socket, server, agent)), 0o600))
	process := exec.Command(haproxy, "-db", "-f", file)
	require.NoError(t, process.Start())
	defer func() {
		require.NoError(t, process.Process.Kill())
		_ = process.Wait()
		require.NoError(t, stopServer())
		stopAgent()
	}()
	require.EventuallyWithT(t, func(t *assert.CollectT) {
		require.Equal(t, map[string]string{
			"healthy":   "UP 3",
			"unhealthy": "DOWN (agent) 1",
			"drained":   "UP 0",
			"nobody":    "UP 1", // as without an agent
		}, haproxyServers(socket))
	}, 20*time.Second, 100*time.Millisecond)
}

func haproxyConfig(socket, server, agent string) string {
	var config strings.Builder
	fmt.Fprintf(&config, `
global
    stats socket %s mode 600 level user
defaults
    mode http
    timeout connect 5s
    timeout client 5s
    timeout server 5s
backend shop
    default-server check inter 200 agent-inter 200
`, socket)
	host, port, _ := net.SplitHostPort(agent)
	for _, line := range [][2]string{
		{"healthy", "192.0.2.10:80"}, {"unhealthy", "192.0.2.11:80"}, {"drained", "[2001:db8::1]:8080"},
		{"nobody", "192.0.2.99:80"},
	} {
		fmt.Fprintf(&config, "    server %s %s", line[0], server)
		fmt.Fprintf(&config, " agent-check agent-addr %s agent-port %s", host, port)
		fmt.Fprintf(&config, " agent-send \"shop/%s\\n\"\n", line[1])
	}
	return config.String()
}

// haproxyServers returns the state and the weight of each server (HAProxy Management Guide, section
// 9.1, columns 1, 17 and 18), nil if HAProxy does not say.
func haproxyServers(socket string) map[string]string {
	connection, err := net.Dial("unix", socket)
	if err != nil {
		return nil
	}
	defer connection.Close()
	_, _ = io.WriteString(connection, "show stat\n")
	rows, err := csv.NewReader(connection).ReadAll()
	if err != nil {
		return nil
	}
	servers := map[string]string{}
	for _, row := range rows[1:] {
		if row[1] != "BACKEND" {
			servers[row[1]] = row[17] + " " + row[18]
		}
	}
	return servers
}
