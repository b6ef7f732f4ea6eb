package spec

import (
	"fmt"
	"net/netip"
	"strings"
	"time"
	"unicode"

	"github.com/goccy/go-yaml/ast"

	"butterfly/sim/form"
)

// line is a text on one line.
func line(most int) form.Of[string] {
	return form.Of[string]{
		Schema:   form.Schema{"type": "string", "minLength": 1, "maxLength": most},
		Expected: fmt.Sprintf("a line of 1 to %d bytes, in quotes where YAML needs them", most),
		Parse: form.Typed(ast.StringType, func(text string) (string, bool) {
			return text, text != "" && len(text) <= most && strings.IndexFunc(text, isUnprintable) < 0
		}),
		Print: printText,
	}
}

func isUnprintable(c rune) bool { return !unicode.IsPrint(c) }

// length is a time from the shortest to the longest.
func length(shortest, longest time.Duration) form.Of[time.Duration] {
	return form.Duration(shortest, longest,
		fmt.Sprintf("a time such as 90s, 1m30s or 500ms, from %s to %s",
			printDuration(shortest), printDuration(longest)), printDuration)
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

// printText puts a text in quotes where YAML might take it for something else.
func printText(text string) string {
	if isBare(text) {
		return text
	}
	return form.InQuotes(text)
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
