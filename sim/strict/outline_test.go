package strict_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// "All of YAML that makes a file larger than it looks or hard to read" (package documentation).
func TestWhatFilesDoNotNeedOfYAML(t *testing.T) {
	for text, want := range map[string]string{
		"about: &a x\n":               "2:8: found an anchor, expected plain keys and values",
		"about: *a\n":                 "2:8: found an alias,",
		"about: !!str 5\n":            "2:8: found a tag,",
		"<<: {about: x}\n":            "2:1: found a merge key,",
		"? about\n: x\n":              `2:1: found a key after "?",`,
		"...\n":                       "2:1: found an end mark,",
		"---\nname: other\n":          "2:1: found a second document, expected one",
		"---":                         "2:1: found a second document, expected one",
		"lists: [[[[[[[[[[]]]]]]]]]]": "2:16: found more than 8 levels of nesting,",
		"lists:\n- - - - - - - - - 1": "3:17: found more than 8 levels of nesting,",
	} {
		refused := refusal(t, "name: a\n"+text)
		require.True(t, strings.HasPrefix(refused.Error(), "mine.yaml:"+want), "%v\n%s", refused, want)
	}
	require.Contains(t, refusal(t, "%YAML 1.2\n---\nname: a\n").Problem, "found a directive")
}

// The parser behind takes minutes for a megabyte of any of these.
func TestHostileTextsAreRefusedBeforeTheyAreParsed(t *testing.T) {
	for _, hostile := range []struct{ before, again, want string }{
		{"", "a: 1\n", "keys in one mapping"},
		{"", "a:\n- 1\n", "keys in one mapping"},
		{"", "a:\n ", "keys in one mapping"},
		{"", "- a: 1\n  b: 2\nc: 3\n", "keys in one mapping"},
		{"{", "a: 1, ", "keys in one mapping"},
		{"[", "a: 1, ", "keys in one mapping"},
		{"", "[", "levels of nesting"},
		{"", "{a: ", "levels of nesting"},
		{"", "- ", "levels of nesting"},
		{"", "-\n", "empty values"},
		{"", "- - \n", "empty values"},
		{"", "- # nothing\n", "empty values"},
		{"", "- a:\n", "empty values"},
		{"", "- a:\n   -\n  b: 1\n", "empty values"},
		{"{", "a, ", "empty values"},
		{"[", "{a}, ", "empty values"},
		{"[", "{a: }, ", "empty values"},
		{"[", "{a: 1, b}, ", "empty values"},
		{"", "---\n- a\n", "a second document"},
		{"", "- a\n...\n", "end mark"},
	} {
		text := hostile.before + strings.Repeat(hostile.again, (16<<10)/len(hostile.again))
		require.Contains(t, refusal(t, text).Problem, hostile.want, "%q", hostile.again)
	}
}

func TestIndentationIsNesting(t *testing.T) {
	var deep strings.Builder
	for level := range 700 {
		deep.WriteString(strings.Repeat(" ", level) + "a:\n")
	}
	require.Contains(t, refusal(t, deep.String()).Problem, "found more than 8 levels of nesting")
}
