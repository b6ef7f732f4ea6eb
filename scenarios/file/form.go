package file

import (
	"time"

	"butterfly/netmodel"
	"butterfly/scenarios"
	"butterfly/sim/form"
)

// length is a time from 0 up to the longest run.
func length() form.Of[scenarios.Span] { return lengthUpTo(scenarios.MaxDuration) }

func lengthUpTo(longest time.Duration) form.Of[scenarios.Span] {
	most := scenarios.Span(longest)
	return form.Duration(0, most, "a time such as 90s or 1m30s, up to "+most.Short(),
		scenarios.Span.Short)
}

// shift is a time that may be negative, up to the longest run either way.
func shift() form.Of[scenarios.Span] {
	const most = scenarios.Span(scenarios.MaxDuration)
	return form.Duration(-most, most, "a time such as 90s or -1m30s, up to "+most.Short(),
		scenarios.Span.Short)
}

func latency() form.Of[scenarios.Latency] {
	return form.Patterned(`^[0-9].*s$|^(lognormal|modes)\(.*\)$`,
		"a one-way delay such as 500us, 50us..500us or lognormal(0.5ms, 0.8)",
		func(text string) (scenarios.Latency, bool) {
			l, err := netmodel.ParseLatency(text)
			return scenarios.Latency{Latency: l}, err == nil
		}, scenarios.Latency.String)
}
