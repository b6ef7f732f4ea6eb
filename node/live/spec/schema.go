package spec

import "butterfly/sim/form"

// OriginsSchema is the JSON Schema, draft 2020-12, of an origins file: what editors complete,
// explain and check keys and values with. What it allows may still be refused by [ParseOrigins],
// which knows what goes together.
func OriginsSchema() []byte { return schemaOf(originsFields()).File("butterfly origins") }

// NodeSchema is the same of a node's configuration file and [ParseNode].
func NodeSchema() []byte { return schemaOf(nodeFields()).File("butterfly node") }

// schemaOf describes a mapping with the given fields and no others.
func schemaOf[T any](fields []field[T]) form.Schema {
	keys := map[string]form.Schema{}
	for _, f := range fields {
		keys[f.key] = f.schema.Described(f.means)
	}
	return form.Mapping(keys, required(fields))
}
