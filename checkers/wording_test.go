package checkers

import (
	"testing"

	"github.com/stretchr/testify/require"

	"butterfly/node"
)

func TestHostListNamesAFewAndCountsTheRest(t *testing.T) {
	for want, list := range map[string]hostList{
		"nobody":                          nil,
		"host 3":                          {3},
		"hosts 1 and 3":                   {3, 1},
		"hosts 1, 2 and 3":                {3, 1, 2},
		"hosts 0, 1, 2, 3, 4, 5, 6 and 7": {7, 6, 5, 4, 3, 2, 1, 0},
		"hosts 0, 1, 2, 3, 4, 5, 6, 7 and 2 more":  {9, 8, 7, 6, 5, 4, 3, 2, 1, 0},
		"hosts 0, 1, 2, 3, 4, 5, 6, 70 and 1 more": {90, 70, 6, 5, 4, 3, 2, 1, 0},
	} {
		require.Equal(t, want, list.String())
	}
	require.Equal(t, "nobody", hostName(node.Nobody).String())
	require.Equal(t, "1 live server", servers(1).String())
	require.Equal(t, "2 live servers", servers(2).String())
}
