package plots

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCountsSpeakOfARangeWhereThereIsOne(t *testing.T) {
	require.Equal(t, "1 run", counts([]int{1}, "run"))
	require.Equal(t, "2,000 runs", counts([]int{2000}, "run"))
	require.Equal(t, "5 to 40 runs", counts([]int{5, 7, 40}, "run"))
}
