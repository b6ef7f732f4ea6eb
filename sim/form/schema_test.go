package form_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/sim/form"
)

func TestTheSchemaOfAFile(t *testing.T) {
	number := form.Whole[int](0, 9)
	schema := form.Mapping(map[string]form.Schema{
		"colours": form.List(form.Words("red", "green").Schema, 2),
		"number":  form.AnyOf(number.Schema, form.Bool().Schema).Described("how many"),
	}, []string{"number"})
	require.JSONEq(t, `{
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"title": "mine",
		"type": "object",
		"additionalProperties": false,
		"required": ["number"],
		"properties": {
			"colours": {"type": "array", "maxItems": 2, "items": {"enum": ["red", "green"]}},
			"number": {
				"description": "how many",
				"anyOf": [{"type": "integer", "minimum": 0, "maximum": 9}, {"type": "boolean"}]
			}
		}
	}`, string(schema.File("mine")))
	require.NotContains(t, schema, "title", "the text of a file is made of a copy")
}

func TestAPatternIsShownToEditors(t *testing.T) {
	require.Equal(t, form.Schema{"type": "string", "pattern": `^[0-9]{1,3}(\.[0-9]{1,4})?%$`},
		form.Share().Schema)
	require.NotContains(t, form.Mapping(nil, nil), "required")
}
