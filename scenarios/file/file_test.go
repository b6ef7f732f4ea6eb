package file_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/netmodel"
	"butterfly/node"
	"butterfly/scenarios"
	"butterfly/scenarios/file"
	"butterfly/sim/rng"
)

// requireSame demands that a scenario comes back from its text, and that the text does, too.
func requireSame(t *testing.T, s scenarios.Scenario) {
	t.Helper()
	text := file.Print(&s)
	got, err := file.Parse(s.Name, text)
	require.NoError(t, err, "%s", text)
	require.Equal(t, s, got, "%s", text)
	require.Equal(t, string(text), string(file.Print(&got)))
}

// "A scenario printed, parsed and printed again is the same text."
func TestTheCatalogueIsInThisForm(t *testing.T) {
	for _, s := range scenarios.Catalogue() {
		requireSame(t, s)
	}
}

// What seeds draw comes in all shapes: hosts of every number, one way or both, definitions.
func TestExpandedScenariosAreInThisForm(t *testing.T) {
	for _, s := range scenarios.Catalogue() {
		if s.Name == "map-restarts" { // hundreds of crashes, all alike
			continue
		}
		require.NoError(t, s.Set("servers=4-12"))
		requireSame(t, s)
		for seed := range uint64(2) {
			requireSame(t, s.Expand(seed))
		}
	}
}

const mine = `# A scenario of one's own.
name: two-sides
about: "two sides: each with \"its\" own truth"
servers: 5-12
origins: 200
duration: 8m
latency: 50us..500us
loss: 0-1.5%
faults:
  - {kind: partition, at: 1m, for: 2m30s, hosts: [0, 2-4]}
  - kind: crash
    at: 90s
    hosts:
      - 1
`

func TestAFileOfOnesOwn(t *testing.T) {
	got, err := file.Parse("mine.yaml", []byte(mine))
	require.NoError(t, err)
	second := func(n int) scenarios.Span { return scenarios.Span(time.Duration(n) * time.Second) }
	require.Equal(t, scenarios.Scenario{
		Name: "two-sides", About: `two sides: each with "its" own truth`,
		Servers: 12, Origins: 200, Merge: scenarios.Siblings, Duration: second(480),
		Latency: scenarios.Latency{
			Latency: netmodel.Uniform(50*time.Microsecond, 500*time.Microsecond),
		},
		LossPPM: 15_000,
		Vary: &scenarios.Vary{
			Servers: &scenarios.Range[int]{Least: 5, Most: 12},
			LossPPM: &scenarios.Range[rng.PPM]{Least: 0, Most: 15_000},
		},
		Faults: []scenarios.Fault{
			{Kind: scenarios.Partition, At: second(60), For: second(150), Hosts: []node.ID{0, 2, 3, 4}},
			{Kind: scenarios.Crash, At: second(90), Hosts: []node.ID{1}},
		},
	}, got)
	require.Equal(t, `name: two-sides
about: "two sides: each with \"its\" own truth"
servers: 5-12
origins: 200
merge: siblings
duration: 8m
latency: 50us..500us
loss: 0%-1.5%
faults:
  - kind: partition
    at: 1m
    for: 2m30s
    hosts: [0, 2-4]
  - kind: crash
    at: 1m30s
    hosts: [1]
`, string(file.Print(&got)))
}

func TestAScheduleComesBack(t *testing.T) {
	s, err := scenarios.Find("map-storm")
	require.NoError(t, err)
	s.Schedule = &scenarios.Schedule{Depth: 3, Hold: scenarios.Span(20 * time.Millisecond)}
	requireSame(t, s)
	require.Contains(t, string(file.Print(&s)), "schedule:\n  depth: 3\n  hold: 20ms\n")
}

// What is nil and what is zero are two things where a preset has a value of its own.
func TestATunedGroupComesBack(t *testing.T) {
	s, err := scenarios.Find("swim-crash")
	require.NoError(t, err)
	for _, assignment := range []string{
		"k=0", "suspicion_mult=0", "fallback=off", "gossip_interval=0s", "lifeguard=off",
		"retransmit_mult=7", "probe_timeout=1.5ms", "rules=memberlist", "loss=12.3456%",
	} {
		require.NoError(t, s.Set(assignment))
		requireSame(t, s)
	}
	require.Contains(t, string(file.Print(&s)), "k: 0\n")
	require.Contains(t, string(file.Print(&s)), "gossip_interval: 0s\n")
}

func TestTextsComeBack(t *testing.T) {
	s, err := scenarios.Find("calm")
	require.NoError(t, err)
	for _, text := range []string{
		"", "plain", "a: b", "a #b", "# c", "true", "Null", "nan", "~", "5", "0x10", "1e3", "- a", "-",
		"'", `"`, `\`, `\n`, `"a" and 'b'`, "ends with a colon:", "[a, b]", "{a}", "&a", "*a", "!a", "|",
		">", "%a", "@a", "`a`", "? a", "a, b", " before", "after ", "two  spaces", "µ ü 漢",
		"2026-01-01", "<<", "a'b", "yes", "off", ".inf", "=", strings.Repeat("x", 200),
	} {
		s.About, s.Proves = text, text
		requireSame(t, s)
	}
	for _, name := range []string{"5", "true", "null", "1e3", "0x10", "2026-01-01", "a", "a-"} {
		s.Name = name
		requireSame(t, s)
	}
}

// JSON is YAML, and files come with the line ends and marks of all editors.
func TestOtherWaysToWriteTheSame(t *testing.T) {
	const plain = "name: a\nservers: 5\norigins: 9\nduration: 60s\nlatency: 1ms\n"
	want, err := file.Parse("plain", []byte(plain))
	require.NoError(t, err)
	for _, text := range []string{
		`{"name": "a", "servers": 5, "origins": 9, "duration": "60s", "latency": "1ms"}`,
		strings.ReplaceAll(plain, "\n", "\r\n"), "\ufeff" + plain, strings.TrimSuffix(plain, "\n"),
		"---\nlatency: 1ms\nduration: 60s\n\norigins: 9 # nine\nservers: 5-5\n'name': 'a'\nfaults: []\n",
	} {
		got, err := file.Parse("other", []byte(text))
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
}
