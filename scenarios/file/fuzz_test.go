package file_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/scenarios"
	"butterfly/scenarios/file"
)

// FuzzParse feeds anything to the parser: it says what is wrong and where, or returns what can be
// printed and parsed again.
func FuzzParse(f *testing.F) {
	for _, name := range []string{"talk", "contest", "swim-loss", "map-truncated", "cap-sticky"} {
		s, err := scenarios.Find(name)
		require.NoError(f, err)
		f.Add(file.Print(&s))
	}
	f.Add([]byte(mine))
	f.Add([]byte(rates))
	f.Add([]byte(swarm))
	f.Add([]byte(judged))
	f.Add([]byte(phased))
	f.Add([]byte(`{"name": "a", "servers": 5-7, "about": "\u00e4\\", latency: 'x'}`))
	f.Add([]byte("a: &x [1]\nb: *x\n? - !t |\n  c\n: >-\n d\n---\n- - {e: ,}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := file.Parse("fuzz.yaml", text)
		if err == nil {
			again, err := file.Parse("again.yaml", file.Print(&s))
			require.NoError(t, err)
			require.Equal(t, s, again)
			return
		}
		var refused *file.Error
		require.True(t, errors.As(err, &refused))
		require.Positive(t, refused.Line)
		require.Positive(t, refused.Column)
		require.NotEmpty(t, refused.Excerpt)
	})
}
