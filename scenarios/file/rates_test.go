package file_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
	"butterfly/scenarios/file"
)

const rates = `name: a-day
servers: 5-40
origins: 100
merge: siblings
duration: 24h
latency: 500us
rates:
  - kind: crash
    every: 8h
    each: server
    from: 1m
    to: 23h
    lasts: lognormal(1h3m, 1.4)
  - kind: uplink
    every: 12h
    from: 1m
    to: 23h
    lasts: 10m..1h
    strikes: 1-3
  - kind: loss
    every: 8760h
    from: 1m
    to: 23h30m
    lasts: 6m
    loss: 5%
`

func TestRatesAreInThisForm(t *testing.T) {
	s, err := file.Parse("rates", []byte(rates))
	require.NoError(t, err)
	require.Equal(t, rates, string(file.Print(&s)))
	require.Equal(t, &scenarios.Range[int]{Least: 1, Most: 3}, s.Rates[1].Strikes)
	requireSame(t, s)
	requireSame(t, s.Expand(1))
	schema := decoded(t)
	require.Empty(t, schema.invalid("", asJSON(t, []byte(rates))))
}

func TestRatesOfTheWrongForm(t *testing.T) {
	rate := func(rest string) string {
		return base + "rates: [{kind: crash, every: 8h, to: 4m, from: 1m, " + rest + "}]"
	}
	requireRefusals(t, rate, map[string]string{
		"lasts: often":     `6:59: rates[0].lasts: found "often", expected a length such as 6h, 1h..6h`,
		"lasts: 0s":        `6:59: rates[0].lasts: found "0s", expected a length such as`,
		"lasts: 1s":        "6:59: rates[0].lasts: 1s, expected at least 5s for crash inside",
		"each: shelf":      `6:58: rates[0].each: found "shelf", expected one of cluster, server, rack, row`,
		"each: origin":     "6:58: rates[0].each: crash strikes no single origin",
		"strikes: 0":       `6:61: rates[0].strikes: found "0", expected a whole number from 1 to 1000000`,
		"strikes: 6":       "6:61: rates[0].strikes: 6 to 6, expected 1 to 5",
		"loss: 5%":         "6:58: rates[0].loss: expected none for crash",
		"at: 5m":           `6:52: rates[0]: found unknown field "at", expected one of kind, every`,
		"every: 8h":        `6:52: rates[0]: found a second "every", after that of line 6, expected one`,
		"lasts: 1h..169h":  `6:59: rates[0].lasts: found "1h..169h", expected`,
		"lasts: 99999999h": `6:59: rates[0].lasts: found "99999999h", expected`,
	})
	appended := func(line string) string { return base + line }
	requireRefusals(t, appended, map[string]string{
		"rates: 5":               `6:8: rates: found "5", expected a list of mappings`,
		"rates: [{kind: crash}]": "6:10: rates[0]: found no every, from, to, expected a mapping",
		"rates: [{kind: crash, every: 43801h, from: 0s, to: 1m}]": `6:30: rates[0].every: ` +
			`found "43801h", expected a time such as 90s or 1m30s, up to 43800h`,
		"rates: [{kind: crash, every: 10ms, from: 0s, to: 5m}]": "6:30: rates[0].every: " +
			"10ms makes 30000 faults of all rates, on average, expected at most 5000",
	})
}
