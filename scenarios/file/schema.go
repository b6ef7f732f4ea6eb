package file

import "butterfly/sim/form"

// Schema is the JSON Schema, draft 2020-12, of a file: what editors complete, explain and check
// keys and values with. What it allows may still be refused by [Parse], which knows what goes
// together.
func Schema() []byte { return schemaOf(scenarioFields()).File("butterfly scenario") }

// schemaOf describes a mapping with the given fields and no others. What phases may stand for need
// not be there.
func schemaOf[T any](fields []field[T]) form.Schema {
	keys := map[string]form.Schema{}
	for _, f := range fields {
		keys[f.key] = f.schema.Described(f.means)
	}
	return form.Mapping(keys, required(fields, true))
}
