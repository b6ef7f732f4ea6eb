package strict_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// "Nothing here panics, whatever the text" (invariant 1), and every refusal says where.
func FuzzParse(f *testing.F) {
	f.Add("name: a\ncolours: [red, green]\n")
	f.Add("a: &x [1]\nb: *x\n? - !t |\n  c\n: >-\n d\n---\n- - {e: ,}\n")
	f.Add("\ufeffa: 'b\r\n\r\n  c'\rd: [\xff")
	f.Fuzz(func(t *testing.T, text string) {
		refused := read(text)
		if refused == nil {
			return
		}
		require.Positive(t, refused.Line)
		require.Positive(t, refused.Column)
		require.NotEmpty(t, refused.Problem)
		require.NotEmpty(t, refused.Excerpt)
	})
}
