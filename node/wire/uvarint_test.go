package wire

import (
	"encoding/binary"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSizeUvarintOnBothSidesOfEveryPowerOfTwo(t *testing.T) {
	require.Equal(t, 1, sizeUvarint(0))
	require.Equal(t, 10, sizeUvarint(math.MaxUint64))
	for bit := range 64 {
		for _, v := range []uint64{1<<bit - 1, 1 << bit} {
			require.Len(t, binary.AppendUvarint(nil, v), sizeUvarint(v), "%d", v)
		}
	}
}
