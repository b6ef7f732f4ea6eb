package file

import (
	"strings"

	"butterfly/netmodel"
	"butterfly/scenarios"
	"butterfly/sim/form"
)

// site is where a server stands.
func site() form.Of[string] {
	cities := strings.Join(netmodel.Cities(), "|")
	return form.Patterned("^("+cities+")(/[a-z])?$",
		"a city, or one with a zone such as tokyo/b, of "+strings.ReplaceAll(cities, "|", ", "),
		func(text string) (string, bool) {
			_, err := netmodel.ParsePlace(text)
			return text, err == nil
		}, func(text string) string { return text })
}

// regionFields are those of a row of the matrix of regions.
func regionFields() []field[scenarios.Region] {
	type r = scenarios.Region
	return []field[r]{
		scalar("name", "what the region is called", name(), func(r *r) *string { return &r.Name }).must(),
		values("round_trips",
			"round trips from here to each region before this one, and last that within it: [9ms, 770us]",
			"[9ms, 770us]", scenarios.MaxPlaces, lengthUpTo(scenarios.MaxRoundTrip),
			func(r *r) *[]scenarios.Span { return &r.RoundTrips }).must(),
	}
}
