package spec_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node/health"
	"butterfly/node/live/spec"
)

// shop is the file of the package documentation, without its comments.
const shop = `services:
  shop:
    check:
      kind: http
      path: /health
      status: 200-399
      body: ok
      interval: 2s
      timeout: 400ms
      jitter: 100ms
      fast_interval: 200ms
      rise: 1
      fall: 5
      initial: healthy
      semantics: {window: 10, threshold: 7}
    origins:
      - 10.0.0.1:9001
      - {target: "[fd00::2]:9002", weight: 3}
`

func parsed(t require.TestingT, text string) spec.Origins {
	o, err := spec.ParseOrigins("origins.yaml", []byte(text))
	require.NoError(t, err)
	return o
}

func TestAFileWithEveryKey(t *testing.T) {
	require.Equal(t, spec.Origins{Services: []spec.Service{{
		Name: "shop",
		Check: health.Definition{
			Kind: health.HTTP, Path: "/health", StatusFrom: 200, StatusTo: 399, Body: "ok",
			Interval: 2 * time.Second, Timeout: 400 * time.Millisecond,
			Jitter: 100 * time.Millisecond, FastInterval: 200 * time.Millisecond,
			Rise: 1, Fall: 5, Initial: health.Healthy,
			Semantics: health.Window, Window: 10, Threshold: 7, Weight: 1,
		},
		Origins: []spec.Origin{{Target: "10.0.0.1:9001", Weight: 1}, {Target: "[fd00::2]:9002", Weight: 3}},
	}}}, parsed(t, shop))
	require.Equal(t, shop, string(parsed(t, shop).Print()))
}

// "What is left out of a check is what health.DefaultDefinition has."
func TestACheckThatSaysNothing(t *testing.T) {
	o := parsed(t, "services:\n  a:\n    origins: [b:1]\n")
	require.Equal(t, health.DefaultDefinition(), o.Services[0].Check)
	require.Equal(t, []spec.Origin{{Target: "b:1", Weight: 1}}, o.Services[0].Origins)
}

// "What is printed parses to what was printed, and prints the same again" (invariant 1).
func TestWhatIsPrintedIsParsed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawOrigins(t)
		// What means the same as a default is parsed as the default.
		for i := range o.Services {
			c := &o.Services[i].Check
			if c.StatusFrom == 200 && c.StatusTo == 299 {
				c.StatusFrom, c.StatusTo = 0, 0
			}
		}
		text := o.Print()
		again := parsed(t, string(text))
		require.Equal(t, o, again, "%s", text)
		require.Equal(t, string(text), string(again.Print()))
	})
}

// "Equal content prints as equal text and has an equal digest, wherever comments, order and brackets
// stand".
func TestLayoutIsNotContent(t *testing.T) {
	const one = "services:\n  a: {origins: [\"x:1\", \"Y:2\"]}\n  b:\n    check: {kind: http, path: /, status: 200-299}\n" +
		"    origins: [{weight: 1, target: \"[0:0::1]:80\"}]\n"
	const other = "# whom to check\r\nservices:\r\n  \"b\":\r\n    check:\r\n      kind: \"http\" # not https\r\n" +
		"    origins:\r\n    - \"[::1]:80\"\r\n  a:\r\n    check: {timeout: 0.5s}\r\n    origins:\r\n" +
		"    - y:2\r\n    - x:1\r\n"
	require.Equal(t, parsed(t, one), parsed(t, other))
	require.Equal(t, parsed(t, one).Digest(), parsed(t, other).Digest())
}

func TestDigestsTellContentsApart(t *testing.T) {
	seen := map[uint64]string{parsed(t, shop).Digest(): shop}
	for before, after := range map[string]string{
		"shop:": "shot:", "/health": "/healthy", "weight: 3": "weight: 4", "9001": "9003", "rise: 1": "rise: 2",
		"threshold: 7": "threshold: 8",
	} {
		text := strings.Replace(shop, before, after, 1)
		digest := parsed(t, text).Digest()
		require.NotContains(t, seen, digest, text)
		seen[digest] = text
	}
}

// Origins that were put together by hand are in any order.
func TestOrderMadeByHandDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawOrigins(t)
		turned := spec.Origins{Services: slices.Clone(o.Services)}
		slices.Reverse(turned.Services)
		for i := range turned.Services {
			turned.Services[i].Origins = slices.Clone(turned.Services[i].Origins)
			slices.Reverse(turned.Services[i].Origins)
		}
		require.Equal(t, o.Digest(), turned.Digest())
		require.Equal(t, o.Entries(), turned.Entries())
		d := spec.Diff(o, turned)
		require.True(t, d.IsEmpty())
	})
}

// many is a file of services with so many origins each.
func many(services, origins int) string {
	var b strings.Builder
	b.WriteString("services:\n")
	for s := range services {
		fmt.Fprintf(&b, "  s%d:\n    origins:\n", s)
		for o := range origins {
			fmt.Fprintf(&b, "    - h%d:1\n", o)
		}
	}
	return b.String()
}

// The limits, each with what is one beyond it.
func TestLimits(t *testing.T) {
	require.Len(t, parsed(t, many(256, 256)).Entries(), spec.MaxOrigins)
	require.Len(t, parsed(t, many(spec.MaxServices, 1)).Services, spec.MaxServices)
	require.Contains(t, refusal(t, many(257, 256)).Problem, "more than 65536 origins")
	require.Contains(t, refusal(t, many(spec.MaxServices+1, 1)).Problem, "more than 4096 keys")
	require.Contains(t, refusal(t, strings.Repeat("#\n", spec.MaxOriginsBytes/2)+" ").Problem,
		"found more than 16777216 bytes, expected no more")
}
