package spec

import (
	"encoding/json"
	"fmt"
	"maps"
)

// OriginsSchema is the JSON Schema, draft 2020-12, of an origins file: what editors complete,
// explain and check keys and values with. What it allows may still be refused by [ParseOrigins],
// which knows what goes together.
func OriginsSchema() []byte { return schemaFile("butterfly origins", originsFields()) }

// NodeSchema is the same of a node's configuration file and [ParseNode].
func NodeSchema() []byte { return schemaFile("butterfly node", nodeFields()) }

func schemaFile[T any](title string, fields []field[T]) []byte {
	whole := schemaOf(fields)
	whole["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	whole["title"] = title
	text, err := json.MarshalIndent(whole, "", "  ")
	if err != nil {
		panic(fmt.Sprintf("spec: the schema is no JSON: %v", err)) // it is made of maps and texts
	}
	return append(text, '\n')
}

// shape is a JSON Schema.
type shape map[string]any

// schemaOf describes a mapping with the given fields and no others.
func schemaOf[T any](fields []field[T]) shape {
	properties := shape{}
	for _, f := range fields {
		properties[f.key] = f.described()
	}
	whole := shape{"type": "object", "properties": properties, "additionalProperties": false}
	if needed := required(fields); len(needed) > 0 {
		whole["required"] = needed
	}
	return whole
}

func (f field[T]) described() shape {
	described := maps.Clone(f.shape)
	described["description"] = f.means
	return described
}
