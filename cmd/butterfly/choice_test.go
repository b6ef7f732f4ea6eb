package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
)

func TestWordsAreQuotedForTheShellIfTheyNeedIt(t *testing.T) {
	for word, want := range map[string]string{
		"talk":                          "talk",
		"servers=5":                     "servers=5",
		"latency=50us..500us":           "latency=50us..500us",
		"latency=lognormal(0.5ms, 0.8)": "'latency=lognormal(0.5ms, 0.8)'",
		"it's":                          `'it'\''s'`,
		"$HOME":                         "'$HOME'",
		"":                              "''",
	} {
		require.Equal(t, want, shellWord(word))
	}
}

func TestAChoiceCanBeTypedAgain(t *testing.T) {
	settings := []string{"servers=5", "latency=lognormal(1ms, 0.8)"}
	c := choice{scenario: scenarios.Scenario{Name: "talk"}, settings: settings}
	require.Equal(t, "talk -set servers=5 -set 'latency=lognormal(1ms, 0.8)'", c.arguments())
	c = choice{scenario: scenarios.Scenario{Name: "talk"}, named: "./my talk.yaml"}
	require.Equal(t, "'./my talk.yaml'", c.arguments())
}

func TestFilesOfDifferentRunsHaveDifferentNames(t *testing.T) {
	for want, settings := range map[string][]string{
		"talk-0x2a.json":                     nil,
		"talk-0x2a-design=raft.json":         {"design=raft"},
		"talk-0x2a-design=raft,loss=5%.json": {"design=raft", "loss=5%"},
		"talk-0x2a-0cd2f55fe2cf676e.json":    {"latency=uniform(1ms, 2ms)"},
		"talk-0x2a-d19bf55a094e7827.json":    {"latency=uniform(1ms, 3ms)"},
		"talk-0x2a-1d25741587825e05.json":    {strings.Repeat("servers=5", 20)},
	} {
		require.Equal(t, want, choice{settings: settings}.fileName("talk-0x2a.json"))
	}
}

// "name: talk" may stand in many files.
func TestFilesAboutScenariosOfOneNameHaveDifferentNames(t *testing.T) {
	one, other := choice{text: "name: talk\nservers: 5\n"}, choice{text: "name: talk\nservers: 6\n"}
	require.Regexp(t, `^talk-0x2a-[0-9a-f]{8}\.json$`, one.fileName("talk-0x2a.json"))
	require.NotEqual(t, one.fileName("talk-0x2a.json"), other.fileName("talk-0x2a.json"))
	one.settings = []string{"loss=5%"}
	require.Regexp(t, `^talk-0x2a-[0-9a-f]{8}-loss=5%\.json$`, one.fileName("talk-0x2a.json"))
}
