package node_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

func TestEveryEventKindHasANameOfItsOwn(t *testing.T) {
	seen := map[string]bool{}
	for kind := node.Ready; kind <= node.MapChanged; kind++ {
		name := kind.String()
		require.False(t, strings.HasPrefix(name, "event-"), "kind %d has no name", kind)
		require.False(t, seen[name], "%s is there twice", name)
		seen[name] = true
	}
}

func TestUnknownEventKindsPrintTheirNumber(t *testing.T) {
	for kind, want := range map[node.EventKind]string{
		0: "event-0", node.MapChanged + 1: "event-25", node.UserEvents - 1: "event-255",
		node.UserEvents: "user-0", node.UserEvents + 7: "user-7",
		1<<16 - 1: "user-65279",
	} {
		require.Equal(t, want, kind.String())
	}
}

func TestFailuresHaveNames(t *testing.T) {
	for failure, want := range map[node.Failure]string{
		node.OK: "ok", node.Timeout: "timeout", node.Refused: "refused", node.Refused + 1: "failure?",
	} {
		require.Equal(t, want, failure.String())
	}
}
