package file

import "maps"

// shape is a JSON Schema.
type shape map[string]any

// schemaOf describes a mapping with the given fields and no others.
func schemaOf[T any](fields []field[T]) shape {
	properties := shape{}
	for _, f := range fields {
		described := maps.Clone(f.shape)
		described["description"] = f.means
		properties[f.key] = described
	}
	whole := shape{"type": "object", "properties": properties, "additionalProperties": false}
	if needed := missing(fields, nil); len(needed) > 0 {
		whole["required"] = needed
	}
	return whole
}
