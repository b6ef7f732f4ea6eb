package spec_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/live/spec"
)

func refusal(t require.TestingT, text string) *spec.Error {
	_, err := spec.ParseOrigins("origins.yaml", []byte(text))
	var refused *spec.Error
	require.ErrorAs(t, err, &refused, text)
	return refused
}

func TestARefusalShowsThePlace(t *testing.T) {
	err := refusal(t, strings.Replace(shop, "timeout: 400ms", "timeout: 400", 1))
	require.Equal(t, `origins.yaml:9:16: services.shop.check.timeout: found "400", expected a time `+
		`such as 90s, 1m30s or 500ms, from 1ns to 24h
    8 |       interval: 2s
    9 |       timeout: 400
      |                ^`, err.Error())
}

// "It refuses rather than guesses" (invariant 2): what is refused, where, and with which words.
func TestRefusals(t *testing.T) {
	service := func(lines string) string { return "services:\n  a:\n" + lines }
	check := func(inner string) string { return service("    check: {" + inner + "}\n    origins: []\n") }
	for _, c := range []struct {
		text         string
		line, column int
		problem      string
	}{
		{"", 1, 1, "found nothing, expected a mapping"},
		{"services:\n", 1, 11, "services: found nothing"},
		{"- a\n", 1, 1, "found a list, expected a mapping with services"},
		{"servcies: {}\n", 1, 1, `unknown field "servcies", expected one of services`},
		{"{}\n", 1, 1, "found no services"},
		{"services: {-a: {origins: []}}\n", 1, 12, `services: found "-a", expected 1 to 63 letters`},
		{"services: {a: {}}\n", 1, 15, "services.a: found no origins"},
		{"services: {a: {origins: []}}\n---\na: b\n", 2, 1, "found a second document"},
		{"services: {a: {origins: []}}\n---", 2, 1, "found a second document"},
		{"services: {a: &x {origins: []}, b: *x}\n", 1, 15, "found an anchor"},
		{"services: *x\n", 1, 11, "found an alias"},
		{"services: !!map {}\n", 1, 11, "found a tag"},
		{"a: [\n", 1, 4, "found what is no YAML"},
		{"services: {a: {origins: []}}\n# \xff\n", 2, 3, "found bytes that are no UTF-8"},
		{service("    origins: []\n  a:\n    origins: []\n"), 4, 3, `a second "a", after that of line 2`},
		{service("    origins: {b: 1}\n"), 3, 15, "services.a.origins: found a mapping, expected a list"},
		{service("    origins:\n    - b:1\n    - c:1\n    - B:1\n"), 6, 7, "a second b:1, after that of line 4"},
		{service("    origins: [b]\n"), 3, 15, `services.a.origins[0]: found "b", expected "host:port"`},
		{service("    origins: [{weight: 1}]\n"), 3, 16, "services.a.origins[0]: found no target"},
		{service("    origins:\n    - {target: b:1, weight: 65536}\n"), 4, 29, "a whole number from 0 to 65535"},
		{service("    origins:\n    - [::1]:80\n"), 4, 12, "found what is no YAML"},
		{check("kind: udp"), 3, 19, "one of tcp, http, https"},
		{check("path: /"), 3, 0, ""},
		{check("path: /x"), 3, 19, "a tcp probe expects no path, status or body"},
		{check("body: x"), 3, 19, "a tcp probe expects no path, status or body"},
		{check("status: 204"), 3, 21, "a tcp probe expects no path, status or body"},
		{check("kind: http, path: x"), 3, 31, "a path of a URL"},
		{check("kind: http, status: 299-200"), 3, 33, "an HTTP status such as 204"},
		{check("kind: http, status: 600"), 3, 33, "an HTTP status such as 204"},
		{check(`kind: http, body: "a\nb"`), 3, 31, "a line of 1 to 512 bytes"},
		{check("interval: 25h"), 3, 23, "from 1ns to 24h"},
		{check("timeout: 2s"), 3, 22, "timeout is 2s, expected more than 0s and at most the interval of 1s"},
		{check("interval: 100ms"), 3, 13, "timeout is 500ms, expected more than 0s"},
		{check("jitter: 2s"), 3, 21, "jitter is 2s, expected 0s to the interval"},
		{check("fast_interval: 2s"), 3, 28, "fast interval is 2s"},
		{check("rise: 0"), 3, 19, "a whole number from 1 to 255"},
		{check("fall: 0x3"), 3, 19, "a whole number from 1 to 255"},
		{check("initial: unable"), 3, 22, "one of unknown, healthy, unhealthy"},
		{check("semantics: window"), 3, 24, "or {window: 10, threshold: 7}"},
		{check("semantics: {window: 3}"), 3, 25, "found no threshold"},
		{check("semantics: {window: 3, threshold: 4}"), 3, 47, "found 4, expected at most the window of 3"},
		{check("rise: 1, rise: 2"), 3, 22, `a second "rise", after that of line 3`},
	} {
		if c.problem == "" {
			parsed(t, c.text)
			continue
		}
		err := refusal(t, c.text)
		require.Contains(t, err.Problem, c.problem, c.text)
		require.Equal(t, []int{c.line, c.column}, []int{err.Line, err.Column}, "%s\n%v", c.text, err)
	}
}

// Files may be nested deeper, and have more keys, than scenarios.
func TestNestingAndKeysAreBounded(t *testing.T) {
	require.Contains(t, refusal(t, strings.Repeat("[", 17)).Problem, "found more than 16 levels of nesting")
	require.Contains(t, refusal(t, strings.Repeat("a: 1\n", spec.MaxServices+1)).Problem,
		"found more than 4096 keys in one mapping")
}
