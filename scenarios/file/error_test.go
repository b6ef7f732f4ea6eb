package file_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios/file"
)

const base = "name: mine\nservers: 5\norigins: 20\nduration: 5m\nlatency: 500us\n"

// alone is base without origins: for scenarios of other kinds.
var alone = strings.Replace(base, "origins: 20\n", "", 1)

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
		`mine.yaml:7:11: faults[0].kind: found "crsh", expected one of crash, pause, block, leave, `+
			`partition, uplink, loss, origin-down, register, unregister
    6 | faults:
    7 |   - kind: crsh
      |           ^`)
}

func TestRefusals(t *testing.T) {
	fault := func(rest string) string { return base + "faults: [{kind: crash, at: 1m, hosts: [0]" + rest + "}]" }
	for text, want := range map[string]string{
		"":              "1:1: found nothing, expected a mapping with name, servers, duration, latency",
		"# nothing":     "1:1: found nothing, expected a mapping with name, servers, duration, latency",
		"storm":         `1:1: found "storm", expected a mapping with name`,
		"[1]":           "1:1: found a list, expected a mapping with name",
		"name: a\n":     "1:1: found no servers, duration, latency, expected a mapping with name",
		base + "a: 'x":  "6:4: found what is no YAML: could not find end character",
		base + "\xffa":  "6:1: found bytes that are no UTF-8",
		base + "ü\xff":  "6:2: found bytes that are no UTF-8",
		base + "a: b: ": "6:4: found what is no YAML: mapping value is not allowed",

		base + "servers: 6":   `6:1: found a second "servers", expected one`,
		base + "srevers: 6":   `6:1: found unknown field "srevers", did you mean "servers"?, expected one of name, about,`,
		base + "1: 2":         `6:1: found unknown field "1", expected one of name`,
		base + "storm:":       "6:8: storm: found nothing, expected a mapping with from, to",
		base + "storm: 5":     `6:8: storm: found "5", expected a mapping with from, to`,
		base + "storm: {}":    "6:8: storm: found no from, to, expected a mapping with from, to",
		base + "faults: 5":    `6:9: faults: found "5", expected a list of mappings`,
		base + "faults:\n  -": "7:5: faults[0]: found nothing, expected a mapping with kind, at",

		strings.Replace(base, "5\n", "many\n", 1):   `2:10: servers: found "many", expected a whole number from 1 to 10000, or a range such as 5-64`,
		strings.Replace(base, "5\n", "'5'\n", 1):    `2:10: servers: found "5", expected a whole number`,
		strings.Replace(base, "5\n", "9-5\n", 1):    `2:10: servers: found "9-5", expected`,
		strings.Replace(base, "5\n", "0-5\n", 1):    `2:10: servers: found "0-5", expected`,
		strings.Replace(base, "20", "2e1", 1):       `3:10: origins: found "2e1", expected a whole number from 1 to 1000000`,
		strings.Replace(base, "20", "1_0", 1):       `3:10: origins: found "1_0", expected a whole number`,
		strings.Replace(base, "20", "-1", 1):        `3:10: origins: found "-1", expected a whole number`,
		strings.Replace(base, "5m", "5", 1):         `4:11: duration: found "5", expected a time such as 90s or 1m30s, up to 168h`,
		strings.Replace(base, "5m", "-5m", 1):       `4:11: duration: found "-5m", expected a time`,
		strings.Replace(base, "5m", "200h", 1):      `4:11: duration: found "200h", expected a time such as 90s or 1m30s, up to 168h`,
		strings.Replace(base, "500us", "1ms..", 1):  `5:10: latency: found "1ms..", expected a one-way delay such as`,
		strings.Replace(base, "mine", "Mine", 1):    `1:7: name: found "Mine", expected 1 to 64 of a-z`,
		base + "loss: 5":                            `6:7: loss: found "5", expected a share such as 5%, or a range such as 0%-5%`,
		base + "loss: 5%-1%":                        `6:7: loss: found "5%-1%", expected`,
		base + "loss: 101%":                         `6:7: loss: found "101%", expected`,
		base + "expect_fail: yes":                   `6:14: expect_fail: found "yes", expected true or false`,
		base + "about: 5":                           `6:8: about: found "5", expected a line of up to 200 characters, in quotes where YAML needs them`,
		base + `about: "a\nb"`:                      `6:8: about: found "a\nb", expected a line`,
		base + "about: " + strings.Repeat("x", 201): `6:8: about: found "` + strings.Repeat("x", 60) + `...", expected a line`,
		base + "about: |\n  a\n":                    `6:8: about: found "|", expected a line`,
		base + "merge: both":                        `6:8: merge: found "both", expected one of siblings, literal`,
		fault(", hosts: [1]"):                       `6:44: faults[0]: found a second "hosts", expected one`,
		fault(", origins: [3-1]"):                   `6:54: faults[0].origins[0]: found "3-1", expected a number from 0 to 999999, or a range such as 4-7`,
		fault(", origins: [[1]]"):                   `6:54: faults[0].origins[0]: found a list, expected a number`,
		fault(", origins: 1"):                       `6:53: faults[0].origins: found "1", expected a list such as [0, 4-7]`,
		fault(", definition: 65536"):                `6:56: faults[0].definition: found "65536", expected a whole number from 0 to 65535`,
		fault(", origins: [0-999999, 0]"):           `6:54: faults[0].origins[0]: found 1000001 hosts and origins up to here, expected at most 1000000`,
	} {
		refused := refusal(t, text)
		require.True(t, strings.HasPrefix(refused.Error(), "mine.yaml:"+want), "%v\n%s", refused, want)
	}
}

// What reads well and makes no sense is refused where it stands.
func TestWhatMakesNoSenseIsPlaced(t *testing.T) {
	const group = "group: {preset: lan, rules: butterfly"
	for text, want := range map[string]string{
		strings.Replace(base, "5m", "5s", 1):   "4:11: duration: 5s, expected 10s to",
		alone:                                  "1:1: origins: 0, expected 1 to",
		base + group + "}":                     "3:10: origins: 20, expected none in a group",
		alone + group + ", probe_timeout: 2s}": "5:9: swim: ProbeTimeout 2s leaves no time for helpers",
		alone + group + ", join_every: 1h}":    "5:52: group.join_every: 1h0m0s, expected 0 to",
		alone + group + "}\ncap: {replication: map, clients: 1, keys: 1, seats: 1, think: 1s, timeout: 1s}": "5:9: group, replicas, cap: expected one of them at most",
		base + "faults: [{kind: crash, at: 1m, hosts: [9]}]":                                                "6:39: faults[0].hosts: server 9 does not exist, there are 5",
		base + "faults: [{kind: crash, at: 9m, hosts: [0]}]":                                                "6:28: faults[0].at: 9m0s for 0s does not lie within the run of 5m0s",
		base + "faults: [{kind: crash, at: 1m}]":                                                            "6:11: faults[0].hosts: crash needs at least one",
		base + "storm: {from: 1m, to: 9m}":                                                                  "6:9: storm: from 1m0s to 9m0s, expected at least 1s",
		base + "unregistered: 20":                                                                           "6:15: unregistered: 20, expected 0 to 19",
		strings.NewReplacer("5\n", "9999\n", "20", "9999").Replace(base):                                    "2:10: servers x origins: 99980001, expected at most 10000000",
	} {
		refused := refusal(t, text)
		require.True(t, strings.HasPrefix(refused.Error(), "mine.yaml:"+want), "%v\n%s", refused, want)
	}
}

// A file is text from anywhere, and a terminal obeys what it is sent.
func TestAnExcerptIsFitForATerminal(t *testing.T) {
	refused := refusal(t, base+"about:\t\"\x1b[31mred\" x")
	require.NotContains(t, refused.Error(), "\x1b")
	require.NotContains(t, refused.Error(), "\t")
	refused = refusal(t, base+`merge: "`+"\u202e"+strings.Repeat("x", 500)+`"`)
	require.NotContains(t, refused.Error(), "\u202e")
	for line := range strings.SplitSeq(refused.Excerpt, "\n") {
		require.LessOrEqual(t, len([]rune(line)), 88)
	}
}

// In a long line the part around the mark is shown.
func TestAnExcerptOfALongLine(t *testing.T) {
	refused := refusal(t, base+"faults: [{kind: crash, at: 1m, hosts: ["+strings.Repeat("0, ", 100)+"x]}]")
	require.Equal(t, 340, refused.Column)
	lines := strings.Split(refused.Excerpt, "\n")
	require.Len(t, lines, 3)
	mark := strings.Index(lines[2], "^")
	require.Equal(t, "x]}]", lines[1][mark:])
}
