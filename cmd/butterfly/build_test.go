package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestABuildHasOneIdentity(t *testing.T) {
	require.Regexp(t, `^(file-)?[0-9a-f]{12}(-modified-[0-9a-f]{12})?$`, buildID())
	require.Equal(t, buildID(), buildID())
}
