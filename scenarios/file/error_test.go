package file_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
	"butterfly/scenarios/file"
)

const base = "name: mine\nservers: 5\norigins: 20\nduration: 5m\nlatency: 500us\n"

func refusal(t *testing.T, text string) *file.Error {
	t.Helper()
	_, err := file.Parse("mine.yaml", []byte(text))
	var refused *file.Error
	require.ErrorAs(t, err, &refused, text)
	return refused
}

// "Errors name file, line, column, what was found and what is allowed, with a source excerpt."
func TestAnErrorSaysWhereAndWhat(t *testing.T) {
	require.EqualError(t, refusal(t, base+"faults:\n  - kind: crsh\n    at: 1m\n"),
		`mine.yaml:7:11: faults[0].kind: found "crsh", expected one of `+kinds()+`
    6 | faults:
    7 |   - kind: crsh
      |           ^`)
}

// kinds lists the kinds of faults as errors do.
func kinds() string {
	var names []string
	for _, kind := range scenarios.FaultKinds() {
		names = append(names, string(kind))
	}
	return strings.Join(names, ", ")
}

// amended is base with another line, in place of the one with the same key if there is one.
func amended(line string) string {
	key, _, _ := strings.Cut(line, ":")
	before, _, found := strings.Cut(base, key+":")
	if !found {
		return base + line + "\n"
	}
	_, after, _ := strings.Cut(base[len(before):], "\n")
	return before + line + "\n" + after
}

func requireRefusals(t *testing.T, text func(string) string, wants map[string]string) {
	for given, want := range wants {
		refused := refusal(t, text(given))
		require.True(t, strings.HasPrefix(refused.Error(), "mine.yaml:"+want), "%v\n%s", refused, want)
	}
}

func TestTextsThatAreNoScenario(t *testing.T) {
	asItIs := func(text string) string { return text }
	requireRefusals(t, asItIs, map[string]string{
		"":          "1:1: found nothing, expected a mapping with name, servers, duration, latency",
		"# nothing": "1:1: found nothing, expected a mapping with name, servers, duration, latency",
		"storm":     `1:1: found "storm", expected a mapping with name`,
		"[1]":       "1:1: found a list, expected a mapping with name",
		"name: a\n": "1:1: found no servers, duration, latency, expected a mapping with name",
	})
}

func TestLinesThatAreNoFields(t *testing.T) {
	appended := func(line string) string { return base + line }
	requireRefusals(t, appended, map[string]string{
		"a: 'x":      "6:4: found what is no YAML: could not find end character",
		"\xffa":      "6:1: found bytes that are no UTF-8",
		"ü\xff":      "6:2: found bytes that are no UTF-8",
		"a: b: ":     "6:4: found what is no YAML: mapping value is not allowed",
		"servers: 6": `6:1: found a second "servers", after that of line 2, expected one`,
		"srevers: 6": `6:1: found unknown field "srevers", did you mean "servers"?, expected one of name`,
		"---\na: b":  "6:1: found a second document, expected one",
		"a: *b":      "6:4: found an alias, expected plain keys and values",
		"1: 2":       `6:1: found unknown field "1", expected one of name, about, proves`,
	})
}

func TestValuesOfTheWrongForm(t *testing.T) {
	long := strings.Repeat("x", 201)
	requireRefusals(t, amended, map[string]string{
		"name: Mine":               `1:7: name: found "Mine", expected 1 to 64 of a-z`,
		"servers: many":            `2:10: servers: found "many", expected a whole number from 1 to 10000, or a range`,
		"servers: '5'":             `2:10: servers: found "5", expected a whole number`,
		"servers: 9-5":             `2:10: servers: found "9-5", expected`,
		"servers: 0-5":             `2:10: servers: found "0-5", expected`,
		"origins: 2e1":             `3:10: origins: found "2e1", expected a whole number from 1 to 1000000`,
		"origins: 1_0":             `3:10: origins: found "1_0", expected a whole number`,
		"origins: -1":              `3:10: origins: found "-1", expected a whole number`,
		"duration: 5":              `4:11: duration: found "5", expected a time such as 90s or 1m30s, up to 168h`,
		"duration: -5m":            `4:11: duration: found "-5m", expected a time`,
		"duration: 200h":           `4:11: duration: found "200h", expected a time`,
		"latency: 1ms..":           `5:10: latency: found "1ms..", expected a one-way delay such as`,
		"loss: 5":                  `6:7: loss: found "5", expected a share such as 5%, or a range such as 0%-5%`,
		"loss: 5%-1%":              `6:7: loss: found "5%-1%", expected`,
		"loss: 101%":               `6:7: loss: found "101%", expected`,
		"expect_fail: yes":         `6:14: expect_fail: found "yes", expected true or false`,
		"about: 5":                 `6:8: about: found "5", expected a line of up to 200 characters, in quotes`,
		`about: "a\nb"`:            `6:8: about: found "a\nb", expected a line`,
		"about: " + long:           `6:8: about: found "` + long[:60] + `...", expected a line`,
		"about: |\n  a\n":          `6:8: about: found "|", expected a line`,
		"merge: both":              `6:8: merge: found "both", expected one of siblings, literal`,
		"places: [rome]":           `6:10: places[0]: found "rome", expected a city, or one with a zone such as`,
		"places: tokyo":            `6:9: places: found "tokyo", expected a list such as [london, tokyo/a]`,
		"regions: [rome]":          `6:11: regions[0]: found "rome", expected a mapping with name, round_trips`,
		"racks: 6":                 "6:8: racks: 6, expected 0 to 5",
		"other: {incompatible: 2}": `6:23: other.incompatible: found "2", expected true or false`,
		"storm:":                   "6:8: storm: found nothing, expected a mapping with from, to",
		"storm: 5":                 `6:8: storm: found "5", expected a mapping with from, to`,
		"storm: {}":                "6:8: storm: found no from, to, expected a mapping with from, to",
		"faults: 5":                `6:9: faults: found "5", expected a list of mappings`,
		"faults:\n  -":             "7:5: faults[0]: found nothing, expected a mapping with kind, at",
	})
}

func TestFaultsOfTheWrongForm(t *testing.T) {
	crash := func(rest string) string {
		return base + "faults: [{kind: crash, at: 1m, hosts: [0], " + rest + "}]"
	}
	requireRefusals(t, crash, map[string]string{
		"hosts: [1]":        `6:44: faults[0]: found a second "hosts", after that of line 6, expected one`,
		"origins: [3-1]":    `6:54: faults[0].origins[0]: found "3-1", expected a whole number from 0 to 999999`,
		"origins: [[1]]":    `6:54: faults[0].origins[0]: found a list, expected a whole number`,
		"origins: 1":        `6:53: faults[0].origins: found "1", expected a list such as [0, 4-7]`,
		"rate: 5":           `6:44: faults[0]: found unknown field "rate", did you mean "rate_ppm"?, expected`,
		"definition: 65536": `6:56: faults[0].definition: found "65536", expected a whole number`,
		"origins: [0-999999, 0]": "6:54: faults[0].origins[0]: " +
			"found 1000001 hosts and origins up to here, expected at most 1000000",
	})
}

// What reads well and makes no sense is refused where it stands.
func TestWhatMakesNoSenseIsPlaced(t *testing.T) {
	requireRefusals(t, amended, map[string]string{
		"duration: 5s":                                "4:11: duration: 5s, expected 10s to",
		"storm: {from: 1m, to: 9m}":                   "6:9: storm: from 1m0s to 9m0s, expected at least 1s",
		"unregistered: 20":                            "6:15: unregistered: 20, expected 0 to 19",
		"regions: [{name: a, round_trips: [11s]}]":    "6:35: regions[0].round_trips[0]: found \"11s\", expected a time such as 90s or 1m30s, up to 10s",
		"regions: [{name: a, round_trips: []}]":       "6:34: regions[0].round_trips: 0 of them, expected 1",
		"group: {preset: lan, rules: butterfly}":      "3:10: origins: 20, expected none in a group",
		"faults: [{kind: crash, at: 1m, hosts: [9]}]": "6:39: faults[0].hosts: server 9 does not exist",
		"faults: [{kind: crash, at: 9m, hosts: [0]}]": "6:28: faults[0].at: 9m0s for 0s does not lie",
		"faults: [{kind: crash, at: 1m}]":             "6:11: faults[0].hosts: crash needs at least one",
	})
	const times = "from: 1m, to: 4m"
	requireRefusals(t, amended, map[string]string{
		"storm: {" + times + ", rack_splits: 3, crashes: 1}": "6:40: storm.rack_splits: 3, but expected " +
			"racks: at least 2, not 0",
		"rates: [{kind: crash, each: rack, every: 2m, " + times + "}]": "6:29: rates[0].each: rack, but " +
			"expected racks: at least 2, not 0",
		"rates: [{kind: loss, every: 2m, from: 1m, to: 69s}]": "6:47: rates[0].to: from 1m0s to 1m9s, " +
			"expected at least 10s for loss",
		"faults: [{kind: loss, at: 2m, for: 1m}]":           "6:11: faults[0].loss: 0%, expected a share above 0%",
		"faults: [{kind: loss, at: 2m, for: 1m, loss: 0%}]": "6:46: faults[0].loss: 0%, expected",
		"faults: [{kind: duplicate, at: 2m, for: 1m}]":      "6:11: faults[0].share: 0%, expected a share above 0%",
		"faults: [{kind: slow-links, at: 2m, for: 1m}]":     "6:11: faults[0].latency: 0s, expected more",
	})
	withoutOrigins := func(more string) string {
		return strings.Replace(base, "origins: 20\n", "", 1) + more
	}
	const group = "group: {preset: lan, rules: butterfly"
	const registers = "cap: {replication: map, clients: 1, keys: 1, seats: 1, think: 1s, timeout: 1s}"
	requireRefusals(t, withoutOrigins, map[string]string{
		"":                             "1:1: origins: 0, expected 1 to",
		group + ", probe_timeout: 2s}": "5:9: swim: ProbeTimeout 2s leaves no time for helpers",
		group + ", join_every: 1h}":    "5:52: group.join_every: 1h0m0s, expected 0 to",
		group + "}\n" + registers:      "5:9: group, replicas, cap: expected one of them at most",
	})
}
