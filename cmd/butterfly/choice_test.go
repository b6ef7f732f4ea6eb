package main

import (
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
	c := choice{scenarios.Scenario{Name: "talk"}, []string{"servers=5", "latency=lognormal(1ms, 0.8)"}}
	require.Equal(t, "talk -set servers=5 -set 'latency=lognormal(1ms, 0.8)'", c.arguments())
}
