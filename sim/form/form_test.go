package form_test

import (
	"testing"
	"time"

	"github.com/goccy/go-yaml/ast"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/sim/form"
	"butterfly/sim/rng"
	"butterfly/sim/strict"
)

// read reads what a text says of its only key.
func read[V any](t require.TestingT, f form.Of[V], text string) (v V, problem *strict.Error) {
	limits := strict.Limits{Bytes: 10_000, Depth: 8, Keys: 8, EmptyValues: 8}
	d, problem := strict.Parse("mine.yaml", []byte("key: "+text), limits)
	require.Nil(t, problem, text)
	problem = d.Entries("", d.Root(), "a mapping", nil,
		func(key string, _ strict.Place, value ast.Node) (problem *strict.Error) {
			v, problem = f.Read(d, key, value)
			return problem
		})
	return v, problem
}

func accepts[V any](t *testing.T, f form.Of[V], want map[string]V) {
	t.Helper()
	for text, v := range want {
		got, problem := read(t, f, text)
		require.Nil(t, problem, text)
		require.Equal(t, v, got, text)
	}
}

func refuses[V any](t *testing.T, f form.Of[V], expected string, texts ...string) {
	t.Helper()
	require.Equal(t, expected, f.Expected)
	for _, text := range append(texts, "", "~", "[]", "{}", "{a: 1}", "|\n  text") {
		_, problem := read(t, f, text)
		require.NotNil(t, problem, text)
		require.Contains(t, problem.Error(), ", expected "+expected, text)
	}
}

// "Nothing is corrected" (package documentation, invariant 2), and YAML's types count.
func TestValuesInFiles(t *testing.T) {
	accepts(t, form.Bool(), map[string]bool{"true": true, "false": false})
	refuses(t, form.Bool(), "true or false", `"true"`, "True", "yes", "1")

	number := form.Whole[int](-3, 12)
	accepts(t, number, map[string]int{"-3": -3, "0": 0, "12": 12})
	refuses(t, number, "a whole number from -3 to 12",
		`"5"`, "-4", "13", "+5", "05", "1_0", "0x5", "5.0", "9223372036854775808")

	word := form.Words("red", "green")
	accepts(t, word, map[string]string{"red": "red", `"green"`: "green"})
	refuses(t, word, "one of red, green", "blue", "Red", "1")

	share := form.Share()
	accepts(t, share, map[string]rng.PPM{"0%": 0, "0.0001%": 1, "100%": 1_000_000})
	refuses(t, share, "a share from 0% to 100%, to a millionth", "5", "-5%", "101%", "0.00001%")
}

func TestTimesHaveASignWhereTheLeastHas(t *testing.T) {
	const most = time.Hour
	ahead := form.Duration(0, most, "a time", time.Duration.String)
	accepts(t, ahead, map[string]time.Duration{"0s": 0, "1m30s": 90 * time.Second, "1h": most})
	refuses(t, ahead, "a time", "-1s", "1h1ns", "5", "1.s", "9999999h")
	either := form.Duration(-most, most, "a shift", time.Duration.String)
	accepts(t, either, map[string]time.Duration{"-1h": -most, "1h": most, "1.5us": 1500})
	refuses(t, either, "a shift", "-1h1ns", "1h1ns", "+1s", "--1s")
}

// A flag "has no quotes to tell them apart, so FromText reads what fits" (package documentation).
func TestTextsWithoutAType(t *testing.T) {
	n, err := form.Whole[uint16](1, 9).FromText("7")
	require.NoError(t, err)
	require.EqualValues(t, 7, n)
	digits := form.Patterned("^[0-9]+$", "digits",
		func(text string) (string, bool) { return text, text != "13" }, form.InQuotes)
	text, err := digits.FromText("7")
	require.NoError(t, err)
	require.Equal(t, "7", text)
	_, err = digits.FromText("13")
	require.EqualError(t, err, `found "13", expected digits`)
	refuses(t, digits, "digits", "7", `"13"`, `"a"`)
}

func TestValuesHaveNames(t *testing.T) {
	weekday := form.Word(time.Weekday.String, time.Monday, time.Friday)
	accepts(t, weekday, map[string]time.Weekday{"Monday": time.Monday, "Friday": time.Friday})
	refuses(t, weekday, "one of Monday, Friday", "Sunday", "monday")
	require.Equal(t, "[Friday, Monday]", weekday.PrintList([]time.Weekday{time.Friday, time.Monday}))
	require.Equal(t, "[]", weekday.PrintList(nil))
}

// "What is printed reads as what was printed" (package documentation, invariant 1).
func TestWhatIsPrintedIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		printed(t, form.Bool(), rapid.Bool().Draw(t, "bool"))
		printed(t, form.Whole[int](-1e6, 1e6), rapid.IntRange(-1e6, 1e6).Draw(t, "number"))
		printed(t, form.Share(), rng.PPM(rapid.IntRange(0, 1e6).Draw(t, "share")))
		printed(t, form.Words("red", "green"), rapid.SampledFrom([]string{"red", "green"}).Draw(t, "word"))
	})
}

func printed[V any](t require.TestingT, f form.Of[V], v V) {
	got, problem := read(t, f, f.Print(v))
	require.Nil(t, problem)
	require.Equal(t, v, got)
}

// In quotes, a text is one "whatever stands in it".
func TestTextsInQuotes(t *testing.T) {
	anything := form.Patterned("", "a text",
		func(text string) (string, bool) { return text, true }, form.InQuotes)
	for _, text := range []string{"", "true", "7", "~", `a "b" \n c`, `\`, "# no comment", "a: b", "ä"} {
		printed(t, anything, text)
	}
	rapid.Check(t, func(t *rapid.T) {
		printed(t, anything, rapid.StringMatching(`[ -~]{0,20}`).Draw(t, "text"))
	})
}
