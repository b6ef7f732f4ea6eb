package spec_test

import (
	"encoding/json"
	"math"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node/live/spec"
)

// schema is what the schemas of this package use of JSON Schema, draft 2020-12.
type schema struct {
	Dialect              string            `json:"$schema"`
	Title                string            `json:"title"`
	Description          string            `json:"description"`
	Type                 string            `json:"type"`
	Properties           map[string]schema `json:"properties"`
	AdditionalProperties json.RawMessage   `json:"additionalProperties"`
	PropertyNames        *schema           `json:"propertyNames"`
	MaxProperties        *int              `json:"maxProperties"`
	Required             []string          `json:"required"`
	Items                *schema           `json:"items"`
	MaxItems             *int              `json:"maxItems"`
	Enum                 []string          `json:"enum"`
	Const                string            `json:"const"`
	AnyOf                []schema          `json:"anyOf"`
	Pattern              string            `json:"pattern"`
	MinLength            int               `json:"minLength"`
	MaxLength            *int              `json:"maxLength"`
	Minimum, Maximum     *float64
}

func decoded(t require.TestingT, text []byte) (s schema) {
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.DisallowUnknownFields()
	require.NoError(t, decoder.Decode(&s))
	require.Equal(t, "https://json-schema.org/draft/2020-12/schema", s.Dialect)
	return s
}

// allows reports whether a value of JSON fits.
func (s *schema) allows(value any) bool {
	for i := range s.AnyOf {
		if s.AnyOf[i].allows(value) {
			return true
		}
	}
	switch v := value.(type) {
	case map[string]any:
		return s.Type == "object" && s.allowsObject(v)
	case []any:
		return s.Type == "array" && s.allowsArray(v)
	case string:
		return s.allowsText(v)
	case bool:
		return s.Type == "boolean"
	case float64:
		return s.Type == "integer" && v == math.Trunc(v) && v >= *s.Minimum && v <= *s.Maximum
	}
	return false
}

func (s *schema) allowsObject(object map[string]any) bool {
	for _, key := range s.Required {
		if _, there := object[key]; !there {
			return false
		}
	}
	for key, value := range object {
		property, known := s.Properties[key]
		if !known && (string(s.AdditionalProperties) == "false" || !s.PropertyNames.allows(key)) {
			return false
		}
		if !known && json.Unmarshal(s.AdditionalProperties, &property) != nil || !property.allows(value) {
			return false
		}
	}
	return s.MaxProperties == nil || len(object) <= *s.MaxProperties
}

func (s *schema) allowsArray(items []any) bool {
	for _, item := range items {
		if !s.Items.allows(item) {
			return false
		}
	}
	return len(items) <= *s.MaxItems
}

func (s *schema) allowsText(text string) bool {
	for _, known := range append(s.Enum, s.Const) {
		if known != "" && known == text {
			return true
		}
	}
	return s.Type == "string" && len(text) >= s.MinLength && (s.MaxLength == nil || len(text) <= *s.MaxLength) &&
		regexp.MustCompile(s.Pattern).MatchString(text)
}

// asJSON reads YAML as an editor does, into the values of JSON.
func asJSON(t require.TestingT, text []byte) (value any) {
	object, err := yaml.YAMLToJSON(text)
	require.NoError(t, err, "%s", text)
	require.NoError(t, json.Unmarshal(object, &value))
	return value
}

func TestWhatIsPrintedIsValidByTheSchema(t *testing.T) {
	origins, node := decoded(t, spec.OriginsSchema()), decoded(t, spec.NodeSchema())
	require.True(t, node.allows(asJSON(t, []byte(london))))
	require.True(t, origins.allows(asJSON(t, []byte(shop))))
	rapid.Check(t, func(t *rapid.T) {
		text := drawOrigins(t).Print()
		require.True(t, origins.allows(asJSON(t, text)), "%s", text)
	})
}

// The schema and the parser are made of one table: what one refuses about a single value, so does the
// other.
func TestTheSchemaRefusesWhatTheParserDoes(t *testing.T) {
	origins, node := decoded(t, spec.OriginsSchema()), decoded(t, spec.NodeSchema())
	for _, text := range []string{
		"{}", "services: []", "services: {-a: {origins: []}}", "services: {a: {}}",
		"services: {a: {origins: [b]}}", "services: {a: {origins: [5]}}", "services: {a: {orgins: []}}",
		"services: {a: {origins: [{weight: 1}]}}", "services: {a: {origins: [{target: 'b:1', weight: -1}]}}",
		"services: {a: {origins: [], check: {kind: udp}}}", "services: {a: {origins: [], check: {rise: 256}}}",
		"services: {a: {origins: [], check: {interval: 5}}}",
		"services: {a: {origins: [], check: {status: 99}}}",
		"services: {a: {origins: [], check: {semantics: window}}}",
		"services: {a: {origins: [], check: {semantics: {window: 65, threshold: 1}}}}",
	} {
		require.False(t, origins.allows(asJSON(t, []byte(text))), text)
		refusal(t, text)
	}
	for _, text := range []string{
		"nmae: a", "name: -a", "number: 0", "join: 'a:1'", "join: ['a']", "bind: a", "http: on", "log: xml",
		"pprof: 'yes'", "tls: {crt: x}", "tuning: {suspicion: 0}", "routing: {panic: 5}", "allow: [a]",
		"capacity: 1048577",
	} {
		require.False(t, node.allows(asJSON(t, []byte(text))), text)
		_, err := spec.ParseNode("n", []byte(text))
		require.Error(t, err, text)
	}
}
