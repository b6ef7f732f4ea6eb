package file_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios/file"
)

func TestAFileIsLimitedInSize(t *testing.T) {
	comment := "#" + strings.Repeat("x", file.MaxBytes)
	require.EqualError(t, refusal(t, base+comment), "mine.yaml:1:1: "+
		"found more than 1048576 bytes, expected no more\n    1 | name: mine\n      | ^")
	_, err := file.Parse("mine.yaml", []byte(base+comment[:file.MaxBytes-len(base)]))
	require.NoError(t, err)
}

func TestAFileIsLimitedInDepthAndKeys(t *testing.T) {
	require.Contains(t, refusal(t, strings.Repeat("[", 9)).Problem, "found more than 8 levels of nesting")
	require.Contains(t, refusal(t, strings.Repeat("a: 1\n", 101)).Problem,
		"found more than 100 keys in one mapping")
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
