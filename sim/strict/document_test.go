package strict_test

import (
	"strings"
	"testing"

	"github.com/goccy/go-yaml/ast"
	"github.com/stretchr/testify/require"

	"butterfly/sim/strict"
)

var limits = strict.Limits{Bytes: 1 << 20, Depth: 8, Keys: 100, EmptyValues: 100}

// read reads a text that is a mapping of names to lists, and of lists the one item.
func read(text string) *strict.Error {
	d, problem := strict.Parse("mine.yaml", []byte(text), limits)
	if problem != nil {
		return problem
	}
	return d.Entries("", d.Root(), "a mapping", nil,
		func(key string, at strict.Place, value ast.Node) *strict.Error {
			if key == "name" {
				return nil
			}
			items, problem := d.Items(key, value, "a list", 1)
			for n, item := range items {
				problem = d.Wrong(strict.Item(key, n), strict.Start(item), strict.Found(item), "none")
			}
			return problem
		})
}

func refusal(t *testing.T, text string) *strict.Error {
	t.Helper()
	refused := read(text)
	require.NotNil(t, refused, text)
	return refused
}

// "It names the file, the line and the column, what was found there and what is allowed, and shows the
// lines" (package documentation).
func TestAnErrorSaysWhereAndWhat(t *testing.T) {
	require.EqualError(t, refusal(t, "name: a\ncolours:\n  - red\n"),
		`mine.yaml:3:5: colours[0]: found "red", expected none
    2 | colours:
    3 |   - red
      |     ^`)
	require.EqualError(t, refusal(t, "red"),
		"mine.yaml:1:1: found \"red\", expected a mapping\n    1 | red\n      | ^")
}

func TestWhatIsRefused(t *testing.T) {
	long := strings.Repeat("x", 61)
	for text, want := range map[string]string{
		"":                    "1:1: found nothing, expected a mapping",
		"# nothing":           "1:1: found nothing, expected a mapping",
		"[1]":                 "1:1: found a list, expected a mapping",
		"name: a\n\nname: b":  `3:1: found a second "name", after that of line 1, expected one`,
		"a:":                  "1:4: a: found nothing, expected a list",
		"a: {b: 1}":           "1:5: a: found a mapping, expected a list",
		"a:\n  b: 1":          "2:3: a: found a mapping, expected a list",
		"a: [1, 2]":           "1:4: a: found 2 items, expected at most 1",
		"a: [{b: 1}]":         "1:6: a[0]: found a mapping, expected none",
		"a: [[]]":             "1:5: a[0]: found a list, expected none",
		"a: [" + long + "]":   `1:5: a[0]: found "` + long[:60] + `...", expected none`,
		"a: 'x":               "1:4: found what is no YAML: could not find end character",
		"\xffa":               "1:1: found bytes that are no UTF-8, expected text in UTF-8",
		"a: 1\n\x00ü\xff\xff": "2:3: found bytes that are no UTF-8",
	} {
		refused := refusal(t, text)
		require.True(t, strings.HasPrefix(refused.Error(), "mine.yaml:"+want), "%v\n%s", refused, want)
	}
}

func TestATextIsLimitedInSize(t *testing.T) {
	fits := "name: a #" + strings.Repeat("x", limits.Bytes-len("name: a #"))
	require.Nil(t, read(fits))
	require.Equal(t, "found more than 1048576 bytes, expected no more", refusal(t, fits+"x").Problem)
}

func TestThereAreKeysAndThereAreNone(t *testing.T) {
	for text, want := range map[string]bool{"": false, "[a]": false, "b: 1": false, "b: 1\na: 2": true} {
		d, problem := strict.Parse("mine.yaml", []byte(text), limits)
		require.Nil(t, problem)
		require.Equal(t, want, strict.HasKey(d.Root(), "a"), text)
	}
}

// What is lacking is said last, and all of it.
func TestKeysThatHaveToBeThere(t *testing.T) {
	required := []string{"a", "b", "c"}
	for text, want := range map[string]string{
		"{a: 1, b: 2, c: 3, d: 4}": "",
		"# one\nb: 2":              "2:1: found no a, c, expected all three",
		"{b: 1, b: 2}":             `1:8: found a second "b"`,
		"":                         "1:1: found nothing, expected all three",
	} {
		d, problem := strict.Parse("mine.yaml", []byte(text), limits)
		require.Nil(t, problem)
		refused := d.Entries("", d.Root(), "all three", required,
			func(string, strict.Place, ast.Node) *strict.Error { return nil })
		if want == "" {
			require.Nil(t, refused)
			continue
		}
		require.True(t, strings.HasPrefix(refused.Error(), "mine.yaml:"+want), "%v", refused)
	}
	require.Equal(t, []string{"a", "b", "c"}, required)
}
