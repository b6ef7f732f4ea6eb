package spec

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"butterfly/node/health"
	"butterfly/node/live/names"
	"butterfly/sim/form"
)

// longestInterval is a day, as health has it.
const longestInterval = 24 * time.Hour

func checkFields() []field[health.Definition] {
	type check = health.Definition
	return []field[check]{
		scalar("kind", "what a probe does: tcp connects, http and https ask for a path",
			form.Word(health.Kind.String, health.TCP, health.HTTP, health.HTTPS),
			func(c *check) *health.Kind { return &c.Kind }),
		scalar("path", "what an HTTP probe asks for: / if it does not say", urlPath(),
			func(c *check) *string { return &c.Path }),
		value("status", "which HTTP statuses are a success: 200-299 if it does not say", statuses(),
			func(c *check) statusRange { return statusRange{c.StatusFrom, c.StatusTo} },
			func(c *check, s statusRange) { c.StatusFrom, c.StatusTo = s.from, s.to }),
		scalar("body", "what the body of an HTTP answer must contain", line(names.MaxBodyBytes),
			func(c *check) *string { return &c.Body }),
		scalar("interval", "time between two probes", length(1, longestInterval),
			func(c *check) *time.Duration { return &c.Interval }),
		scalar("timeout", "how long a probe may take", length(1, longestInterval),
			func(c *check) *time.Duration { return &c.Timeout }),
		scalar("jitter", "by how much at most an interval is longer, at random",
			length(0, longestInterval), func(c *check) *time.Duration { return &c.Jitter }),
		scalar("fast_interval", "takes the place of the interval while results contradict the status",
			length(0, longestInterval), func(c *check) *time.Duration { return &c.FastInterval }),
		scalar("rise", "how many successes in a row make an origin healthy",
			form.Whole[int](1, math.MaxUint8), func(c *check) *int { return &c.Rise }),
		scalar("fall", "how many failures in a row make an origin unhealthy",
			form.Whole[int](1, math.MaxUint8), func(c *check) *int { return &c.Fall }),
		scalar("initial", "what an origin is before it was probed",
			form.Word(health.Status.String, health.Unknown, health.Healthy, health.Unhealthy),
			func(c *check) *health.Status { return &c.Initial }),
		semantics(),
	}
}

// checkDefinition says which key of a check does not go together with the others.
func checkDefinition(d *health.Definition) (key string, err error) {
	if err = d.Validate(); err == nil {
		return "", nil
	}
	complaint := strings.TrimPrefix(err.Error(), "health: ")
	field, _, _ := strings.Cut(complaint, " is ")
	switch {
	case field != complaint:
		key = strings.ReplaceAll(field, " ", "_")
	case d.Path != "":
		key = "path"
	case d.Body != "":
		key = "body"
	default:
		key = "status"
	}
	return key, errors.New(complaint)
}

// urlPath is what stands after the host of a URL. "/" is the same as nothing.
func urlPath() form.Of[string] {
	return form.Patterned(`^/[!-~]*$`,
		fmt.Sprintf("a path of a URL from its first / on, of up to %d characters of ASCII",
			names.MaxPathBytes),
		func(text string) (string, bool) {
			if text == "/" {
				return "", true
			}
			return text, len(text) <= names.MaxPathBytes
		}, printText)
}

// statusRange is a range of HTTP statuses, both ends included; both 0 for what is usual.
type statusRange struct{ from, to uint16 }

// statuses is one status, a number to YAML, or a range of them, which is a text.
func statuses() form.Of[statusRange] {
	f := form.Patterned(`^[1-5][0-9]{2}(-[1-5][0-9]{2})?$`,
		"an HTTP status such as 204, or a range such as 200-399", parseStatuses, printStatuses)
	several, single := f.Parse, form.Typed(ast.IntegerType, parseStatuses)
	f.Schema = form.AnyOf(f.Schema, form.Whole[int](100, 599).Schema)
	f.Parse = func(s form.Scalar) (statusRange, bool) {
		if found, ok := single(s); ok {
			return found, true
		}
		return several(s)
	}
	return f
}

func parseStatuses(text string) (s statusRange, ok bool) {
	first, last, isRange := strings.Cut(text, "-")
	if !isRange {
		last = first
	}
	from, ok1 := form.Atoi(first, 100, 599)
	to, ok2 := form.Atoi(last, from, 599)
	if from == 200 && to == 299 {
		return s, ok1 && ok2
	}
	return statusRange{uint16(from), uint16(to)}, ok1 && ok2
}

func printStatuses(s statusRange) string {
	if s.from == s.to {
		return fmt.Sprint(s.from)
	}
	return fmt.Sprintf("%d-%d", s.from, s.to)
}
