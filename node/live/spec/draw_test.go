package spec_test

import (
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"butterfly/node/health"
	"butterfly/node/live/spec"
)

// drawOrigins draws what an origins file may say, sorted as the parser sorts it.
func drawOrigins(t *rapid.T) (o spec.Origins) {
	names := rapid.SliceOfNDistinct(drawName(), 0, 4, rapid.ID).Draw(t, "services")
	slices.Sort(names)
	for _, name := range names {
		s := spec.Service{Name: name, Check: drawCheck(t)}
		targets := rapid.SliceOfNDistinct(drawTarget(), 0, 4, rapid.ID).Draw(t, "targets")
		slices.Sort(targets)
		for _, target := range targets {
			s.Origins = append(s.Origins, spec.Origin{
				Target: target, Weight: rapid.Uint16().Draw(t, "weight"),
			})
		}
		o.Services = append(o.Services, s)
	}
	return o
}

// drawName draws names that YAML might take for something else among the others.
func drawName() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom([]string{"a", "b", "c"}),
		rapid.StringMatching(`[A-Za-z0-9][A-Za-z0-9._-]{0,8}`),
		rapid.SampledFrom([]string{"true", "Null", "0x1f", "1e3", "12", "1.5", "y", "2001-01-01", "0_"}),
	)
}

func drawTarget() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		host := rapid.SampledFrom([]string{
			"10.0.0.1", "[::1]", "[fd00::2]", "shop.example", "a", "true", "1e3.x", "_http._tcp.a-b",
		}).Draw(t, "host")
		return fmt.Sprintf("%s:%d", host, rapid.SampledFrom([]int{1, 80, 65535}).Draw(t, "port"))
	})
}

func drawCheck(t *rapid.T) health.Definition {
	d := health.DefaultDefinition()
	d.Kind = rapid.SampledFrom([]health.Kind{health.TCP, health.HTTP, health.HTTPS}).Draw(t, "kind")
	if d.Kind != health.TCP {
		d.Path = rapid.StringMatching(`(/[!-~]{1,9})?`).Draw(t, "path")
		d.Body = rapid.StringMatching(`[ -~é€]{0,9}`).Draw(t, "body")
		if rapid.Bool().Draw(t, "statuses") {
			from := rapid.Uint16Range(100, 599).Draw(t, "from")
			d.StatusFrom, d.StatusTo = from, rapid.Uint16Range(from, 599).Draw(t, "to")
		}
	}
	span := func(least, most time.Duration, label string) time.Duration {
		return time.Duration(rapid.Int64Range(int64(least), int64(most)).Draw(t, label))
	}
	d.Interval = span(1, 24*time.Hour, "interval")
	d.Timeout = span(1, d.Interval, "timeout")
	d.Jitter, d.FastInterval = span(0, d.Interval, "jitter"), span(0, d.Interval, "fast")
	d.Rise, d.Fall = rapid.IntRange(1, 255).Draw(t, "rise"), rapid.IntRange(1, 255).Draw(t, "fall")
	d.Initial = health.Status(rapid.IntRange(0, 2).Draw(t, "initial"))
	d.Semantics = health.Semantics(rapid.IntRange(0, 2).Draw(t, "semantics"))
	if d.Semantics == health.Window {
		d.Window = rapid.IntRange(1, 64).Draw(t, "window")
		d.Threshold = rapid.IntRange(1, d.Window).Draw(t, "threshold")
	}
	return d
}
