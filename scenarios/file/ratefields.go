package file

import (
	"butterfly/scenarios"
	"butterfly/sim/form"
	"butterfly/sim/rng"
)

func rateFields() []field[scenarios.Rate] {
	type r = scenarios.Rate
	return []field[r]{
		scalar("kind", "what goes wrong", form.Words(scenarios.StormKinds()...),
			func(r *r) *scenarios.FaultKind { return &r.Kind }).must(),
		scalar("every", "mean time between two of them", lengthUpTo(scenarios.MaxEvery),
			func(r *r) *scenarios.Span { return &r.Every }).must(),
		scalar("each", "whom that time is counted for; the whole cluster if left out",
			form.Words(scenarios.Scopes()...), func(r *r) *scenarios.Scope { return &r.Each }),
		scalar("from", "when they may begin", length(),
			func(r *r) *scenarios.Span { return &r.From }).must().unlessPhased(),
		scalar("to", "when all are over", length(),
			func(r *r) *scenarios.Span { return &r.To }).must().unlessPhased(),
		scalar("lasts", "how long each lasts: 6h, 1h..6h or lognormal(63m, 1.4); as in storms if left out",
			lengths(), func(r *r) *scenarios.Lengths { return &r.Lasts }),
		optional("strikes", "how many servers, origins or racks of a row one strikes, or from how many to how many",
			countRange(1, scenarios.MaxOrigins, "such as 40-80"),
			func(r *r) **span { return &r.Strikes }),
		scalar("loss",
			"the most that one of the losses loses, and all that one rack's does; 10% if left out",
			form.Share(), func(r *r) *rng.PPM { return &r.LossPPM }),
	}
}

// lengths is how long faults last.
func lengths() form.Of[scenarios.Lengths] {
	return form.Patterned(`^[0-9].*[smh]$|^lognormal\(.*\)$`,
		"a length such as 6h, 1h..6h or lognormal(63m, 1.4)",
		func(text string) (scenarios.Lengths, bool) {
			l, err := scenarios.ParseLengths(text)
			return l, err == nil
		}, func(l scenarios.Lengths) string { return l.String() })
}
