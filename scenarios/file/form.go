package file

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"butterfly/netmodel"
	"butterfly/scenarios"
	"butterfly/sim/rng"
	"butterfly/sim/strict"
)

// form is how values of a type are written in a file.
type form[V any] struct {
	shape shape
	// expected completes "found so, expected".
	expected string
	parse    func(node ast.Node) (v V, ok bool)
	print    func(V) string
}

func readScalar[V any](r *reader, path string, node ast.Node, f form[V]) (v V, problem *Error) {
	if v, ok := f.parse(node); ok {
		return v, nil
	}
	return v, r.Wrong(path, strict.Start(node), strict.Found(node), f.expected)
}

// scalarOf reads scalars of one of YAML's types.
func scalarOf[V any](
	scalar ast.NodeType, parse func(text string) (V, bool),
) func(ast.Node) (V, bool) {
	return func(node ast.Node) (v V, ok bool) {
		if node.Type() != scalar {
			return v, false
		}
		return parse(node.GetToken().Value)
	}
}

// flag is a choice of two.
func flag() form[bool] {
	return form[bool]{
		shape: shape{"type": "boolean"}, expected: "true or false",
		parse: scalarOf(ast.BoolType, func(text string) (bool, bool) {
			return text == "true", text == "true" || text == "false"
		}),
		print: strconv.FormatBool,
	}
}

// whole is a whole number from the least to the most.
func whole[N ~int | ~uint16](least, most int) form[N] {
	return form[N]{
		shape:    shape{"type": "integer", "minimum": least, "maximum": most},
		expected: fmt.Sprintf("a whole number from %d to %d", least, most),
		parse: scalarOf(ast.IntegerType, func(text string) (N, bool) {
			n, ok := atoi(text, least, most)
			return N(n), ok
		}),
		print: func(n N) string { return strconv.Itoa(int(n)) },
	}
}

// atoi reads a number as people write it: without sign, underscores and leading zeros.
func atoi(text string, least, most int) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil && strconv.Itoa(n) == text && n >= least && n <= most
}

// word is one of those that are known.
func word[V ~string](known []V) form[V] {
	names := make([]string, len(known))
	for i, k := range known {
		names[i] = string(k)
	}
	return form[V]{
		shape: shape{"enum": names}, expected: "one of " + strings.Join(names, ", "),
		parse: scalarOf(ast.StringType, func(text string) (V, bool) {
			return V(text), slices.Contains(known, V(text))
		}),
		print: func(v V) string { return string(v) },
	}
}

// patterned is a text that fits a pattern. What fits may still be refused by parse.
func patterned[V any](
	pattern, expected string, parse func(string) (V, bool), print func(V) string,
) form[V] {
	fits := regexp.MustCompile(pattern)
	return form[V]{
		shape: shape{"type": "string", "pattern": pattern}, expected: expected,
		parse: scalarOf(ast.StringType, func(text string) (v V, ok bool) {
			if !fits.MatchString(text) {
				return v, false
			}
			return parse(text)
		}),
		print: print,
	}
}

const (
	spanPattern  = `([0-9]+(\.[0-9]+)?(ns|us|µs|ms|s|m|h))+`
	sharePattern = `[0-9]{1,3}(\.[0-9]{1,4})?%`
)

// length is a time from 0 up to the longest run.
func length() form[scenarios.Span] { return lengthUpTo(scenarios.MaxDuration) }

func lengthUpTo(longest time.Duration) form[scenarios.Span] {
	return patterned("^"+spanPattern+"$",
		"a time such as 90s or 1m30s, up to "+scenarios.Span(longest).Short(),
		func(text string) (s scenarios.Span, ok bool) {
			err := s.UnmarshalText([]byte(text))
			return s, err == nil && s.Duration() <= longest
		}, scenarios.Span.Short)
}

// shift is a time that may be negative, up to the longest run either way.
func shift() form[scenarios.Span] {
	longest := scenarios.Span(scenarios.MaxDuration).Short()
	return patterned("^-?"+spanPattern+"$", "a time such as 90s or -1m30s, up to "+longest,
		func(text string) (s scenarios.Span, ok bool) {
			err := s.UnmarshalText([]byte(text))
			return s, err == nil && s.Duration().Abs() <= scenarios.MaxDuration
		}, scenarios.Span.Short)
}

// share is one in percent.
func share() form[rng.PPM] {
	return patterned("^"+sharePattern+"$", "a share from 0% to 100%, to a millionth",
		parsePPM, rng.PPM.String)
}

func parsePPM(text string) (rng.PPM, bool) {
	share, err := rng.ParsePPM(text)
	return share, err == nil
}

func latency() form[scenarios.Latency] {
	return patterned(`^[0-9].*s$|^(lognormal|modes)\(.*\)$`,
		"a one-way delay such as 500us, 50us..500us or lognormal(0.5ms, 0.8)",
		func(text string) (scenarios.Latency, bool) {
			l, err := netmodel.ParseLatency(text)
			return scenarios.Latency{Latency: l}, err == nil
		}, scenarios.Latency.String)
}
