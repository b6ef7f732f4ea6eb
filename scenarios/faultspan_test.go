package scenarios_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"butterfly/node"
	"butterfly/scenarios"
)

func at(seconds int) scenarios.Span { return scenarios.Span(time.Duration(seconds) * time.Second) }

func TestFaultsAreApartIfOneIsOverBeforeTheOther(t *testing.T) {
	crash := func(from, length int) *scenarios.Fault {
		return &scenarios.Fault{
			Kind: scenarios.Crash, At: at(from), For: at(length), Hosts: []node.ID{1},
		}
	}
	register := &scenarios.Fault{Kind: scenarios.Register, At: at(10)}
	for _, c := range []struct {
		what  string
		a, b  *scenarios.Fault
		apart bool
	}{
		{"one after the other", crash(10, 5), crash(16, 5), true},
		{"one as the other ends", crash(10, 5), crash(15, 5), false},
		{"one in the other", crash(10, 50), crash(15, 5), false},
		{"one after a crash for good", crash(10, 0), crash(50, 5), false},
		{"one before a crash for good", crash(50, 0), crash(10, 5), true},
		{"one after what an operator did", register, crash(11, 5), true},
	} {
		require.Equal(t, c.apart, scenarios.Apart(c.a, c.b, at(100)), c.what)
		require.Equal(t, c.apart, scenarios.Apart(c.b, c.a, at(100)), c.what)
	}
}
