package file_test

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
	"butterfly/scenarios/file"
)

// schema is what [file.Schema] uses of JSON Schema, draft 2020-12. Decoding it refuses all else.
type schema struct {
	Dialect              string            `json:"$schema"`
	Title                string            `json:"title"`
	Description          string            `json:"description"`
	Type                 string            `json:"type"`
	Properties           map[string]schema `json:"properties"`
	AdditionalProperties *bool             `json:"additionalProperties"`
	Required             []string          `json:"required"`
	Items                *schema           `json:"items"`
	MaxItems             *int              `json:"maxItems"`
	Enum                 []string          `json:"enum"`
	AnyOf                []schema          `json:"anyOf"`
	Pattern              string            `json:"pattern"`
	MaxLength            *int              `json:"maxLength"`
	Minimum              *float64          `json:"minimum"`
	Maximum              *float64          `json:"maximum"`
}

func decoded(t *testing.T) (s schema) {
	decoder := json.NewDecoder(strings.NewReader(string(file.Schema())))
	decoder.DisallowUnknownFields()
	require.NoError(t, decoder.Decode(&s))
	require.Equal(t, "https://json-schema.org/draft/2020-12/schema", s.Dialect)
	return s
}

// invalid is the first thing in which a value of JSON does not fit the schema, empty if it does.
func (s *schema) invalid(path string, value any) string {
	if s.Enum != nil {
		text, ok := value.(string)
		for _, known := range s.Enum {
			if ok && text == known {
				return ""
			}
		}
		return path + ": not in enum"
	}
	if s.AnyOf != nil {
		for _, one := range s.AnyOf {
			if one.invalid(path, value) == "" {
				return ""
			}
		}
		return path + ": none of anyOf"
	}
	switch v := value.(type) {
	case map[string]any:
		return s.invalidObject(path, v)
	case []any:
		return s.invalidArray(path, v)
	case string:
		return s.invalidString(path, v)
	case bool:
		return s.unlessType(path, "boolean")
	case float64:
		return s.invalidNumber(path, v)
	}
	return path + ": neither"
}

func (s *schema) invalidNumber(path string, n float64) string {
	if s.Minimum != nil && n < *s.Minimum || s.Maximum != nil && n > *s.Maximum || n != math.Trunc(n) {
		return path + ": out of range"
	}
	return s.unlessType(path, "integer")
}

func (s *schema) unlessType(path, is string) string {
	if s.Type == is {
		return ""
	}
	return path + ": type"
}

func (s *schema) invalidObject(path string, object map[string]any) string {
	for _, key := range s.Required {
		if _, ok := object[key]; !ok {
			return path + ": lacks " + key
		}
	}
	for key, value := range object {
		property, known := s.Properties[key]
		if !known {
			return path + ": unknown " + key
		}
		if wrong := property.invalid(path+"."+key, value); wrong != "" {
			return wrong
		}
	}
	return s.unlessType(path, "object")
}

func (s *schema) invalidArray(path string, items []any) string {
	if s.MaxItems != nil && len(items) > *s.MaxItems || s.Items == nil {
		return path + ": items"
	}
	for i, item := range items {
		if wrong := s.Items.invalid(fmt.Sprintf("%s[%d]", path, i), item); wrong != "" {
			return wrong
		}
	}
	return s.unlessType(path, "array")
}

func (s *schema) invalidString(path, text string) string {
	if s.MaxLength != nil && utf8.RuneCountInString(text) > *s.MaxLength ||
		!regexp.MustCompile(s.Pattern).MatchString(text) {
		return path + ": pattern or length"
	}
	return s.unlessType(path, "string")
}

// asJSON reads YAML as an editor does: by the rules of YAML, into the values of JSON.
func asJSON(t *testing.T, text []byte) (value any) {
	object, err := yaml.YAMLToJSON(text)
	require.NoError(t, err, "%s", text)
	require.NoError(t, json.Unmarshal(object, &value))
	return value
}

func TestTheCatalogueIsValidByTheSchema(t *testing.T) {
	s := decoded(t)
	for _, scenario := range scenarios.Catalogue() {
		text := file.Print(&scenario)
		require.Empty(t, s.invalid("", asJSON(t, text)), "%s", text)
		expanded := scenario.Expand(1)
		text = file.Print(&expanded)
		require.Empty(t, s.invalid("", asJSON(t, text)), "%s", text)
	}
	require.Empty(t, s.invalid("", asJSON(t, []byte(mine))))
}

// The schema and the parser are made of one table: what one refuses about a single value, so does the
// other.
func TestTheSchemaRefusesWhatTheParserDoes(t *testing.T) {
	s := decoded(t)
	require.Empty(t, s.invalid("", asJSON(t, []byte(base))))
	for _, line := range []string{
		"srevers: 6", "storm: 5", "phases: {start: 1m}", "faults: 5", "faults: [5]",
		"faults: [{kind: crash}]", "faults: [{kind: crsh, at: 1m}]", "faults: [{kind: crash, at: 60}]",
		"faults: [{kind: crash, at: 1m, hosts: 0}]", "faults: [{kind: crash, at: 1m, hosts: [10000]}]",
		"faults: [{kind: crash, at: 1m, hosts: [a]}]", "faults: [{kind: crash, at: 1m, hosts: [-1]}]",
		"loss: 5", "loss: -5%", "loss: 0.00001%", "expect_fail: 1", "expect_fail: on",
		"about: 5", "about: [a]", "merge: both", "design: 5", "datacenters: 1001", "datacenters: '5'",
		"datacenters: 1.5", "group: {preset: lan}", "group: {preset: lan, rules: butterfly, k: 256}",
		"trial: {kind: crashes, from: 1s, to: 2s, percent: 101}", "paced: 5s", "duration: 5",
		"name: -a", "name: a_b", "latency: 5", "servers: 5-", "servers: '5'", "servers: 10001",
		"about: " + strings.Repeat("x", 201), "budget: none", "rates: {}", "rates: [{kind: crash}]",
		"rates: [{kind: crash, every: 8, from: 1m, to: 2m}]",
		"rates: [{kind: crash, every: 8h, from: 1m, to: 2m, lasts: often}]",
	} {
		require.NotEmpty(t, s.invalid("", asJSON(t, []byte(amended(line)))), line)
		refusal(t, amended(line))
	}
}
