package spec_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"butterfly/node/live/spec"
)

func TestADifferenceHasWhatCameWentAndChanged(t *testing.T) {
	before := parsed(t, "services:\n  a:\n    origins: [x:1, y:1]\n  b:\n    origins: [x:1]\n"+
		"  d:\n    origins: [x:1]\n")
	after := parsed(t, "services:\n  a:\n    origins: [y:1, z:1]\n  b:\n    check: {rise: 9}\n"+
		"    origins: [x:1]\n  d:\n    origins:\n    - {target: x:1, weight: 2}\n")
	d := spec.Diff(before, after)
	require.Equal(t, []string{"a z:1"}, titles(d.Added))
	require.Equal(t, []string{"a x:1"}, titles(d.Removed))
	require.Equal(t, []string{"b x:1", "d x:1"}, titles(d.Changed))
	require.Equal(t, 9, d.Changed[0].Check.Rise)
	require.EqualValues(t, 2, d.Changed[1].Check.Weight)
}

func titles(entries []spec.Entry) (all []string) {
	for _, e := range entries {
		all = append(all, e.Service+" "+e.Target)
	}
	return all
}

// Whoever applies a difference to what was has what is.
func TestADifferenceLeadsFromOneToTheOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := drawOrigins(t), drawOrigins(t)
		d := spec.Diff(before, after)
		type name struct{ service, target string }
		known := map[name]spec.Entry{}
		for _, e := range before.Entries() {
			known[name{e.Service, e.Target}] = e
		}
		for _, e := range d.Removed {
			require.Contains(t, known, name{e.Service, e.Target})
			delete(known, name{e.Service, e.Target})
		}
		for _, e := range d.Changed {
			require.NotEqual(t, e, known[name{e.Service, e.Target}])
		}
		for _, e := range append(d.Added, d.Changed...) {
			known[name{e.Service, e.Target}] = e
		}
		require.Len(t, after.Entries(), len(known))
		for _, e := range after.Entries() {
			require.Equal(t, e, known[name{e.Service, e.Target}])
		}
	})
}
