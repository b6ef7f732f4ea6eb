//go:build unix

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node/health"
	"butterfly/node/live/spec"
)

// lively is how the nodes of these tests are set up: several times as fast as real ones, and not so
// fast that a busy machine is taken for a dead one.
const lively = `label: test
tuning:
  probe_interval: 400ms
  probe_timeout: 150ms
  suspicion: 4
  longest_suspicion: 2
  rumour_interval: 50ms
  join_retry: 200ms
  gossip_interval: 200ms
  rank_wait: 3s
  join_grace: 1s
`

// livelyCheck probes each origin ten times a second.
const livelyCheck = "{kind: http, path: /health, interval: 100ms, timeout: 90ms, rise: 2, fall: 3}"

// patience is how long a test waits for what takes a few seconds on an idle machine.
const patience = 60 * time.Second

// liveCluster is live nodes that are processes, on loopback.
type liveCluster struct {
	t      *testing.T
	folder string
	nodes  []*process
}

// newCluster starts so many nodes called n0, n1 and so on, that check the same origins, and waits
// until all take part.
func newCluster(t *testing.T, size int, origins ...*standInOrigin) *liveCluster {
	c := &liveCluster{t: t, folder: t.TempDir()}
	c.write("node.yaml", lively)
	c.writeOrigins(origins...)
	for range size {
		c.add()
	}
	for _, n := range c.nodes {
		n.awaitMembers(c.names()...)
		n.await("/v1/node", `"ready":true`)
	}
	return c
}

// add starts one more node, with flags on top of those that all have.
func (c *liveCluster) add(flags ...string) *process {
	n := c.process(fmt.Sprintf("n%d", len(c.nodes)), flags...)
	c.nodes = append(c.nodes, n)
	n.start()
	return n
}

// process is a node that joins through the first one, and has not been started.
func (c *liveCluster) process(name string, flags ...string) *process {
	servers, api := freeAddress(c.t), freeAddress(c.t)
	flags = append([]string{"node", "-config", "node.yaml", "-origins", "origins.yaml", "-name", name,
		"-bind", servers, "-http", api, "-log", "json"}, flags...)
	if len(c.nodes) > 0 {
		flags = append(flags, "-join", c.nodes[0].servers)
	}
	return &process{
		t: c.t, folder: c.folder, name: name, flags: flags, servers: servers, api: api,
	}
}

func (c *liveCluster) write(name, text string) {
	require.NoError(c.t, os.WriteFile(filepath.Join(c.folder, name), []byte(text), 0o600))
}

func (c *liveCluster) writeOrigins(origins ...*standInOrigin) {
	var targets []string
	for _, o := range origins {
		targets = append(targets, o.target)
	}
	c.write("origins.yaml", fmt.Sprintf("services:\n  shop:\n    check: %s\n    origins: [%s]\n",
		livelyCheck, strings.Join(targets, ", ")))
}

func (c *liveCluster) names() (names []string) {
	for _, n := range c.nodes {
		names = append(names, n.name)
	}
	return names
}

// others are all nodes but one.
func (c *liveCluster) others(but *process) []*process {
	return slices.DeleteFunc(slices.Clone(c.nodes), func(n *process) bool { return n == but })
}

// awaitHealthy waits until all nodes of a list take all origins to be healthy.
func awaitHealthy(nodes []*process, origins []*standInOrigin) {
	for _, n := range nodes {
		n.await("/v1/node", fmt.Sprintf(`"healthy":%d,`, len(origins)))
	}
}

// gapBound is for how long an origin may go without a probe in a cluster of these nodes, by what
// package health makes of their configuration, when a node is gone or comes back: that one has to
// be noticed, or to join.
func (c *liveCluster) gapBound() health.Gap {
	n, err := spec.ParseNode("node.yaml", []byte(lively))
	require.NoError(c.t, err)
	text, err := os.ReadFile(filepath.Join(c.folder, "origins.yaml"))
	require.NoError(c.t, err)
	origins, err := spec.ParseOrigins("origins.yaml", text)
	require.NoError(c.t, err)
	n.Agent.Health.Definitions = []health.Definition{origins.Services[0].Check}
	detection := n.Agent.Swim.DetectionBound(len(c.nodes)) + n.Agent.JoinGrace
	return health.GapBound(detection, n.Agent.Health)
}

// process is one node, in one of its lives.
type process struct {
	t            *testing.T
	folder, name string
	flags        []string
	servers, api string // addresses
	command      *exec.Cmd
	ended        chan struct{}
}

// start runs "butterfly node" and waits for its greeting.
func (p *process) start() {
	p.t.Helper()
	p.command = exec.Command("livenode", p.flags...)
	p.command.Dir, p.command.Env = p.folder, cleanEnvironment()
	log, err := os.OpenFile(p.logFile(), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	require.NoError(p.t, err)
	p.command.Stderr = log
	out, err := p.command.StdoutPipe()
	require.NoError(p.t, err)
	require.NoError(p.t, p.command.Start())
	require.NoError(p.t, log.Close())
	greeting, _ := bufio.NewReader(out).ReadString('\n')
	command, ended := p.command, make(chan struct{})
	p.ended = ended
	go func() {
		_ = command.Wait()
		close(ended)
	}()
	p.t.Cleanup(func() {
		_ = command.Process.Kill()
		<-ended
		if p.t.Failed() {
			p.t.Logf("log of %s:\n%s", p.name, p.log())
		}
	})
	require.Regexp(p.t, `^Node \S+ is up, for other servers at \S+; look at http://\S+\n$`, greeting,
		"%s", p.log())
}

// cleanEnvironment has nothing in it that sets a flag.
func cleanEnvironment() []string {
	return slices.DeleteFunc(os.Environ(), func(variable string) bool {
		return strings.HasPrefix(variable, "BUTTERFLY_")
	})
}

func (p *process) signal(s syscall.Signal) {
	p.t.Helper()
	require.NoError(p.t, p.command.Process.Signal(s))
}

// kill ends the process without a word.
func (p *process) kill() {
	p.signal(syscall.SIGKILL)
	<-p.ended
}

// leave asks the process to end, waits until it has, and demands that it says all is well.
func (p *process) leave() {
	p.t.Helper()
	p.signal(syscall.SIGTERM)
	select {
	case <-p.ended:
	case <-time.After(patience):
		require.FailNow(p.t, "it did not end", p.name)
	}
	require.Zero(p.t, p.command.ProcessState.ExitCode(), "%s:\n%s", p.name, p.log())
}

func (p *process) logFile() string { return filepath.Join(p.folder, p.name+".log") }

func (p *process) log() string {
	text, err := os.ReadFile(p.logFile())
	require.NoError(p.t, err)
	return string(text)
}

var client = &http.Client{Timeout: 2 * time.Second}

// get returns the answer of the API, empty if there is none.
func (p *process) get(path string) string {
	response, err := client.Get("http://" + p.api + path)
	if err != nil {
		return ""
	}
	defer func() { _ = response.Body.Close() }()
	text, _ := io.ReadAll(response.Body)
	return string(text)
}

// put registers an origin, and returns the status of the answer, 0 for none.
func (p *process) put(path string) (status int) {
	request, err := http.NewRequest(http.MethodPut, "http://"+p.api+path, nil)
	require.NoError(p.t, err)
	response, err := client.Do(request)
	if err != nil {
		return 0
	}
	defer func() { _ = response.Body.Close() }()
	return response.StatusCode
}

// await waits until the API's answer has all of the words in it.
func (p *process) await(path string, words ...string) {
	p.t.Helper()
	within(p.t, patience, func() error {
		text := p.get(path)
		for _, w := range words {
			if !strings.Contains(text, w) {
				return fmt.Errorf("%s says at %s, without %s: %s", p.name, path, w, text)
			}
		}
		return nil
	})
}

// awaitMembers waits until the members that are alive are these.
func (p *process) awaitMembers(names ...string) {
	p.t.Helper()
	within(p.t, patience, func() error {
		var alive []string
		for _, m := range p.members() {
			if m.State == "alive" {
				alive = append(alive, m.Name)
			}
		}
		slices.Sort(alive)
		if !slices.Equal(alive, slices.Sorted(slices.Values(names))) {
			return fmt.Errorf("%s takes %v to be alive, expected %v", p.name, alive, names)
		}
		return nil
	})
}

type memberSeen struct {
	Name, State string
	Generation  uint64
}

func (p *process) members() (all []memberSeen) {
	_ = json.Unmarshal([]byte(p.get("/v1/members")), &all)
	return all
}

// member is one of the members by its name, the zero value if there is none.
func (p *process) member(name string) memberSeen {
	for _, m := range p.members() {
		if m.Name == name {
			return m
		}
	}
	return memberSeen{}
}

type originSeen struct {
	Target, Status, Checker string
	Routed, Checking        bool
	History                 []struct{ Status, Checker string }
}

func (p *process) origin(o *standInOrigin) (seen originSeen) {
	_ = json.Unmarshal([]byte(p.get("/v1/origins/shop/"+o.target)), &seen)
	return seen
}

// metric is the value of a line of /metrics, by all of the line before it; 0 if there is none.
func (p *process) metric(line string) (value float64) {
	found := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(line) + ` (\S+)$`).
		FindStringSubmatch(p.get("/metrics"))
	if found != nil {
		_, err := fmt.Sscan(found[1], &value)
		require.NoError(p.t, err)
	}
	return value
}

// within waits until nothing is wrong any more, and fails with what still is after the limit.
func within(t *testing.T, limit time.Duration, wrong func() error) {
	t.Helper()
	for end := time.Now().Add(limit); ; time.Sleep(20 * time.Millisecond) {
		err := wrong()
		if err == nil {
			return
		}
		if time.Now().After(end) {
			require.NoError(t, err, "still after %v", limit)
		}
	}
}

// freeAddress is an address on loopback that nobody listens at and that the system gives to nobody
// who asks for any: below the ports that those get.
func freeAddress(t *testing.T) string {
	for range 1000 {
		address := fmt.Sprintf("127.0.0.1:%d", 10000+rand.IntN(20000))
		listener, err := net.Listen("tcp", address)
		if err != nil {
			continue
		}
		require.NoError(t, listener.Close())
		return address
	}
	require.FailNow(t, "no address is free")
	return ""
}
