package file_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios/file"
)

func TestWhatScenariosDoNotNeedOfYAML(t *testing.T) {
	for text, want := range map[string]string{
		"about: &a x\n":                "6:8: found an anchor, expected plain keys and values",
		"about: *a\n":                  "6:8: found an alias,",
		"about: !!str 5\n":             "6:8: found a tag,",
		"<<: {about: x}\n":             "6:1: found a merge key,",
		"? about\n: x\n":               `6:1: found a key after "?",`,
		"...\n":                        "6:1: found an end mark,",
		"---\nname: other\n":           "6:1: found more than 1 document, expected fewer",
		"faults: [[[[[[[[[[]]]]]]]]]]": "6:17: found more than 8 levels of nesting,",
		"faults:\n- - - - - - - - - 1": "7:17: found more than 8 levels of nesting,",
	} {
		refused := refusal(t, base+text)
		require.True(t, strings.HasPrefix(refused.Error(), "mine.yaml:"+want), "%v\n%s", refused, want)
	}
	require.Contains(t, refusal(t, "%YAML 1.2\n---\n"+base).Problem, "found a directive")
}

// The parser behind takes minutes for a megabyte of any of these.
func TestHostileFilesAreRefusedBeforeTheyAreParsed(t *testing.T) {
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
		{"", "---\n- a\n", "more than 1 document"},
		{"", "- a\n...\n", "end mark"},
	} {
		text := hostile.before + strings.Repeat(hostile.again, (16<<10)/len(hostile.again))
		require.Contains(t, refusal(t, text).Problem, hostile.want, "%q", hostile.again)
	}
}

func TestAFileIsLimitedInSize(t *testing.T) {
	comment := "#" + strings.Repeat("x", file.MaxBytes)
	require.EqualError(t, refusal(t, base+comment), "mine.yaml:1:1: "+
		"found more than 1048576 bytes, expected no more\n    1 | name: mine\n      | ^")
	_, err := file.Parse("mine.yaml", []byte(base+comment[:file.MaxBytes-len(base)]))
	require.NoError(t, err)
}

// As many faults as a scenario may have fit, and no more are taken.
func TestAFileHoldsManyFaults(t *testing.T) {
	const one = "  - {kind: crash, at: 1m, for: 1m, hosts: [0]}\n"
	s, err := file.Parse("mine.yaml", []byte(base+"faults:\n"+strings.Repeat(one, 10_000)))
	require.NoError(t, err)
	require.Len(t, s.Faults, 10_000)
	require.Contains(t, refusal(t, base+"faults:\n"+strings.Repeat("  - 1\n", 10_001)).Problem,
		"faults: found 10001 items, expected at most 10000")
}
