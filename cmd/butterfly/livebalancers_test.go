//go:build unix

package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node/health"
	"butterfly/scenarios/cluster"
)

// HAProxy asks a node about each of its servers by agent checks, and by nothing else.
func TestTrafficThroughHAProxySeesNoErrorAfterTheBound(t *testing.T) {
	t.Parallel()
	origins := newOrigins(t, 4)
	agent := freeAddress(t)
	c := newCluster(t, 1, origins...)
	n := c.add("-agent-check", agent)
	awaitHealthy(c.nodes, origins)
	b := &balancing{cluster: c, origins: origins, down: func(o *standInOrigin) error {
		if answer := agentAnswer(agent, o); !strings.HasPrefix(answer, "down ") {
			return fmt.Errorf("%s says of %s: %q", n.name, o.target, answer)
		}
		return nil
	}}
	if program := findProgram(t, "haproxy"); program != "" {
		b.front = freeAddress(t)
		c.write("haproxy.cfg", haproxyConfig(b.front, agent, origins))
		c.run(program, "-db", "-f", "haproxy.cfg")
	}
	b.requireNoErrorAfterTheBound()
}

// agentAnswer is what a node says to HAProxy.
func agentAnswer(agent string, o *standInOrigin) string {
	connection, err := net.Dial("tcp", agent)
	if err != nil {
		return err.Error()
	}
	defer func() { _ = connection.Close() }()
	_ = connection.SetDeadline(time.Now().Add(patience))
	_, _ = fmt.Fprintf(connection, "shop/%s\n", o.target)
	answer, _ := io.ReadAll(connection)
	return string(answer)
}

func haproxyConfig(front, agent string, origins []*standInOrigin) string {
	host, port, _ := net.SplitHostPort(agent)
	var config strings.Builder
	fmt.Fprintf(&config, `defaults
    mode http
    retries 0
    timeout connect 1s
    timeout client 5s
    timeout server 5s
frontend front
    bind %s
    default_backend shop
backend shop
    default-server agent-check agent-inter 200 agent-addr %s agent-port %s
`, front, host, port)
	for i, o := range origins {
		fmt.Fprintf(&config, "    server o%d %s agent-send \"shop/%s\\n\"\n", i, o.target, o.target)
	}
	return config.String()
}

// nginx includes what a node says of the service, and is reloaded when that has changed.
func TestTrafficThroughNginxSeesNoErrorAfterTheBound(t *testing.T) {
	t.Parallel()
	origins := newOrigins(t, 4)
	c := newCluster(t, 2, origins...)
	n := c.nodes[1]
	awaitHealthy(c.nodes, origins)
	b := &balancing{cluster: c, origins: origins, down: func(o *standInOrigin) error {
		said := n.get("/v1/nginx/upstream?service=shop")
		if !strings.Contains(said, "server "+o.target+" down;\n") {
			return fmt.Errorf("%s says: %s", n.name, said)
		}
		return nil
	}}
	if program := findProgram(t, "nginx"); program != "" {
		b.front = freeAddress(t)
		c.write("nginx.conf", nginxConfig(b.front))
		first := n.get("/v1/nginx/upstream?service=shop")
		c.write("shop.conf", first)
		master := c.run(program, "-p", c.folder, "-c", "nginx.conf", "-e", "stderr")
		c.keepIncluded(n, "shop.conf", first, master)
	}
	b.requireNoErrorAfterTheBound()
}

// nginxConfig has nginx try no other server when one fails, so that users see it. It then leaves that
// one alone for 10 s by itself (max_fails and fail_timeout of its upstream module).
func nginxConfig(front string) string {
	user := ""
	if os.Geteuid() == 0 {
		user = "user root;\n"
	}
	return user + fmt.Sprintf(`daemon off;
pid nginx.pid;
error_log stderr crit;
events { worker_connections 256; }
http {
    access_log off;
    client_body_temp_path temporary;
    proxy_temp_path temporary;
    fastcgi_temp_path temporary;
    uwsgi_temp_path temporary;
    scgi_temp_path temporary;
    upstream shop { include shop.conf; }
    server {
        listen %s;
        location / { proxy_pass http://shop; proxy_next_upstream off; }
    }
}
`, front)
}

// keepIncluded writes what the node says to a file, and has nginx read it, whenever it has changed
// since the last time.
func (c *liveCluster) keepIncluded(n *process, name, last string, master *os.Process) {
	stop := make(chan struct{})
	var loop sync.WaitGroup
	loop.Go(func() {
		for {
			said := n.get("/v1/nginx/upstream?service=shop")
			if said != "" && said != last {
				path := filepath.Join(c.folder, name)
				_ = os.WriteFile(path+".new", []byte(said), 0o600)
				_ = os.Rename(path+".new", path)
				_ = master.Signal(syscall.SIGHUP)
				last = said
			}
			select {
			case <-stop:
				return
			case <-time.After(100 * time.Millisecond):
			}
		}
	})
	c.t.Cleanup(loop.Wait)
	c.t.Cleanup(func() { close(stop) })
}

// findProgram returns the path of a program, empty if the machine has none.
func findProgram(t *testing.T, name string) string {
	for _, path := range []string{name, "/usr/sbin/" + name} {
		if found, err := exec.LookPath(path); err == nil {
			return found
		}
	}
	t.Logf("This machine has no %s: what the node says to it is looked at, and not what it makes of it.",
		name)
	return ""
}

// run runs a program in the cluster's folder until the test ends.
func (c *liveCluster) run(program string, arguments ...string) *os.Process {
	command := exec.Command(program, arguments...)
	var said lockedBuffer
	command.Dir, command.Stdout, command.Stderr = c.folder, &said, &said
	require.NoError(c.t, command.Start())
	c.t.Cleanup(func() {
		_ = command.Process.Signal(syscall.SIGTERM)
		_ = command.Wait()
		if c.t.Failed() {
			c.t.Logf("%s: %s", program, said.String())
		}
	})
	return command.Process
}

// balancing is a load balancer that does what nodes say.
type balancing struct {
	cluster *liveCluster
	origins []*standInOrigin
	// down reports whether the node says that an origin is down, by an error if not.
	down func(o *standInOrigin) error
	// front is where the balancer listens, empty if there is none.
	front string
}

// requireNoErrorAfterTheBound lets an origin die and come back under traffic.
func (b *balancing) requireNoErrorAfterTheBound() {
	t, victim := b.cluster.t, b.origins[1]
	if b.front == "" {
		victim.die()
		within(t, b.bound()+slack, func() error { return b.down(victim) })
		return
	}
	traffic := b.begin()
	traffic.awaitServed(victim)
	require.Zero(t, traffic.failed(), "all origins are well")
	victim.die()
	died := time.Now()
	within(t, b.bound()+slack, func() error { return b.down(victim) })
	traffic.awaitCalm()
	if os.Getenv("BUTTERFLY_FULL") != "" {
		time.Sleep(12 * time.Second) // until nginx would try it again by itself
		traffic.awaitCalm()
	}
	require.Positive(t, traffic.failed(), "no request went to the origin that died")
	require.Less(t, traffic.lastFailure().Sub(died), b.bound()+slack)
	t.Logf("the last of %d failures %v after the death, bound %v", traffic.failed(),
		traffic.lastFailure().Sub(died), b.bound())

	before := traffic.failed()
	victim.revive(t)
	traffic.awaitServed(victim)
	traffic.awaitCalm()
	require.Equal(t, before, traffic.failed(), "who is back is well")
}

// bound is how long requests may go to an origin that died: until its checker says so, the news has
// spread, it has its turn to leave, and the balancer has asked.
func (b *balancing) bound() time.Duration {
	const asks = 300 * time.Millisecond
	config := b.cluster.config()
	return health.VerdictBound(config.Health) + cluster.SpreadBound(len(b.cluster.nodes), &config) +
		config.Routing.LeavingBound(1, len(b.origins)).Total() + asks
}
