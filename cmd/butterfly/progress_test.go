package main

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// "Progress only on a terminal and one plain line every 30 s otherwise": none before, one when due, and
// none directly after it.
func TestWithoutATerminalProgressIsAPlainLineNowAndThen(t *testing.T) {
	var err strings.Builder
	p := (&app{err: &err}).follow(10)
	note := func() string { return "half-way" }
	p.step(1, note)
	require.Empty(t, err.String())
	require.Equal(t, 30*time.Second, plainEvery)
	p.next = p.next.Add(-plainEvery)
	p.step(5, note)
	p.step(6, note)
	p.end()
	require.Equal(t, "half-way\n", err.String())
}

func TestOnATerminalProgressIsABarThatGoesAway(t *testing.T) {
	var err strings.Builder
	p := (&app{err: &err, bars: true}).follow(10)
	p.step(5, func() string { return "half-way" })
	require.Contains(t, err.String(), "half-way")
	require.Contains(t, err.String(), "%")
	p.end()
	require.True(t, strings.HasSuffix(err.String(), " \r"), "%q", err.String())
}
