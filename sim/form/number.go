package form

import (
	"fmt"
	"strconv"

	"github.com/goccy/go-yaml/ast"
)

// Bool is a choice of true and false.
func Bool() Of[bool] {
	return Of[bool]{
		Schema: Schema{"type": "boolean"}, Expected: "true or false",
		Parse: Typed(ast.BoolType, func(text string) (bool, bool) {
			return text == "true", text == "true" || text == "false"
		}),
		Print: strconv.FormatBool,
	}
}

// Whole is a whole number from the least to the most, both included, which an N can hold.
func Whole[N ~int | ~uint16](least, most int) Of[N] {
	return Of[N]{
		Schema:   Schema{"type": "integer", "minimum": least, "maximum": most},
		Expected: fmt.Sprintf("a whole number from %d to %d", least, most),
		Parse: Typed(ast.IntegerType, func(text string) (N, bool) {
			n, ok := Atoi(text, least, most)
			return N(n), ok
		}),
		Print: func(n N) string { return strconv.Itoa(int(n)) },
	}
}

// Atoi reads a number from the least to the most as people write it: without underscores, leading
// zeros and a plus.
func Atoi(text string, least, most int) (n int, ok bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil && strconv.Itoa(n) == text && n >= least && n <= most
}
