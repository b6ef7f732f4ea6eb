package spec

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/goccy/go-yaml/ast"

	"butterfly/sim/rng"
	"butterfly/sim/strict"
)

// form is how values of a type are written.
type form[V any] struct {
	shape shape
	// expected completes "found so, expected".
	expected string
	// scalars are the types of YAML's that a value may be of.
	scalars []ast.NodeType
	parse   func(text string) (v V, ok bool)
	print   func(V) string
}

func readScalar[V any](r *reader, path string, node ast.Node, f form[V]) (v V, problem *Error) {
	if slices.Contains(f.scalars, node.Type()) {
		if v, ok := f.parse(node.GetToken().Value); ok {
			return v, nil
		}
	}
	return v, r.Wrong(path, strict.Start(node), strict.Found(node), f.expected)
}

// fromText reads a value as a flag has it.
func (f form[V]) fromText(text string) (v V, err error) {
	v, ok := f.parse(text)
	if !ok {
		return v, fmt.Errorf("found %s, expected %s", strict.Quoted(text), f.expected)
	}
	return v, nil
}

// flag is a choice of two.
func flag() form[bool] {
	return form[bool]{
		shape: shape{"type": "boolean"}, expected: "true or false",
		scalars: []ast.NodeType{ast.BoolType},
		parse: func(text string) (bool, bool) {
			return text == "true", text == "true" || text == "false"
		},
		print: strconv.FormatBool,
	}
}

// whole is a whole number from the least to the most.
func whole[N ~int | ~uint16](least, most int) form[N] {
	return form[N]{
		shape:    shape{"type": "integer", "minimum": least, "maximum": most},
		expected: fmt.Sprintf("a whole number from %d to %d", least, most),
		scalars:  []ast.NodeType{ast.IntegerType},
		parse: func(text string) (N, bool) {
			n, ok := atoi(text, least, most)
			return N(n), ok
		},
		print: func(n N) string { return strconv.Itoa(int(n)) },
	}
}

// atoi reads a number as people write it: without sign, underscores and leading zeros.
func atoi(text string, least, most int) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil && strconv.Itoa(n) == text && n >= least && n <= most
}

// word is one of those that are known.
func word[V any](name func(V) string, known ...V) form[V] {
	var names []string
	for _, v := range known {
		names = append(names, name(v))
	}
	return form[V]{
		shape: shape{"enum": names}, expected: "one of " + strings.Join(names, ", "),
		scalars: []ast.NodeType{ast.StringType},
		parse: func(text string) (v V, ok bool) {
			if i := slices.Index(names, text); i >= 0 {
				return known[i], true
			}
			return v, false
		},
		print: name,
	}
}

// patterned is a text that fits a pattern. What fits may still be refused by parse.
func patterned[V any](
	pattern, expected string, parse func(string) (V, bool), print func(V) string,
) form[V] {
	fits := regexp.MustCompile(pattern)
	return form[V]{
		shape: shape{"type": "string", "pattern": pattern}, expected: expected,
		scalars: []ast.NodeType{ast.StringType},
		parse: func(text string) (v V, ok bool) {
			if !fits.MatchString(text) {
				return v, false
			}
			return parse(text)
		},
		print: print,
	}
}

// line is a text on one line.
func line(most int) form[string] {
	return form[string]{
		shape:    shape{"type": "string", "minLength": 1, "maxLength": most},
		expected: fmt.Sprintf("a line of 1 to %d bytes, in quotes where YAML needs them", most),
		scalars:  []ast.NodeType{ast.StringType},
		parse: func(text string) (string, bool) {
			return text, text != "" && len(text) <= most && strings.IndexFunc(text, isUnprintable) < 0
		},
		print: printText,
	}
}

func isUnprintable(c rune) bool { return !unicode.IsPrint(c) }

// length is a time from the shortest to the longest.
func length(shortest, longest time.Duration) form[time.Duration] {
	return patterned(`^([0-9]+(\.[0-9]+)?(ns|us|µs|ms|s|m|h))+$`,
		fmt.Sprintf("a time such as 90s, 1m30s or 500ms, from %s to %s",
			printDuration(shortest), printDuration(longest)),
		func(text string) (time.Duration, bool) {
			d, err := time.ParseDuration(text)
			return d, err == nil && d >= shortest && d <= longest
		}, printDuration)
}

// printDuration writes 1m30s and 24h, where the standard library has 24h0m0s.
func printDuration(d time.Duration) string {
	text := strings.Replace(d.String(), "µ", "u", 1)
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

// share is one in percent.
func share() form[rng.PPM] {
	return patterned(`^[0-9]{1,3}(\.[0-9]{1,4})?%$`, "a share from 0% to 100%, to a millionth",
		func(text string) (rng.PPM, bool) {
			share, err := rng.ParsePPM(text)
			return share, err == nil
		}, rng.PPM.String)
}

// printText puts a text in quotes where YAML might take it for something else.
func printText(text string) string {
	if isBare(text) {
		return text
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

// isBare reports whether YAML is sure to take a text without quotes for a text. Others may do so as
// well.
func isBare(text string) bool {
	switch strings.ToLower(text) {
	case "", "true", "false", "null", "nan", "inf", "yes", "no", "on", "off", "y", "n":
		return false
	}
	return isPlain(text) && (isLetter(text[0]) || text[0] == '/') || isIPv4With(text)
}

// isPlain reports whether a text has nothing in it that YAML gives a meaning to.
func isPlain(text string) bool {
	strange := func(c rune) bool {
		return c > '~' || !isLetter(byte(c)) && !isDigit(byte(c)) && !strings.ContainsRune("._/:-", c)
	}
	return !strings.ContainsFunc(text, strange) && !strings.HasSuffix(text, ":") &&
		!strings.Contains(text, "::")
}

// isIPv4With reports whether a text is an IPv4 address with a port or with a length.
func isIPv4With(text string) bool {
	address, errAddress := netip.ParseAddrPort(text)
	network, errNetwork := netip.ParsePrefix(text)
	return errAddress == nil && address.Addr().Is4() || errNetwork == nil && network.Addr().Is4()
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
