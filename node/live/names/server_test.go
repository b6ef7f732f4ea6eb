package names

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node"
)

// Servers of different releases must agree, so these never change.
func TestNumbersOfNames(t *testing.T) {
	require.Equal(t, node.ID(28715), Number("a"))
	require.Equal(t, node.ID(28572), Number("cache-sjc01000"))
}

func TestNumbersAreBelowTheAliases(t *testing.T) {
	require.Equal(t, node.ID(65520), FirstAlias)
	rapid.Check(t, func(t *rapid.T) {
		require.Less(t, Number(rapid.String().Draw(t, "name")), FirstAlias)
	})
}

// "the chance that this happens among n servers is about n²/131,000: 3 % at 64": of 4,000 groups
// with fixed names 123 are expected, with a standard deviation of 11; 79 to 167 are four of them.
func TestCollisionsAreAsRareAsOfRandomNumbers(t *testing.T) {
	const groups, servers = 4000, 64
	collided := 0
	for group := range groups {
		taken := map[node.ID]bool{}
		for server := range servers {
			taken[Number(fmt.Sprintf("server-%d-%d", group, server))] = true
		}
		if len(taken) < servers {
			collided++
		}
	}
	require.InDelta(t, 123, collided, 44)
}

// "1 to 63 letters, digits, hyphens, dots and underscores of ASCII, of which the first is a letter
// or a digit".
func TestValidateName(t *testing.T) {
	for _, good := range []string{"a", "A-1", "0", "web_1.example", strings.Repeat("x", 63)} {
		require.NoError(t, ValidateName(good))
	}
	for bad, why := range map[string]string{
		"":                      "names: name has 0 B, expected 1 to 63",
		strings.Repeat("x", 64): "names: name has 64 B, expected 1 to 63",
		"a/b":                   `names: name "a/b" has '/' at byte 1, expected letters, digits and,`,
		"..":                    `has '.' at byte 0`,
		"-a":                    `has '-' at byte 0`,
		"a b":                   `has ' ' at byte 1`,
		"ü":                     `at byte 0`,
		"a\n":                   `has '\n' at byte 1`,
		"a@":                    `has '@' at byte 1`,
		"a[":                    `has '[' at byte 1`,
	} {
		require.ErrorContains(t, ValidateName(bad), why)
	}
}
