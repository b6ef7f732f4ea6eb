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
	needed := missing(fields, func(f *field[T]) bool { return f.phased })
	if len(needed) > 0 {
		whole["required"] = needed
	}
	return whole
}
