package cap

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestOneCopyOfARegisterAndOfASeat(t *testing.T) {
	for _, c := range []struct {
		verb                 Verb
		before, next, result uint64
	}{
		{Read, 0, 0, 0},
		{Read, 5, 5, 5},
		{Write, 0, 9, 0},
		{Write, 5, 9, 0},
		{Buy, 0, 9, 9},
		{Buy, 5, 5, 5}, // it is taken
	} {
		o := Operation{Verb: c.verb, Value: 9}
		next, result := o.step(c.before)
		require.Equal(t, c.next, next, "%v", c)
		require.Equal(t, c.result, result, "%v", c)
	}
}

func TestOperationsAreDescribed(t *testing.T) {
	o := Operation{Verb: Write, Value: newValue(7, 3)}
	require.Equal(t, "write 7.3", o.describe(0, true))
	require.Equal(t, "write 7.3 -> ?", o.describe(0, false))
	o.Verb = Buy
	require.Equal(t, "buy for 7.3 -> 6.1 has it", o.describe(newValue(6, 1), true))
	o.Verb = Read
	require.Equal(t, "read -> nobody", o.describe(0, true))
	require.Equal(t, "read -> ?", o.describe(0, false))
}
