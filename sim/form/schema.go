package form

import (
	"encoding/json"
	"fmt"
	"maps"
)

// Schema is a JSON Schema, draft 2020-12: what editors complete, explain and check keys and values
// with.
type Schema map[string]any

// AnyOf allows what one of the schemas does.
func AnyOf(schemas ...Schema) Schema { return Schema{"anyOf": schemas} }

// List allows lists of items, up to the most of them.
func List(items Schema, most int) Schema {
	return Schema{"type": "array", "items": items, "maxItems": most}
}

// Mapping allows mappings that have the required keys, and none but those that have a schema.
func Mapping(keys map[string]Schema, required []string) Schema {
	s := Schema{"type": "object", "properties": keys, "additionalProperties": false}
	if len(required) > 0 {
		s["required"] = required
	}
	return s
}

// Described is the same schema with an explanation.
func (s Schema) Described(means string) Schema { return s.with("description", means) }

// File is the text of the schema of a whole file.
func (s Schema) File(title string) []byte {
	whole := s.with("$schema", "https://json-schema.org/draft/2020-12/schema").with("title", title)
	text, err := json.MarshalIndent(whole, "", "  ")
	if err != nil {
		panic(fmt.Sprintf("form: the schema is no JSON: %v", err)) // it is made of maps and texts
	}
	return append(text, '\n')
}

// with is a copy that says more.
func (s Schema) with(keyword, value string) Schema {
	more := maps.Clone(s)
	more[keyword] = value
	return more
}
