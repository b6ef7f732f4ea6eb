package origin_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node/origin"
)

// "By never makes Removed, and Value.Definition undoes it" (invariant 2), for all definitions.
func TestDefinitionsAreReadBack(t *testing.T) {
	for number := range uint16(origin.MaxDefinitions) {
		value := origin.By(number)
		require.NotEqual(t, origin.Removed, value)
		read, registered := value.Definition()
		require.True(t, registered)
		require.Equal(t, number, read)
	}
	_, registered := origin.Removed.Definition()
	require.False(t, registered)
}

// "the status that its checker found, 0 to 3"; "0 for an origin that is not to be checked, else 1 +
// the number of the definition".
func TestHighestValues(t *testing.T) {
	require.Equal(t, origin.Value(3), origin.Highest(origin.Result(7)))
	require.Equal(t, origin.Value(1<<16-1), origin.Highest(origin.Registration(7)))
}
