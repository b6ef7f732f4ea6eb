package spec_test

import (
	"errors"
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node/agent"
	"butterfly/node/live/spec"
	"butterfly/sim/rng"
)

// london is a file that says everything.
const london = `name: london-1
number: 7
label: shops
bind: 10.0.0.7:7946
advertise: 192.0.2.7:7946
join: [10.0.0.8:7946, "[fd00::9]:7946"]
key_file: /etc/butterfly/keys
data: /var/lib/butterfly
origins: origins.yaml
capacity: 1000
allow: [10.0.0.0/8, "fd00::/8"]
deny: [10.0.0.1/32]
http: "[::]:7980"
api_token_file: /etc/butterfly/token
agent_check: ":7981"
eds_dir: /var/lib/butterfly/eds
pprof: true
record: /var/lib/butterfly/recording
log: json
log_level: debug
tls:
  cert: cert.pem
  key: key.pem
routing:
  panic: 40%
  churn: 12.5%
  churn_window: 20s
  debounce: 1s
  longest_debounce: 1m
  forgiveness: 2m
tuning:
  probe_interval: 500ms
  probe_timeout: 100ms
  suspicion: 5
  longest_suspicion: 7
  rumour_interval: 100ms
  join_retry: 2s
  gossip_interval: 250ms
  gossip_timeout: 1s
  rank_wait: 5s
  join_grace: 3s
`

func parsedNode(t require.TestingT, text string) spec.Node {
	n, err := spec.ParseNode("node.yaml", []byte(text))
	require.NoError(t, err)
	return n
}

func TestANodeFileWithEveryKey(t *testing.T) {
	machine := agent.DefaultConfig()
	machine.Routing.PanicPPM, machine.Routing.ChurnPPM = rng.Percent(40), rng.Percent(25)/2
	machine.Routing.ChurnWindow, machine.Routing.Debounce = 20*time.Second, time.Second
	machine.Routing.LongestDebounce, machine.Routing.Forgiveness = time.Minute, 2*time.Minute
	machine.Swim.ProbeInterval, machine.Swim.ProbeTimeout = 500*time.Millisecond, 100*time.Millisecond
	machine.Swim.SuspicionMult, machine.Swim.SuspicionMaxMult = 5, 7
	machine.Swim.GossipInterval, machine.Swim.JoinRetry = 100*time.Millisecond, 2*time.Second
	machine.Gossip.Period, machine.Gossip.Timeout = 250*time.Millisecond, time.Second
	machine.Health.RankWait, machine.JoinGrace = 5*time.Second, 3*time.Second
	n := parsedNode(t, london)
	require.Equal(t, spec.Node{
		Name: "london-1", Number: 7, Label: "shops", Bind: "10.0.0.7:7946",
		Advertise: "192.0.2.7:7946", Join: []string{"10.0.0.8:7946", "[fd00::9]:7946"},
		KeyFile: "/etc/butterfly/keys", Data: "/var/lib/butterfly", Origins: "origins.yaml",
		Capacity: 1000, HTTP: "[::]:7980", APITokenFile: "/etc/butterfly/token", AgentCheck: ":7981",
		Allow:  []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")},
		Deny:   []netip.Prefix{netip.MustParsePrefix("10.0.0.1/32")},
		EDSDir: "/var/lib/butterfly/eds", Pprof: true, Record: "/var/lib/butterfly/recording",
		Log: "json", LogLevel: "debug", TLS: spec.TLS{Cert: "cert.pem", Key: "key.pem"}, Agent: machine,
	}, n)
	require.NoError(t, n.Validate())
	require.Equal(t, london, string(n.Print()))
}

// "What is left out is what DefaultNode has."
func TestANodeFileThatSaysNothing(t *testing.T) {
	require.Equal(t, spec.DefaultNode(), parsedNode(t, "{}\n"))
	n := spec.DefaultNode()
	require.Equal(t, n, parsedNode(t, string(n.Print())))
}

// "What is printed parses to what was printed" (invariant 1): after flags have changed anything.
func TestAPrintedNodeIsParsed(t *testing.T) {
	samples := map[string][]string{
		"name": {"a", "null", "1.5"}, "number": {"1", "65519"}, "label": {"x"}, "bind": {":0", "[::]:1"},
		"advertise": {"[::1]:1"}, "join": {"", "a:1", "a:1,10.0.0.1:2"}, "key-file": {"/k", "a b", "y"},
		"data": {"~", "é"}, "origins": {`a"\`, "# x"}, "capacity": {"1"}, "allow": {"10.0.0.0/8"},
		"deny": {"::/0,0.0.0.0/0"}, "http": {"off", "localhost:0"},
		"http-names": {"a.b", "null,x_y"}, "api-token-file": {"/t"},
		"agent-check": {":1"}, "eds-dir": {"on"}, "pprof": {"true", "false"}, "record": {"r: x"},
		"log": {"text", "json"}, "log-level": {"error"}, "tls-cert": {"c"}, "tls-key": {"k"},
	}
	require.Len(t, samples, len(spec.Settings()))
	rapid.Check(t, func(t *rapid.T) {
		n := spec.DefaultNode()
		for _, s := range spec.Settings() {
			if rapid.Bool().Draw(t, s.Flag) {
				require.NoError(t, n.Set(s.Flag, rapid.SampledFrom(samples[s.Flag]).Draw(t, "value")))
			}
		}
		text := n.Print()
		again := parsedNode(t, string(text))
		require.Equal(t, n, again, "%s", text)
		require.Equal(t, string(text), string(again.Print()))
	})
}

func TestNodeFilesThatAreRefused(t *testing.T) {
	for text, problem := range map[string]string{
		"advertise: a:1":                  `n:1:12: advertise: found "a:1", expected "ip:port"`,
		"nmae: a":                         `n:1:1: found unknown field "nmae", expected one of name, number`,
		"name: a b":                       `n:1:7: name: found "a b", expected 1 to 63 letters`,
		"name: 7":                         `n:1:7: name: found "7"`,
		"number: 0":                       "n:1:9: number: found \"0\", expected a whole number from 1 to 65519",
		"number: 65520":                   "n:1:9: number: found \"65520\"",
		"bind: a":                         `n:1:7: bind: found "a", expected "host:port", without a host`,
		"bind: a:65536":                   `n:1:7: bind: found "a:65536"`,
		"bind: a:007":                     `n:1:7: bind: found "a:007"`,
		"advertise: :1":                   `n:1:12: advertise: found ":1", expected "ip:port"`,
		"join: a:1":                       `n:1:7: join: found "a:1", expected a list`,
		"join: [a:1, a:1]":                "n:1:13: join[1]: found a second a:1",
		"join: [a:1, :2]":                 `n:1:13: join[1]: found ":2"`,
		"allow: [10.0.0.1/8]":             "n:1:9: allow[0]: found \"10.0.0.1/8\", expected a network",
		"http: on":                        `n:1:7: http: found "on", expected "host:port", without a host`,
		"log: xml":                        "n:1:6: log: found \"xml\", expected one of auto, text, json",
		"pprof: yes":                      `n:1:8: pprof: found "yes", expected true or false`,
		"origins: ''":                     `n:1:10: origins: found "", expected a line of 1 to 1024 bytes`,
		"routing: {panic: 101%}":          "n:1:18: routing.panic: found \"101%\"",
		"routing: {debounce: 10m}":        "n:1:21: routing: debounce is 10m0s, expected 0s to the longest of 5m0s",
		"tuning: {probe_timeout: 1s}":     "n:1:25: tuning: probe_timeout is 1s, expected less than",
		"tuning: {probe_interval: 200ms}": "n:1:10: tuning: probe_timeout is 300ms, expected less than",
		"tuning: {rank_wait: -1s}":        "n:1:21: tuning.rank_wait: found \"-1s\", expected a time",
	} {
		_, err := spec.ParseNode("n", []byte(text))
		require.ErrorContains(t, err, problem, text)
		var refused *spec.Error
		require.ErrorAs(t, err, &refused)
	}
}

// What a flag says goes before what the file says, and is checked like it.
func TestFlagsGoOnTopOfTheFile(t *testing.T) {
	n := parsedNode(t, london)
	require.NoError(t, n.Set("join", "a:1, b:2,a:1"))
	require.Equal(t, []string{"a:1", "b:2"}, n.Join)
	require.NoError(t, n.Set("join", ""))
	require.Empty(t, n.Join)
	require.NoError(t, n.Set("tls-cert", "other.pem"))
	require.Equal(t, spec.TLS{Cert: "other.pem", Key: "key.pem"}, n.TLS)
	require.EqualError(t, n.Set("pprof", "maybe"), `-pprof: found "maybe", expected true or false`)
	require.ErrorContains(t, n.Set("join", "a:1,b"), `-join: found "b", expected "host:port"`)
	require.ErrorContains(t, n.Set("tuning", "x"), "-tuning: there is no such flag")
}

func TestWhatDoesNotGoTogether(t *testing.T) {
	for flags, problem := range map[[2]string]error{
		{"bind", "10.0.0.1:1"}: nil,
		{"bind", ":7946"}:      errors.New(`advertise: found none, expected where others reach what is bound to ":7946"`),
		{"bind", "0.0.0.0:1"}:  errors.New(`advertise: found none, expected where others reach what is bound to "0.0.0.0:1"`),
		{"bind", "[::]:1"}:     errors.New(`advertise: found none, expected where others reach what is bound to "[::]:1"`),
		{"tls-cert", "x"}:      errors.New("tls: found one of cert and key, expected both or neither"),
		{"http", "off"}:        errors.New("origins: found none, and neither join nor http to hear of them"),
	} {
		n := spec.DefaultNode()
		require.ErrorContains(t, n.Validate(), "name: found none")
		n.Name = "a"
		require.NoError(t, n.Set(flags[0], flags[1]))
		require.Equal(t, problem, n.Validate())
	}
}

func TestSettingsSayWhatHoldsWithoutThem(t *testing.T) {
	defaults := map[string]string{}
	for _, s := range spec.Settings() {
		require.NotEmpty(t, s.Means)
		require.Equal(t, s.Flag == "pprof", s.Switch)
		if s.Default != "" {
			defaults[s.Flag] = s.Default
		}
	}
	require.Equal(t, map[string]string{
		"bind": "127.0.0.1:7946", "http": "127.0.0.1:7980", "label": "butterfly", "capacity": "16384",
		"log": "auto", "log-level": "info",
	}, defaults)
}
