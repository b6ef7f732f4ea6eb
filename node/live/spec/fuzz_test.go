package spec_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/live/spec"
)

// "Parsing never panics", and what it returns is printed and parsed again (invariants 1 to 3).
func FuzzParseOrigins(f *testing.F) {
	f.Add([]byte(shop))
	f.Add([]byte("services: {\"a\": {origins: [\"b:1\"], check: {kind: http, status: 204, body: '\\'}}}"))
	f.Add([]byte("a: &x [1]\nb: *x\n? - !t |\n  c\n: >-\n d\n---\n- - {e: ,}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		o, err := spec.ParseOrigins("fuzz.yaml", text)
		if err != nil {
			requirePlace(t, err)
			return
		}
		again, err := spec.ParseOrigins("again.yaml", o.Print())
		require.NoError(t, err)
		require.Equal(t, o, again)
	})
}

func FuzzParseNode(f *testing.F) {
	f.Add([]byte(london))
	f.Add([]byte("http: 'off'\njoin: [\"[::1]:80\"]\ntuning: {rank_wait: 0.5h}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		n, err := spec.ParseNode("fuzz.yaml", text)
		if err != nil {
			requirePlace(t, err)
			return
		}
		again, err := spec.ParseNode("again.yaml", n.Print())
		require.NoError(t, err)
		require.Equal(t, n.Print(), again.Print())
		_ = n.Validate()
	})
}

// requirePlace demands that a refusal says where.
func requirePlace(t *testing.T, err error) {
	var refused *spec.Error
	require.ErrorAs(t, err, &refused)
	require.Positive(t, refused.Line)
	require.Positive(t, refused.Column)
	require.NotEmpty(t, refused.Excerpt)
}
